"""The open gaps in the order in which to close them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from readiness.model import Checklist, Finding, Severity

SEVERITIES = tuple(Severity)
EFFORTS = ("hours", "days", "weeks")


def plan(checklist: Checklist, gaps: Iterable[Finding]) -> tuple[Finding, ...]:
    """Blockers first, then by stage, severity and effort; but never a control before one that it
    needs and that is itself still open."""
    rank = _rank([stage.id for stage in checklist.stages])
    open_ = {gap.control.id: gap for gap in sorted(gaps, key=rank)}
    order = list(open_)
    place = {name: number for number, name in enumerate(order)}
    done: dict[str, Finding] = {}
    above: set[str] = set()
    waiting = list(reversed(order))
    while waiting:
        name = waiting[-1]
        needs = [n for n in open_[name].control.needs if n in open_ and n not in done and n not in above]
        if name in done or not needs:
            done.setdefault(name, open_[name])
            above.discard(name)
            waiting.pop()
        else:
            above.add(name)
            waiting += sorted(set(needs), key=lambda n: -place[n])
    return tuple(done.values())


def _rank(stages: list[str]) -> Callable[[Finding], tuple[int, int, int, int, str]]:
    def key(gap: Finding) -> tuple[int, int, int, int, str]:
        control = gap.control
        stage = stages.index(control.stage) if control.stage in stages else 0
        blocker = 0 if control.severity == Severity.BLOCKER else 1
        return blocker, stage, SEVERITIES.index(control.severity), EFFORTS.index(control.effort), control.id

    return key
