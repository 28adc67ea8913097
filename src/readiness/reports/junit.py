"""The report as JUnit XML, for the view of tests that a CI has.

A suite is a dimension and a case is a control: an open gap is a failure; what a waiver in force excuses, what is not
applicable, advisory, or asked only beyond the target is skipped with the reason. Only those elements and attributes
are used that Jenkins knows. GitLab shows the text of a failure and leaves out its message, Jenkins shows both, so the
text holds everything. No output of a test (`system-out`) is written: both read attachments from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from readiness.model import Assessment, DimensionScore, Figure, Finding
from readiness.reports import counted, select, words
from readiness.reports.safe import cut, plain
from readiness.tuples import NamedTuple

MESSAGE, TEXT = 500, 4000
"""The greatest lengths of a message and of a longer text."""
FAILS = frozenset({counted.OPEN})
PASSES = frozenset({counted.MET})


def render(assessment: Assessment, **_terminal: object) -> str:
    """The report as one `testsuites` element."""
    return _document(assessment.project.name, list(_suites(assessment, assessment.checklist.id, "")))


def render_all(assessments: Sequence[Assessment], **_terminal: object) -> str:
    """The reports by several checklists: suites named `<checklist>/<dimension>`."""
    named = zip(assessments, counted.rulers(assessments), strict=True)
    suites = [suite for each, ruler in named for suite in _suites(each, ruler, f"{ruler}/")]
    return _document(assessments[0].project.name, suites)


class Suite(NamedTuple):
    """A suite as text, with how many cases it has and how many of them failed."""

    text: str
    cases: int
    failures: int


def _document(name: str, suites: list[Suite]) -> str:
    cases, failures = sum(suite.cases for suite in suites), sum(suite.failures for suite in suites)
    head = _tag("testsuites", name=_line(f"readiness: {name}"), tests=cases, failures=failures, errors=0, time=0)
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', head, *(suite.text for suite in suites), "</testsuites>\n"]
    )


def _suites(assessment: Assessment, ruler: str, prefix: str) -> Iterator[Suite]:
    known = counted.standings(assessment)
    scores = {score.dimension.id: score for score in assessment.dimensions}
    for dimension, findings in select.by_dimension(assessment):
        how = [known[finding.control.id] for finding in findings]
        failures = sum(each in FAILS for each in how)
        skipped = sum(each not in FAILS | PASSES for each in how)
        lines = [
            "  "
            + _tag(
                "testsuite",
                name=_line(prefix + dimension.id),
                tests=len(findings),
                failures=failures,
                errors=0,
                skipped=skipped,
                time=0,
                file=_line(assessment.project.path),
            ),
            *_properties(assessment, scores.get(dimension.id)),
            *(_case(assessment, ruler, f, each) for f, each in zip(findings, how, strict=True)),
            "  </testsuite>",
        ]
        yield Suite("\n".join(lines), len(findings), failures)


def _properties(assessment: Assessment, score: DimensionScore | None) -> Iterator[str]:
    """What the report says of the whole and of the dimension; scores that do not exist are left out."""
    checklist, total, verdict = assessment.checklist, assessment.score, assessment.verdict
    weakest = total.weakest
    values: dict[str, str | Figure | None] = {
        "verdict": words.verdict(assessment),
        "verdict.stage": verdict.stage,
        "verdict.target": verdict.target,
        "verdict.without_waivers": words.without_waivers(assessment),
        "basis": words.preface(assessment),
        "score.proven": total.proven,
        "score.claimed": total.claimed,
        "score.weakest": None if weakest is None else weakest.dimension.id,
        "dimension.title": None if score is None else score.dimension.title,
        "dimension.proven": None if score is None else score.proven,
        "dimension.claimed": None if score is None else score.claimed,
        "dimension.threshold": None if score is None else score.threshold,
        "checklist": f"{checklist.id}@{checklist.version}",
        "checklist.digest": checklist.digest,
        "checklist.source": None if checklist.source is None else checklist.source.note,
        "as_of": assessment.as_of.isoformat(),
    }
    yield "    <properties>"
    for name, value in values.items():
        if value is not None:
            yield f"      {_tag('property', end='/', name=name, value=_line(str(value)))}"
    yield "    </properties>"


# --------------------------------------------------------------------------- cases


def _case(assessment: Assessment, ruler: str, finding: Finding, how: str) -> str:
    control = finding.control
    names = {
        "classname": _line(f"{ruler}.{control.dimension}"),
        "name": _line(f"{control.id}: {plain(control.title)}"),
    }
    if how in PASSES:
        return f"    {_tag('testcase', end='/', **names, time=0)}"
    kind = f"{control.severity.value}.{finding.outcome.value}"
    inner = (
        _outcome("failure", _observed(finding), _gap(assessment, finding, how), type=kind)
        if how in FAILS
        else _outcome("skipped", counted.lead(assessment, finding, how), _gap(assessment, finding, how))
    )
    return f"    {_tag('testcase', **names, time=0)}\n      {inner}\n    </testcase>"


def _outcome(tag: str, message: str, text: str, **attributes: str) -> str:
    return f"{_tag(tag, **attributes, message=_line(message))}{_escaped(text)}</{tag}>"


def _observed(finding: Finding) -> str:
    severity, outcome = words.SEVERITIES[finding.control.severity], words.OUTCOMES[finding.outcome]
    return f"{severity}, {outcome}: {finding.observed or finding.control.title}"


def _gap(assessment: Assessment, finding: Finding, how: str) -> str:
    """All that there is to say about a control that is not met, a line for each thing."""
    control = finding.control
    stage = f", stage {words.stage(control.stage)}" if control.stage is not None else ""
    proofs = f"{words.PROOFS[finding.proof]}, asked is {words.PROOFS[finding.required_proof]}"
    levels = f"claimed {words.LEVELS[finding.claimed]}, proven {words.LEVELS[finding.proven]}; proof {proofs}"
    lines = {
        "": counted.lead(assessment, finding, how),
        "Outcome": f"{words.OUTCOMES[finding.outcome]} ({control.severity.value}{stage}; {levels})",
        "Observed": finding.observed,
        "What would pass": finding.passes,
        "Why": control.why,
        "How to fix it": control.fix,
        "Since the baseline": finding.change or "",
        "Where": f"{finding.location.path}:{finding.location.line}:{finding.location.column}",
    }
    if how == counted.NOT_APPLICABLE:
        lines = {"": lines[""], "Where": lines["Where"]}
    told = {name: cut(plain(text), TEXT) for name, text in lines.items()}
    return "\n".join(f"{name}: {text}" if name else text for name, text in told.items() if text)


# --------------------------------------------------------------------------- XML


def _line(text: str) -> str:
    """A text for an attribute: one line, not too long."""
    return cut(plain(text), MESSAGE)


def _tag(tag: str, /, end: str = "", **attributes: str | int) -> str:
    said = "".join(f' {name}="{_escaped(str(value))}"' for name, value in attributes.items())
    return f"<{tag}{said}{end}>"


def _escaped(text: str) -> str:
    """Text for an element or an attribute, which went through `plain`: that leaves nothing that XML 1.0 has no place
    for. `]]>` may not stand in either, so `>` is escaped too; and `##[`, which GitHub's runner takes for a command
    where it reads a job's log."""
    return escape(text, quote=False).replace('"', "&quot;").replace("##[", "##&#91;")
