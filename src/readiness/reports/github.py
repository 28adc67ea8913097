"""The open gaps as workflow commands, which GitHub shows beside the lines of the description.

Blockers become errors, major gaps warnings, minor ones notices, in the order of the plan. Of each kind GitHub shows
the first ten of a step and drops the others without a word, so the others are plain lines in a folded group, and the
last line says how many there are. What does not count (waived, advisory, beyond the target) is counted there alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from readiness.model import Assessment, Finding, Severity
from readiness.reports import counted, words
from readiness.reports.safe import cut, plain

COMMANDS = {Severity.BLOCKER: "error", Severity.MAJOR: "warning", Severity.MINOR: "notice"}
SHOWN = 10
"""How many annotations of a kind GitHub shows for one step."""
TITLE, TEXT = 250, 1500
"""The greatest lengths of a title and of each part of a message; GitHub cuts a message after 4,096 characters."""
Gap = tuple[Assessment, str, Finding]


def render(assessment: Assessment, **_terminal: object) -> str:
    """The commands for one checklist."""
    return render_all((assessment,))


def render_all(assessments: Sequence[Assessment], **_terminal: object) -> str:
    """The commands for several checklists: the limit is that of the step, so it holds for all of them together."""
    several = len(assessments) > 1
    called = [f"{ruler}: " if several else "" for ruler in counted.rulers(assessments)]
    shown: list[Gap] = []
    others: list[Gap] = []
    left = dict.fromkeys(COMMANDS, SHOWN)
    for gap in ((each, name, f) for each, name in zip(assessments, called, strict=True) for f in each.plan):
        severity = gap[2].control.severity
        (shown if left[severity] else others).append(gap)
        left[severity] -= bool(left[severity])
    lines = [*_prefaces(assessments), *map(_command, shown), *_group(others)]
    if several:
        lines += [_line(_judged(each)) for each in assessments]
    return "\n".join([*lines, _line(_last(assessments, others))]) + "\n"


def _prefaces(assessments: Sequence[Assessment]) -> Iterator[str]:
    for said in dict.fromkeys(words.preface(each) for each in assessments):
        if said is not None:
            yield _line(f"readiness: {said}")


def _command(gap: Gap) -> str:
    assessment, _, finding = gap
    place, control = finding.location, finding.control
    told = [counted.said(assessment, finding, counted.OPEN), f"How to fix it: {control.fix}" if control.fix else ""]
    properties = {
        "file": plain(place.path),
        "line": str(max(1, place.line)),
        "col": str(max(1, place.column)),
        "title": cut(_title(gap), TITLE),
    }
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    message = "\n".join(cut(plain(part), TEXT) for part in told if part)
    return f"::{COMMANDS[control.severity]} {said}::{_data(message)}"


def _title(gap: Gap) -> str:
    _, ruler, finding = gap
    return plain(f"{ruler}{finding.control.title} ({finding.control.id}): {words.OUTCOMES[finding.outcome]}")


def _group(gaps: Sequence[Gap]) -> Iterator[str]:
    """The gaps that have no annotation."""
    if not gaps:
        return
    yield f"::group::{words.count(len(gaps), 'more gap')}"
    for gap in gaps:
        finding = gap[2]
        place = f"{finding.location.path}:{finding.location.line}:{finding.location.column}"
        severity = words.SEVERITIES[finding.control.severity]
        yield _line(f"{severity} at {place}: {_title(gap)}. {cut(plain(finding.message), TEXT)}")
    yield "::endgroup::"


def _judged(assessment: Assessment) -> str:
    checklist = assessment.checklist
    return f"readiness: {checklist.id}@{checklist.version}: {words.verdict(assessment)}"


def _last(assessments: Sequence[Assessment], others: Sequence[Gap]) -> str:
    kinds = [finding.control.severity for each in assessments for finding in each.plan]
    found = ", ".join(words.count(kinds.count(severity), name) for severity, name in COMMANDS.items())
    standings = [how for each in assessments for how in counted.standings(each).values()]
    beside = {counted.WAIVED: "waived", counted.ADVISORY: "advisory", counted.LATER: "beyond the target"}
    apart = [f"{standings.count(how)} {name}" for how, name in beside.items() if how in standings]
    bare = words.without_waivers(assessments[0]) if len(assessments) == 1 else None
    head = _judged(assessments[0]) if len(assessments) == 1 else f"readiness: {len(assessments)} checklists"
    parts = [f"{head}; {found}", f"not counted: {', '.join(apart)}" if apart else "", _hidden(others)]
    return "; ".join(part for part in parts if part) + "." + (f" {bare}" if bare else "")


def _hidden(others: Sequence[Gap]) -> str:
    """How many gaps have no annotation, by kind."""
    kinds: Mapping[Severity, int] = {s: sum(f.control.severity is s for _, _, f in others) for s in COMMANDS}
    more = [words.count(number, f"more {COMMANDS[severity]}") for severity, number in kinds.items() if number]
    return f"GitHub shows {SHOWN} of a kind, so {', '.join(more)} stand in the log alone" if more else ""


# --------------------------------------------------------------------------- escaping


def _line(text: str) -> str:
    """A line of the log. The runner takes `##[name]` for a command wherever it stands in a line; a character without
    width keeps its parts apart. The other form, `::name::`, counts only where a line begins, and none of ours does."""
    return plain(text).replace("##[", "##\u200b[")


def _data(text: str) -> str:
    """What stands behind a command, as the runner reads it back."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a property, as the runner reads it back."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
