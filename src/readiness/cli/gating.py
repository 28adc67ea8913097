"""The gate of a run: from options, mode and description to conditions, and to why they fail."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.cli import options, output
from readiness.errors import EXIT_INPUT
from readiness.model import Assessment, Project
from readiness.steps.gate import CONDITIONS
from readiness.tuples import NamedTuple

if TYPE_CHECKING:
    from readiness.pipeline import Session

DEFAULT_BASELINE = "readiness-baseline.json"
"""Where a baseline lies beside the description, unless it says otherwise."""


class Asked(NamedTuple):
    """What the command line asks of the gate."""

    fail_on: tuple[str, ...]
    fail_under: float | None
    mode: str | None
    baseline: Path | None
    lesser_proof: bool


class Gate(NamedTuple):
    """The gate of a run. `mode` speaks where no condition was given; `baseline` is None where nothing is compared."""

    conditions: tuple[str, ...]
    fail_under: float | None
    mode: str | None
    baseline: Path | None

    def of(self, found: Assessment) -> tuple[str, ...]:
        """The conditions for one checklist: the mode `gate` asks for readiness, or, of one without stages, that
        no blocker is open."""
        if self.mode == "ratchet":
            return ("worse",)
        if self.mode == "gate":
            return ("blocker",) if found.verdict.ready is None else ("not-ready",)
        return self.conditions


def check(asked: Asked) -> None:
    """Refuse what can never be a gate, before anything is read."""
    for condition in asked.fail_on:
        output.one_of("--fail-on", condition, CONDITIONS)
    if asked.mode is not None:
        output.one_of("--mode", asked.mode, options.MODES)
    explicit = bool(asked.fail_on) or asked.fail_under is not None
    if asked.mode is not None and explicit:
        raise output.Stop(EXIT_INPUT, "readiness: --mode sets the gate itself: give it, or --fail-on and --fail-under")
    if asked.lesser_proof and (explicit or asked.mode in ("ratchet", "gate")):
        raise output.Stop(
            EXIT_INPUT, "readiness: `--accept` lowers the proof that is asked and cannot stand together with a gate"
        )


def settle(asked: Asked, described: Project, path: Path) -> Gate:
    """The gate of this run: the options, or else the description's mode."""
    explicit = bool(asked.fail_on) or asked.fail_under is not None
    mode = asked.mode or (None if explicit else described.mode)
    if asked.lesser_proof and mode in ("ratchet", "gate"):
        raise output.Stop(
            EXIT_INPUT,
            f"readiness: `--accept` lowers the proof that is asked, and the description asks for the mode {mode}: add "
            "`--mode report`",
        )
    kept = asked.baseline
    if kept is None and (mode == "ratchet" or "worse" in asked.fail_on):
        kept = path.parent / (described.baseline or DEFAULT_BASELINE)
        if not kept.exists():
            raise output.Stop(
                EXIT_INPUT,
                f"readiness: there is no baseline {output.printable(str(kept))}: `readiness baseline update` writes "
                "one, or name it with --baseline",
            )
    return Gate(asked.fail_on, asked.fail_under, mode, kept)


def assessed(session: Session, gate: Gate) -> tuple[Assessment, ...]:
    """The assessments of a session, held against the baseline where there is one."""
    if gate.baseline is None:
        return session.assess()
    from readiness.forecast import compared
    from readiness.loaders.baseline import load_kept

    kept, _ = load_kept(gate.baseline)
    return compared(session, kept, str(gate.baseline), gate.mode == "ratchet" or "worse" in gate.conditions)


def failures(found: Sequence[Assessment], gate: Gate) -> tuple[str, ...]:
    """Why the gate does not pass; it holds only if it holds for every checklist."""
    _sensible(found, gate)
    if gate.mode is None and not gate.conditions and gate.fail_under is None:
        return ()
    from readiness.steps.gate import gate as fails

    told = [(each, said) for each in found for said in fails(each, gate.of(each), gate.fail_under)]
    return tuple(f"{each.checklist.id}: {said}" if len(found) > 1 else said for each, said in told)


def _sensible(found: Sequence[Assessment], gate: Gate) -> None:
    """Refuse conditions that a checklist cannot answer."""
    limit = gate.fail_under
    for each in found:
        pin = f"{each.checklist.id}@{each.checklist.version}"
        most = min((s.scheme.most(s.possible) for s in each.dimensions if s.possible), default=each.score.most)
        if "not-ready" in gate.conditions and each.verdict.ready is None:
            advice = "use a severity, or --fail-under"
            raise output.Stop(EXIT_INPUT, f"readiness: --fail-on not-ready: {pin} has no stages: {advice}")
        if limit is not None and limit > most:
            raise output.Stop(EXIT_INPUT, f"readiness: --fail-under {limit:g}: the scores of {pin} end at {most}")
    if limit is not None and len({each.checklist.scheme.unit for each in found}) > 1:
        units = " and ".join(dict.fromkeys(each.checklist.scheme.unit for each in found))
        raise output.Stop(EXIT_INPUT, f"readiness: --fail-under: these checklists score in {units}: run them apart")
