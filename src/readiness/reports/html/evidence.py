"""What is proven and by what, what a published source asks, and the controls that are no gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from readiness.model import Assessment, Evidence, Finding, Outcome, PracticeState
from readiness.reports import select, words
from readiness.reports.html.markup import Section, code, control, day, prose, table, text

PIECES = 6
"""So many pieces of evidence are shown for one control, the best first."""


def sections(assessment: Assessment) -> Iterator[Section]:
    """The controls beside the gaps."""
    yield from _advisory(assessment)
    yield _proven(assessment)
    yield from _requirements(assessment)
    yield from _beyond(assessment)


def _proven(assessment: Assessment) -> Section:
    known = select.states(assessment)
    found = [f for f in select.in_order(assessment) if f.outcome in (Outcome.MET, Outcome.PARTIAL)]
    if not found:
        return Section("proven", "What is proven, and by what", ("<p>Nothing is proven.</p>",), 0)
    rows = [
        (
            control(f),
            words.OUTCOMES[f.outcome],
            f"{words.PROOFS[f.proof]}, {words.PROOFS[f.required_proof]} asked",
            _pieces(f, known),
        )
        for f in found
    ]
    caption = f"{words.count(len(found), 'control')} met or partly met, of every stage"
    head = ("Control", "Outcome", "Proof", "Evidence")
    return Section("proven", "What is proven, and by what", tuple(table(caption, head, rows)), len(found))


def _pieces(finding: Finding, known: Mapping[str, PracticeState]) -> str:
    pieces = select.proven_by(finding, known)
    said = [_piece(piece) for piece in pieces[:PIECES]]
    if len(pieces) > PIECES:
        said.append(f"and {words.count(len(pieces) - PIECES, 'piece')} more")
    return f"<ul>{''.join(f'<li>{each}</li>' for each in said)}</ul>" if said else "the answer alone"


def _piece(piece: Evidence) -> str:
    where = select.place(piece.path, piece.line)
    dated = f", {day(piece.when)}" if piece.when is not None else ""
    detail = f": {prose(piece.detail)}" if piece.detail.strip() else ""
    return f"{code(where) if where else text(piece.kind)} {words.PROOFS[piece.proof]}{dated}{detail}"


def _requirements(assessment: Assessment) -> Iterator[Section]:
    """Each requirement of the published source, and what judges it here."""
    checklist = assessment.checklist
    if checklist.source is None or not checklist.requirements:
        return
    judging: dict[str, list[Finding]] = {}
    for finding in select.in_order(assessment):
        for name in finding.control.requirements:
            judging.setdefault(name, []).append(finding)
    rows = []
    for asked in checklist.requirements:
        found = judging.get(asked.id, [])
        here = "<br>".join(f"{code(f.control.id)} {words.OUTCOMES[f.outcome]}" for f in found)
        outside = f"outside: {prose(asked.outside)}" if asked.outside else ""
        rows.append((code(asked.id), text(asked.title), here or outside or "nothing judges it"))
    said = words.count(sum(1 for asked in checklist.requirements if asked.id in judging), "requirement")
    caption = f"{text(checklist.source.title)}: {said} of {len(checklist.requirements)} judged"
    lines = tuple(table(caption, ("Requirement", "Title there", "Judged here by"), rows))
    yield Section("requirements", "Requirements of the source", lines, len(rows))


def _advisory(assessment: Assessment) -> Iterator[Section]:
    later = [f for f in select.in_order(assessment) if f.advisory is not None]
    if not later:
        return
    rows = [
        (control(f), day(f.advisory) if f.advisory else "", words.OUTCOMES[f.outcome],
         f"{prose(f.observed)} {prose(f.passes)}")
        for f in later
    ]  # fmt: skip
    caption = f"{words.count(len(rows), 'control')} judged and shown, and counted from that day on"
    lines = tuple(table(caption, ("Control", "Counts from", "Outcome", "What is there, and what would pass"), rows))
    yield Section("advisory", "Advisory until their day", lines, len(rows))


def _beyond(assessment: Assessment) -> Iterator[Section]:
    """The open controls of stages beyond the target, and those that do not apply."""
    within = {f.control.id for f in select.within_target(assessment)}
    ordered = select.in_order(assessment)
    later = [f for f in ordered if f.outcome in select.OPEN and f.control.id not in within and f.advisory is None]
    if later:
        rows = [
            (control(f), text(words.stage(f.control.stage or "")), words.SEVERITIES[f.control.severity],
             words.OUTCOMES[f.outcome], f"{prose(f.observed)} {prose(f.passes)}")
            for f in later
        ]  # fmt: skip
        head = ("Control", "Stage", "Severity", "Outcome", "What is there, and what would pass")
        caption = f"{words.count(len(rows), 'control')} of a later stage, not counted for the target"
        yield Section("later", "Open beyond the target", tuple(table(caption, head, rows)), len(rows))
    away = [f for f in ordered if f.outcome is Outcome.NOT_APPLICABLE]
    if away:
        reasons = [(control(f), prose(f.reason or f.observed)) for f in away]
        caption = f"{words.count(len(away), 'control')} that the facts or an answer take out"
        yield Section("away", "Not applicable", tuple(table(caption, ("Control", "Reason"), reasons)), len(away))
