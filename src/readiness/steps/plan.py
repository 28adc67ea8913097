"""The open gaps in the order in which to close them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from readiness.model import Checklist, Finding, Severity

SEVERITIES = {severity: place for place, severity in enumerate(Severity)}
EFFORTS = {"hours": 0, "days": 1, "weeks": 2}


def plan(checklist: Checklist, gaps: Iterable[Finding]) -> tuple[Finding, ...]:
    """Blockers first, then by stage, severity and effort; but never a control before one that it
    needs and that is itself still open."""
    rank = _rank({stage.id: place for place, stage in enumerate(checklist.stages)})
    open_ = {gap.control.id: gap for gap in sorted(gaps, key=rank)}
    order = list(open_)
    place = {name: number for number, name in enumerate(order)}
    done: dict[str, Finding] = {}
    above: set[str] = set()
    waiting = list(reversed(order))
    while waiting:
        name = waiting[-1]
        asked = open_[name].control.needs
        needs = [n for n in asked if n in open_ and n not in done and n not in above] if asked else asked
        if name in done or not needs:
            done.setdefault(name, open_[name])
            above.discard(name)
            waiting.pop()
        else:
            above.add(name)
            waiting += sorted(set(needs), key=lambda n: -place[n])
    return tuple(done.values())


def _rank(stages: Mapping[str | None, int]) -> Callable[[Finding], tuple[int, int, int, int, str]]:
    def key(gap: Finding) -> tuple[int, int, int, int, str]:
        control = gap.control
        severity = SEVERITIES[control.severity]
        return int(severity > 0), stages.get(control.stage, 0), severity, EFFORTS[control.effort], control.id

    return key
