"""The open gaps in the order in which to close them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from readiness.model import Checklist, Finding, Severity

SEVERITIES = tuple(Severity)
EFFORTS = ("hours", "days", "weeks")


def plan(checklist: Checklist, gaps: Iterable[Finding]) -> tuple[Finding, ...]:
    """Blockers first, then by stage, severity and effort; but never a control before one that it
    needs and that is itself still open."""
    order = [stage.id for stage in checklist.stages]
    open_ = {gap.control.id: gap for gap in gaps}
    rank = _rank(order)
    done: dict[str, Finding] = {}
    for gap in sorted(open_.values(), key=rank):
        _place(gap, open_, done, set())
    return tuple(done.values())


def _rank(stages: list[str]) -> Callable[[Finding], tuple[int, int, int, int, str]]:
    def key(gap: Finding) -> tuple[int, int, int, int, str]:
        control = gap.control
        stage = stages.index(control.stage) if control.stage in stages else 0
        blocker = 0 if control.severity == Severity.BLOCKER else 1
        return blocker, stage, SEVERITIES.index(control.severity), EFFORTS.index(control.effort), control.id

    return key


def _place(gap: Finding, open_: dict[str, Finding], done: dict[str, Finding], above: set[str]) -> None:
    """Add a gap behind the open ones that it needs. `above` guards against a circle."""
    name = gap.control.id
    if name in done or name in above:
        return
    for needed in gap.control.needs:
        if needed in open_:
            _place(open_[needed], open_, done, above | {name})
    done[name] = gap
