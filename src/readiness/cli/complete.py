"""Shell completion: what can stand in place of an unfinished word. Never fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from readiness.model import Checklist, Proof

if TYPE_CHECKING:
    from readiness.rulers import Rulers


def _safe(names: Callable[[], Iterable[str]]) -> Callable[[str], list[str]]:
    def complete(incomplete: str) -> list[str]:
        try:
            return [name for name in names() if name.startswith(incomplete)]
        except Exception:
            return []

    return complete


def _rulers() -> Rulers:
    from readiness.rulers import Rulers
    from readiness.shelves import from_environment

    return Rulers(from_environment())


def _practices() -> list[str]:
    return sorted(_rulers().practices())


def _checklists() -> list[str]:
    found = _rulers().places()
    return sorted({place.id for place in found} | {f"{place.id}@{place.version}" for place in found})


def _newest() -> Iterable[Checklist]:
    rulers = _rulers()
    for name in sorted({place.id for place in rulers.places()}):
        yield rulers.find(name).checklist


def _controls() -> list[str]:
    return sorted({control.id for found in _newest() for control in found.controls})


def _stages() -> list[str]:
    return list(dict.fromkeys(stage.id for found in _newest() for stage in found.stages))


LESSER = tuple(proof.name.lower() for proof in Proof if proof < Proof.VERIFIED)
"""The proofs that a run may accept in place of greater ones."""


checklists = _safe(_checklists)
stages = _safe(_stages)
proofs = _safe(lambda: LESSER)
controls_and_practices = _safe(lambda: sorted({*_practices(), *_controls()}))
