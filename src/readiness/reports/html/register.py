"""The gap register. It is a whole table without the script; the script lets it be filtered and sorted.

End tags that HTML lets one leave out are left out of its rows: a register can be long.

The script never sees text of a project as data: each row carries numbers, in the order of `KEYS`, that stand for its
severity, stage, dimension, outcome, effort, due date and change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from readiness.model import Assessment, Finding, Outcome, PracticeState, Proof, Severity
from readiness.reports import select, words
from readiness.reports.html.markup import Section, code, control, day, prose, text
from readiness.reports.safe import cut, plain
from readiness.tuples import NamedTuple

KEYS = ("severity", "stage", "dimension", "outcome", "effort", "due", "change")
EFFORTS = ("hours", "days", "weeks")
CHANGES = ("new", "worse", "better", "same")
OPTION = 60
"""The greatest length of a name that can be chosen."""
NEVER = 0
"""Stands for no date: the script puts it last."""
PIECES = 5
"""So many pieces of evidence that do not suffice are shown for a gap."""

COLUMNS = (
    ("No.", "n"),
    ("Control", "t"),
    ("What is there, and what would pass", None),
    ("Severity", 0),
    ("Stage", 1),
    ("Dimension", 2),
    ("Outcome", 3),
    ("Effort", 4),
    ("Due, owner", 5),
)
"""Each column with what it is sorted by: the number of a key, the row's place, its title, or nothing."""


class Choices(NamedTuple):
    """The stages in their order, and the dimensions in theirs with their titles."""

    stages: tuple[str, ...]
    dimensions: Mapping[str, str]


def section(assessment: Assessment, prefix: str) -> Section:
    """The gaps up to the target in the order in which to close them, then those that a waiver excuses."""
    excused = select.waived(assessment)
    gaps = [*assessment.plan, *excused]
    if not gaps:
        return Section("gaps", "Gap register", ("<p>No gap is open.</p>",), 0)
    choices = Choices(
        tuple(stage.id for stage in assessment.checklist.stages),
        {dimension.id: dimension.title for dimension in assessment.checklist.dimensions},
    )
    caption = f"{words.count(len(gaps), 'gap')} {text(words.scope(assessment))}, in the order in which to close them"
    caption += f"; the last {len(excused)} waived" if excused else ""
    known = select.states(assessment)
    lines = [
        *_form(gaps, choices, prefix),
        f'<table class="stack register" id="{prefix}-register"><caption>{caption}</caption>',
        f"<thead><tr>{''.join(_head(*column) for column in COLUMNS)}</tr></thead><tbody>",
        *(
            _row(f, number, f"{prefix}-g{number}", assessment, known, choices, number > len(assessment.plan))
            for number, f in enumerate(gaps, 1)
        ),
        "</tbody></table>",
    ]
    return Section("gaps", "Gap register", tuple(lines), len(gaps))


def _head(name: str, by: object) -> str:
    return f'<th scope="col"{"" if by is None else f" data-s={chr(34)}{by}{chr(34)}"}>{name}</th>'


# --------------------------------------------------------------------------- filters


def _form(gaps: Sequence[Finding], choices: Choices, prefix: str) -> Iterator[str]:
    offered: list[tuple[str, int, list[str]]] = [
        ("Severity", 0, [words.SEVERITIES[severity] for severity in Severity]),
        ("Stage", 1, [words.stage(id) for id in choices.stages]),
        ("Dimension", 2, list(choices.dimensions.values())),
        ("Outcome", 3, [words.OUTCOMES[outcome] for outcome in Outcome]),
        ("Change", 6, list(CHANGES)),
    ]
    used = [_keys(finding, choices, None) for finding in gaps]
    yield f'<form class="filters" data-for="{prefix}-register" hidden>'
    for name, key, values in offered:
        there = sorted({keys[key] for keys in used if keys[key] < len(values)})
        if len(there) < 2:
            continue
        options = "".join(
            f'<option value="{number}">{text(cut(plain(values[number]), OPTION))}</option>' for number in there
        )
        yield f'<div><label for="{prefix}-f{key}">{name}</label><select id="{prefix}-f{key}" data-k="{key}">'
        yield f'<option value="">all</option>{options}</select></div>'
    yield f'<div><label for="{prefix}-sort">Sort by</label><select class="sort" id="{prefix}-sort"></select></div>'
    yield f'<div><label for="{prefix}-text">Text</label><input type="search" id="{prefix}-text"></div>'
    yield '<button type="reset">Clear</button>'
    yield '<p role="status"></p></form>'


def _keys(finding: Finding, choices: Choices, due: date | None) -> tuple[int, ...]:
    judged = finding.control
    return (
        list(Severity).index(judged.severity),
        _place(choices.stages, judged.stage),
        _place(tuple(choices.dimensions), judged.dimension),
        list(Outcome).index(finding.outcome),
        _place(EFFORTS, judged.effort),
        NEVER if due is None else int(due.strftime("%Y%m%d")),
        _place(CHANGES, finding.change),
    )


def _place(known: Sequence[str], value: str | None) -> int:
    return known.index(value) if value in known else len(known)


# --------------------------------------------------------------------------- rows


def _row(
    finding: Finding,
    number: int,
    id: str,
    assessment: Assessment,
    known: Mapping[str, PracticeState],
    choices: Choices,
    excused: bool,
) -> str:
    judged = finding.control
    owners, due = select.who_and_when(finding, known)
    keys = " ".join(map(str, _keys(finding, choices, due)))
    outcome = words.OUTCOMES[finding.outcome] + (" (waived)" if excused else "")
    change = finding.change if finding.change in CHANGES and finding.change != "same" else None
    cells = (
        text(words.stage(judged.stage)) if judged.stage is not None else "–",
        text(choices.dimensions.get(judged.dimension, judged.dimension)),
        outcome + (f", <em>{change}</em>" if change else ""),
        text(judged.effort),
        ", ".join([*([day(due)] if due is not None else []), *map(text, owners)]) or "–",
    )
    return (
        f'<tr id="{id}" data-k="{keys}"><td>{number}<th scope="row">{control(finding)}'
        f"<td>{_found(finding)}{_more(finding, assessment, known)}"
        f"<td>{words.SEVERITIES[judged.severity]}" + "".join(f"<td>{cell}" for cell in cells)
    )


def _found(finding: Finding) -> str:
    passes = f"<p>{prose(finding.passes)}" if finding.passes.strip() else ""
    return f"<p>{prose(finding.observed)}{passes}"


def _more(finding: Finding, assessment: Assessment, known: Mapping[str, PracticeState]) -> str:
    judged, place = finding.control, finding.location
    said = [
        f"<b>Why</b> {prose(judged.why)}",
        f"<b>Fix</b> {prose(judged.fix)}",
        f"<b>Level</b> {words.LEVELS[finding.claimed]} claimed, {words.LEVELS[finding.proven]} proven; proof: "
        f"{words.PROOFS[finding.proof]}, {words.PROOFS[finding.required_proof]} asked; "
        f"{code(f'{select.place(place.path, place.line)}:{place.column}')}",
    ]
    if judged.needs:
        said.append(f"<b>Do first</b> {', '.join(code(name) for name in sorted(judged.needs))}")
    said += [f"<b>Not enough</b> {piece}" for piece in _short(finding, known)]
    status = select.waiver_status(assessment, finding.waiver)
    if finding.waiver is not None and status is not None:
        state = words.WAIVER_STATES.get(status, status)
        said.append(f"<b>Waiver</b> {state}, last day {day(finding.waiver.expires)}: {text(finding.waiver.reason)}")
    if judged.references:
        cited = "; ".join(f"{text(r.source)} {text(r.id)}" for r in judged.references)
        said.append(f"<b>See</b> {cited}")
    return f"<details><summary>Why, and how</summary>{''.join(f'<p>{each}' for each in said)}</details>"


def _short(finding: Finding, known: Mapping[str, PracticeState]) -> list[str]:
    """Evidence that was named and does not reach what is asked."""
    pieces = [
        piece
        for name in finding.practices
        if name in known
        for _, piece in select.evidence_of(known[name])
        if piece.problem or (piece.kind != "answer" and piece.proof < max(finding.required_proof, Proof.DOCUMENTED))
    ]
    said = []
    for piece in dict.fromkeys(pieces):
        where = select.place(piece.path, piece.line) or piece.detail or piece.kind
        why = prose(piece.problem) if piece.problem else f"{words.PROOFS[piece.proof]} only"
        said.append(f"{code(where)}: {why}")
    more = len(said) - PIECES
    return said[:PIECES] + ([f"and {words.count(more, 'piece')} more"] if more > 0 else [])
