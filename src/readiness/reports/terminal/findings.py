"""Findings in the terminal: the next things to do, and every finding in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.text import Text

from readiness.model import Assessment, Evidence, Finding, Outcome, PracticeState, Severity
from readiness.reports import select, words
from readiness.reports.terminal.page import (
    MEASURE,
    SHORT,
    Look,
    Span,
    beside,
    hanging,
    heading,
    labelled,
    text,
)

NEXT = 7
"""How many things to do are shown without `--verbose`."""
LEFT = 48
"""The left column's width where there are two."""

SEVERITY_STYLES = {Severity.BLOCKER: "bold red", Severity.MAJOR: "yellow", Severity.MINOR: ""}
OUTCOME_STYLES = {Outcome.MET: "green", Outcome.PARTIAL: "yellow", Outcome.NOT_APPLICABLE: "dim"}


def plan(assessment: Assessment, look: Look, verbose: bool) -> Iterator[Text]:
    """The gaps in the order in which to close them."""
    gaps = assessment.plan
    if not gaps:
        yield from heading("Do next", f"nothing: no gap is open {words.scope(assessment)}".rstrip(), look)
        return
    shown = gaps if verbose else gaps[:NEXT]
    some = f"the first {len(shown)} of " if len(shown) < len(gaps) else ""
    kinds = words.tally(select.severities(gaps))
    yield from heading("Do next", f"{some}{words.count(len(gaps), 'gap')}: {kinds}", look)
    known = select.states(assessment)
    for number, finding in enumerate(shown, 1):
        if number > 1:
            yield Text()
        yield from _task(number, finding, known, look)


def _task(number: int, finding: Finding, known: Mapping[str, PracticeState], look: Look) -> Iterator[Text]:
    start = text(f"{number:>3}  ")
    width = LEFT - 2 if look.wide else look.width
    head = list(hanging(start, text((look.show(finding.control.title, SHORT), "bold")), width))
    for line in _about(finding, look):
        head += hanging(Text(" " * 5), line, width)
    if look.wide:
        room = min(look.width, LEFT + MEASURE) - LEFT
        yield from beside(head, list(_advice(finding, known, look, room, indent=0)), LEFT)
    else:
        yield from head
        yield from _advice(finding, known, look, look.width, indent=5)


def _about(finding: Finding, look: Look) -> Iterator[Text]:
    """Severity, stage, effort and outcome; then which control it is, and where to look."""
    control = finding.control
    dot = f" {look.glyphs.dot} "
    spans: list[Span] = [(words.SEVERITIES[control.severity], SEVERITY_STYLES[control.severity])]
    if control.stage is not None:
        spans += [dot, look.show(words.stage(control.stage), SHORT)]
    spans += [dot, f"takes {look.show(control.effort, SHORT)}"]
    outcome = words.OUTCOMES[finding.outcome]
    if look.wide:
        yield from (text(*spans), text(outcome))
    else:
        yield text(*spans, dot, outcome)
    yield text(_identity(finding, look))


def _identity(finding: Finding, look: Look) -> Span:
    location = finding.location
    where = look.show(select.place(location.path, location.line), SHORT)
    cited = ", ".join(name for name in finding.control.requirements if name != finding.control.id)
    shown = f"{finding.control.id} ({cited})" if cited else finding.control.id
    return f"{look.show(shown, SHORT)} {look.glyphs.dot} {where}", "cyan"


def _advice(
    finding: Finding, known: Mapping[str, PracticeState], look: Look, width: int, *, indent: int
) -> Iterator[Text]:
    advice = (
        ("Observed", finding.observed),
        ("To pass", finding.passes),
        ("Yes means", select.meaning(finding, known)),
        ("Fix", finding.control.fix),
    )
    for label, body in advice:
        if body.strip():
            yield from labelled(label, look.show(body), width, indent=indent, label_width=10)


# --------------------------------------------------------------------------- every finding


def everything(assessment: Assessment, look: Look) -> Iterator[Text]:
    """Every finding by dimension, with its evidence."""
    known = select.states(assessment)
    for dimension, findings in select.by_dimension(assessment):
        title = f"All findings: {look.show(dimension.title, SHORT)}"
        yield from heading(title, words.count(len(findings), "control"), look)
        for number, finding in enumerate(findings):
            if number:
                yield Text()
            yield from _in_full(finding, known, assessment, look)


def _in_full(
    finding: Finding, known: Mapping[str, PracticeState], assessment: Assessment, look: Look
) -> Iterator[Text]:
    symbol = _symbol(finding.outcome, look)
    style = OUTCOME_STYLES.get(finding.outcome, "red")
    title = text((look.show(finding.control.title, SHORT), "bold"))
    indent = Text(" " * 4)
    yield from hanging(text("  ", (symbol, style), " "), title, look.width)
    yield from hanging(indent, text(_identity(finding, look)), look.width)
    if finding.outcome is Outcome.NOT_APPLICABLE:
        reason = finding.reason or finding.observed
        said = text((words.OUTCOMES[finding.outcome], style), f": {look.show(reason)}" if reason else "")
        yield from hanging(indent, said, look.width)
        return
    yield from hanging(indent, _judged(finding, style, look), look.width)
    for label, body in (("Observed", finding.observed), ("To pass", finding.passes)):
        if body.strip():
            yield from labelled(label, look.show(body), look.width, indent=4, label_width=10)
    yield from _waived(finding, assessment, look)
    for piece in _pieces(finding, known):
        yield from labelled("Evidence", evidence(piece, look), look.width, indent=4, label_width=10)


def _symbol(outcome: Outcome, look: Look) -> str:
    if outcome is Outcome.MET:
        return look.glyphs.yes
    if outcome is Outcome.NOT_APPLICABLE:
        return look.glyphs.none
    return "~" if outcome is Outcome.PARTIAL else "?" if outcome is Outcome.UNKNOWN else look.glyphs.no


def _judged(finding: Finding, style: str, look: Look) -> Text:
    control = finding.control
    dot = f" {look.glyphs.dot} "
    spans: list[Span] = [(words.OUTCOMES[finding.outcome], style), dot, words.SEVERITIES[control.severity]]
    if control.stage is not None:
        spans += [dot, look.show(words.stage(control.stage), SHORT)]
    if finding.advisory is not None:
        spans += [dot, f"advisory until {finding.advisory.isoformat()}"]
    asked = words.PROOFS[finding.required_proof]
    return text(*spans, dot, f"proof: {words.PROOFS[finding.proof]}, asked: {asked}")


def _waived(finding: Finding, assessment: Assessment, look: Look) -> Iterator[Text]:
    waiver = finding.waiver
    status = select.waiver_status(assessment, waiver)
    if waiver is None or status is None:
        return
    said = f"{words.WAIVER_STATES.get(status, status)} until {waiver.expires.isoformat()}: {look.show(waiver.reason)}"
    if status != "in_force":
        said = said.replace(" until ", ", last day ", 1)
    yield from labelled("Waiver", said, look.width, indent=4, label_width=10)


def _pieces(finding: Finding, known: Mapping[str, PracticeState]) -> list[Evidence]:
    return [
        piece
        for practice in finding.practices
        if practice in known
        for _, piece in select.evidence_of(known[practice])
        if piece.kind != "answer"
    ]


def evidence(piece: Evidence, look: Look) -> str:
    """One piece of evidence in a line: where, what it is worth, its date, what was seen and what is wrong."""
    where = select.place(piece.path, piece.line) or piece.kind
    when = f", {piece.when.isoformat()}" if piece.when is not None else ""
    seen = ". ".join(part.strip().rstrip(".") for part in (piece.detail, piece.problem or "") if part.strip())
    head = f"{look.show(where, SHORT)} ({words.PROOFS[piece.proof]}{when})"
    return f"{head}: {look.show(seen)}" if seen else head
