"""Shell completion: what can stand in place of an unfinished word. Never fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from readiness.model import Checklist, Proof


def _safe(names: Callable[[], Iterable[str]]) -> Callable[[str], list[str]]:
    def complete(incomplete: str) -> list[str]:
        try:
            return [name for name in names() if name.startswith(incomplete)]
        except Exception:
            return []

    return complete


def _practices() -> list[str]:
    from readiness import library

    return sorted(library.practices())


def _checklists() -> list[str]:
    from readiness import library

    found = library.shipped()
    return sorted({entry.id for entry in found} | {f"{entry.id}@{entry.version}" for entry in found})


def _newest() -> Iterable[Checklist]:
    from readiness import library

    for name in sorted({entry.id for entry in library.shipped()}):
        yield library.checklist(library.find(name))


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
