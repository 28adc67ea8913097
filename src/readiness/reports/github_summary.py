"""The report for a job's summary: the verdict and the dimensions, what to do, and what stands behind it, folded.

GitHub refuses a summary of more than 1 MiB whole. So the tables are filled row by row as far as there is room, and a
last sentence says what was left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from readiness.model import Assessment, Finding, Outcome
from readiness.reports import counted, matrix, select, words
from readiness.reports.markdown_tables import Rows, table
from readiness.reports.safe import code, cut, md, plain, prose
from readiness.tuples import NamedTuple

MOST = 980_000
"""How many bytes a summary has at most."""
SAID = 4_000
"""How many bytes are kept for the sentence that says what was left out."""
CELL = 600
"""The greatest length of a text in a cell."""
OUTCOMES = (Outcome.MET, Outcome.PARTIAL, Outcome.UNPROVEN, Outcome.UNMET, Outcome.UNKNOWN)


class Part(NamedTuple):
    """A part of the summary: what stands before its table, the table, and whether it is folded."""

    name: str
    intro: str
    head: Sequence[str]
    rows: Rows
    right: tuple[int, ...] = ()
    folded: bool = True


def render(assessment: Assessment, **_terminal: object) -> str:
    """The summary of one report."""
    return _page((), [(assessment, 2)])


def render_all(assessments: Sequence[Assessment], **_terminal: object) -> str:
    """The summary of several, under a table of what each says. The room is shared out evenly."""
    rows = [tuple(_text(cell) for cell in row) for row in matrix.rows(assessments)]
    title = f"## {_text(assessments[0].project.name)}"
    page = Part("Checklists", title, matrix.HEAD, rows, (2, 3, 5, 6), folded=False)
    return _page((page,), [(each, 3) for each in assessments])


def _page(first: Sequence[Part], assessments: Sequence[tuple[Assessment, int]]) -> str:
    room = MOST - SAID
    lines, missing, used = _filled(first, room)
    room -= used
    for number, (assessment, depth) in enumerate(assessments):
        share = room // (len(assessments) - number)
        more, gone, used = _filled(list(_parts(assessment, depth)), share)
        lines += more
        missing += [f"{name} ({assessment.checklist.id})" if len(assessments) > 1 else name for name in gone]
        room -= used
    return "\n".join([*lines, *_left_out(missing)]) + "\n"


def _filled(parts: Sequence[Part], room: int) -> tuple[list[str], list[str], int]:
    """As much of the parts as fits: the lines, the names of what does not fit, and the bytes used. Where not all of
    it fits, no part takes more than two thirds of what is left, so that a long table crowds out no short one."""
    framed = [_framed(part) for part in parts]
    scarce = sum(_size([*before, *rows, *after]) for before, rows, after in framed) > room
    lines: list[str] = []
    missing: list[str] = []
    used = 0
    for part, (before, rows, after) in zip(parts, framed, strict=True):
        held, fits = _size([*before, *after]), 0
        most = (room - used) * 2 // 3 if scarce else room - used
        for row in rows:
            held += _size([row])
            if held > most:
                held -= _size([row])
                break
            fits += 1
        if held > most or (rows and not fits):
            missing.append(f"{part.name}, all {len(rows)} rows" if rows else part.name)
            continue
        if fits < len(rows):
            missing.append(f"{part.name}, {len(rows) - fits} of {len(rows)} rows")
        lines += [*before, *rows[:fits], *after]
        used += held
    return lines, missing, used


def _framed(part: Part) -> tuple[list[str], list[str], list[str]]:
    """A part as lines: what stands before its rows, the rows, and what stands behind them."""
    filled = list(table(part.head, part.rows, right=part.right)) if part.rows else []
    before = [f"\n{part.intro}\n"] if part.intro else []
    if not part.folded:
        return [*before, *filled[:2]], filled[2:], []
    summary = f"\n<details>\n<summary>{md(part.name)} ({len(part.rows)})</summary>\n"
    return [summary, *before, *filled[:2]], filled[2:], ["\n</details>"]


def _size(lines: Sequence[str]) -> int:
    return sum(len(line.encode("utf-8")) + 1 for line in lines)


def _left_out(missing: Sequence[str]) -> Iterator[str]:
    if missing:
        said = "; ".join(plain(name) for name in missing)
        yield f"\n**Left out, because GitHub takes no summary of more than 1 MiB:** {md(cut(said, SAID // 10))}."


def _text(text: str, most: int = CELL) -> str:
    return md(cut(plain(text), most))


def _told(text: str) -> str:
    return prose(cut(plain(text), CELL))


# --------------------------------------------------------------------------- what always shows


def _parts(assessment: Assessment, depth: int) -> Iterator[Part]:
    sections: tuple[Callable[[Assessment], Part], ...] = (
        _observed, _reasons, _changes, _apart, _waivers, _contradictions, _removals, _notices, _inputs,
    )  # fmt: skip
    yield Part("Verdict", "\n\n".join(_headline(assessment, "#" * depth)), (), [], folded=False)
    yield _dimensions(assessment)
    yield _plan(assessment, "#" * (depth + 1))
    yield from (part for section in sections if (part := section(assessment)).rows)


def _headline(assessment: Assessment, mark: str) -> Iterator[str]:
    preface, bare, source = words.preface(assessment), words.without_waivers(assessment), assessment.checklist.source
    if preface is not None:
        yield f"> **{md(preface)}**"
    symbol = {True: "✅ ", False: "❌ ", None: ""}[assessment.verdict.ready]
    yield f"{mark} {symbol}{_text(words.verdict(assessment))}"
    ruler = code(cut(f"{assessment.checklist.id}@{assessment.checklist.version}", CELL))
    yield f"**{_text(assessment.project.name)}**, judged by {ruler} as of {assessment.as_of.isoformat()}"
    if bare is not None:
        yield _told(bare)
    if source is not None and plain(source.note):
        yield _told(source.note)
    weakest, score = assessment.score.weakest, assessment.score
    if weakest is not None:
        yield (
            f"{words.overall(assessment.checklist.scheme)} of the dimensions: {score.proven} proven, {score.claimed} "
            f"claimed. Weakest: **{_text(weakest.dimension.title)}**, {weakest.proven} proven. Open gaps: "
            f"{words.tally(select.severities(assessment.plan)) or 'none'}."
        )


def _dimensions(assessment: Assessment) -> Part:
    rows: Rows = [
        (
            _text(score.dimension.title),
            "" if score.proven is None else f"**{score.proven}**",
            "" if score.claimed is None else str(score.claimed),
            "" if score.threshold is None else str(score.threshold),
            ("✅ enough" if score.passes else "❌ too low") if score.possible and score.threshold is not None else "",
            *(str(score.counts.get(outcome.value, 0)) for outcome in OUTCOMES),
        )
        for score in assessment.dimensions
    ]
    head = ("Dimension", "Proven", "Claimed", "Needed", "", *(words.OUTCOMES[o].capitalize() for o in OUTCOMES))
    return Part("Dimensions", "", head, rows, (1, 2, 3, *range(5, 10)), folded=False)


def _plan(assessment: Assessment, mark: str) -> Part:
    rows: Rows = [
        (
            str(number),
            _control(finding),
            words.SEVERITIES[finding.control.severity],
            words.OUTCOMES[finding.outcome],
            _told(finding.passes),
            _text(finding.control.effort),
            _where(finding),
        )
        for number, finding in enumerate(assessment.plan, start=1)
    ]
    scope = words.scope(assessment)
    intro = f"{mark} What to do\n" + ("" if rows else f"\nNo gap is open {md(scope)}.")
    head = ("", "Control", "Severity", "Outcome", "What would pass", "Effort", "Where")
    return Part("What to do", intro.rstrip("\n"), head, rows, (0,), folded=False)


def _control(finding: Finding) -> str:
    return f"{_text(finding.control.title)} {code(cut(finding.control.id, CELL))}"


def _where(finding: Finding) -> str:
    return code(cut(select.place(finding.location.path, finding.location.line), CELL))


# --------------------------------------------------------------------------- what is folded


def _observed(assessment: Assessment) -> Part:
    rows: Rows = [
        (_control(f), _told(f.observed), _told(f.control.why), _told(f.control.fix),
         f"{words.LEVELS[f.claimed]} / {words.LEVELS[f.proven]}",
         f"{words.PROOFS[f.proof]} / {words.PROOFS[f.required_proof]}")
        for f in assessment.plan
    ]  # fmt: skip
    head = ("Control", "Observed", "Why", "How to fix it", "Claimed / proven", "Proof / asked")
    return Part("What was observed", "", head, rows)


def _reasons(assessment: Assessment) -> Part:
    return Part("Why not", "", ("Reason",), [(_told(reason),) for reason in assessment.verdict.reasons])


def _changes(assessment: Assessment) -> Part:
    against = assessment.baseline
    rows: Rows = [
        (name, _control(finding), words.OUTCOMES[finding.outcome])
        for name, findings in select.changed(assessment).items()
        for finding in findings
    ]
    title = "Changes" if against is None else f"Changes since the baseline of {against.as_of.isoformat()}"
    return Part(title, "", ("Change", "Control", "Outcome"), rows)


def _apart(assessment: Assessment) -> Part:
    found = counted.others(assessment, counted.WAIVED, counted.ADVISORY, counted.LATER)
    rows: Rows = [
        (_control(f), words.OUTCOMES[f.outcome], _told(counted.lead(assessment, f, how)), _told(f.passes))
        for f, how in found
    ]
    return Part("Open, but not counted", "", ("Control", "Outcome", "Why it does not count", "What would pass"), rows)


def _waivers(assessment: Assessment) -> Part:
    rows: Rows = [
        (code(cut(s.waiver.control, CELL)), words.WAIVER_STATES.get(s.status, s.status), s.waiver.expires.isoformat(),
         _text(s.waiver.reason), _text(s.waiver.owner), _text(s.waiver.approved_by), _told(s.why))
        for s in select.waivers(assessment)
    ]  # fmt: skip
    head = ("Control", "State", "Last day", "Reason", "Owner", "Approved by", "Remark")
    return Part("Waivers", "", head, rows)


def _contradictions(assessment: Assessment) -> Part:
    rows: Rows = [
        (_told(c.said), _told(c.seen), code(cut(select.place(c.location.path, c.location.line), CELL)))
        for c in select.contradictions(assessment)
    ]
    return Part("Contradictions", "", ("Said", "Seen", "Where"), rows)


def _removals(assessment: Assessment) -> Part:
    rows: Rows = [(code(r.practice), _text(r.reason), _told(r.effect)) for r in select.removals(assessment)]
    return Part("Taken out by answer", "", ("Practice", "Reason", "Effect"), rows)


def _notices(assessment: Assessment) -> Part:
    return Part("Notices", "", ("Notice",), [(_told(notice),) for notice in assessment.notices])


def _inputs(assessment: Assessment) -> Part:
    rows: Rows = [
        ("Checklist digest", code(assessment.checklist.digest)),
        ("Description digest", code(assessment.project.digest)),
        ("Tool", code(f"readiness {assessment.tool_version}")),
    ]
    return Part("Inputs", "", ("Input", "Value"), rows)
