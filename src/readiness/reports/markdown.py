"""The report in Markdown, for a pull request and for a review meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readiness.model import Assessment, Figure, Finding, Outcome, Severity
from readiness.reports import matrix, select, words
from readiness.reports.markdown_end import exceptions, method, questions
from readiness.reports.markdown_tables import Rows, folded, section, table
from readiness.reports.safe import code, md, prose

REASONS = 10
"""More reasons than this are folded away."""


def render(assessment: Assessment, **_terminal: object) -> str:
    """The report as GitHub Flavored Markdown. How a terminal looks makes no difference here."""
    return "\n".join(_report(assessment)).rstrip("\n") + "\n"


def render_all(assessments: Sequence[Assessment], **_terminal: object) -> str:
    """The reports by several checklists, under a table of what each says."""
    lines = [f"<!-- readiness-report: {words.SET_SCHEMA} -->", f"# {md(assessments[0].project.name)}", ""]
    rows = [(code(pin), *map(md, row)) for pin, *row in matrix.rows(assessments)]
    lines += table(matrix.HEAD, rows, right=(2, 3, 5, 6))
    for each in assessments:
        lines += ["\n---\n", f"# {md(each.checklist.title)}", *_report(each)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _report(assessment: Assessment) -> Iterator[str]:
    yield f"<!-- readiness-report: {words.REPORT_SCHEMA} -->"
    yield from _headline(assessment)
    yield from _reasons(assessment)
    yield from _changes(assessment)
    yield from _dimensions(assessment)
    yield from _blockers(assessment)
    yield from _register(assessment)
    yield from _proven(assessment)
    yield from _claims(assessment)
    yield from exceptions(assessment)
    yield from questions(assessment)
    yield from method(assessment)


# --------------------------------------------------------------------------- the verdict


def _headline(assessment: Assessment) -> Iterator[str]:
    preface = words.preface(assessment)
    if preface is not None:
        yield f"\n> **{preface}**"
    symbol = {True: "✅ ", False: "❌ ", None: ""}[assessment.verdict.ready]
    yield f"\n## {symbol}{md(words.verdict(assessment))}\n"
    checklist = code(f"{assessment.checklist.id}@{assessment.checklist.version}")
    yield f"**{md(assessment.project.name)}**, judged by {checklist} as of {assessment.as_of.isoformat()}\n"
    if assessment.project.summary:
        yield f"> {md(assessment.project.summary)}\n"
    without = words.without_waivers(assessment)
    if without is not None:
        yield f"{prose(without)}\n"
    if assessment.checklist.source is not None:
        yield f"{prose(assessment.checklist.source.note)}\n"
    yield from _summary(assessment)


def _summary(assessment: Assessment) -> Iterator[str]:
    score = assessment.score
    weakest = score.weakest
    open_now = select.severities(assessment.plan)
    in_force = sum(state.status == "in_force" for state in assessment.waivers)
    stage, target = assessment.verdict.stage, assessment.verdict.target
    staged = stage is not None and target is not None
    heads = ("Stage reached", "Target") if staged else ()
    yield from table(
        (*heads, "Proven", "Claimed", "Weakest dimension", "Open gaps", "Waivers in force"),
        [
            (
                *(
                    (md(words.stage(stage)), md(words.stage(target)))
                    if stage is not None and target is not None
                    else ()
                ),
                f"**{_figure(score.proven)}**",
                _figure(score.claimed),
                "–" if weakest is None else f"**{md(weakest.dimension.title)}: {_figure(weakest.proven)}**",
                words.tally(open_now) or "none",
                str(in_force),
            )
        ],
    )


def _figure(value: Figure | None) -> str:
    return "–" if value is None else str(value)


def _reasons(assessment: Assessment) -> Iterator[str]:
    reasons = [f"- {prose(reason)}" for reason in assessment.verdict.reasons]
    if not reasons:
        return
    yield "\n### Why not\n"
    yield from reasons[:REASONS]
    if len(reasons) > REASONS:
        yield from folded(words.count(len(reasons) - REASONS, "more reason"), reasons[REASONS:])


def _changes(assessment: Assessment) -> Iterator[str]:
    against = assessment.baseline
    if against is None:
        return
    rows: Rows = [
        (name + (" (time alone)" if f.control.id in against.by_time else ""), _control(f), words.OUTCOMES[f.outcome])
        for name, findings in select.changed(assessment).items()
        for f in findings
    ]
    title = f"Since the baseline of {against.as_of.isoformat()}"
    yield from section(title, ("Change", "Control", "Outcome"), rows, "change", empty="Nothing changed.")


def _dimensions(assessment: Assessment) -> Iterator[str]:
    covered = ", ".join(filter(None, (words.scope(assessment), f"from {words.most(assessment)}")))
    yield f"\n### Dimensions\n\n{md(covered[:1].upper() + covered[1:])}.\n"
    staged = assessment.target is not None
    outcomes = [words.OUTCOMES[outcome].capitalize() for outcome in Outcome]
    rows = [
        (
            md(score.dimension.title),
            f"**{_figure(score.proven)}**",
            _figure(score.claimed),
            *((_figure(score.threshold), _stands(score.possible, score.threshold, score.passes)) if staged else ()),
            *(str(score.counts.get(outcome.value, 0)) for outcome in Outcome),
        )
        for score in assessment.dimensions
    ]
    needed = ("Needed", "") if staged else ()
    right = (1, 2, 3, *range(5, 11)) if staged else range(1, 9)
    yield from table(("Dimension", "Proven", "Claimed", *needed, *outcomes), rows, right=tuple(right))
    score = assessment.score
    if score.weakest is not None:
        yield (
            f"\n{words.overall(assessment.checklist.scheme)} of the dimensions: "
            f"{score.proven} proven, {score.claimed} claimed. "
            f"Weakest: {md(score.weakest.dimension.title)}, {score.weakest.proven} proven."
            + (f" Answered: {score.coverage} of 100." if score.coverage is not None else "")
        )


def _stands(possible: int, threshold: int | None, passes: bool) -> str:
    if not possible:
        return "nothing applies"
    if threshold is None:
        return "no threshold"
    return "✅ enough" if passes else "❌ too low"


# --------------------------------------------------------------------------- gaps


def _blockers(assessment: Assessment) -> Iterator[str]:
    found = [finding for finding in assessment.plan if finding.control.severity is Severity.BLOCKER]
    yield "\n### Blockers\n"
    if not found:
        yield f"{md(f'No blocker is open {words.scope(assessment)}')}."
        return
    rows = [(_control(f), _stage(f), prose(f.observed), prose(f.passes), prose(f.control.fix)) for f in found]
    yield from table(("Control", "Stage", "Observed", "What would pass", "How to fix it"), rows)


def _register(assessment: Assessment) -> Iterator[str]:
    known = select.states(assessment)
    waived = select.waived(assessment)
    rows: Rows = []
    for finding in (*assessment.plan, *waived):
        owners, due = select.who_and_when(finding, known)
        outcome = words.OUTCOMES[finding.outcome] + (" (waived)" if finding in waived else "")
        rows.append(
            (
                _control(finding),
                _stage(finding),
                words.SEVERITIES[finding.control.severity],
                outcome,
                prose(finding.observed),
                prose(finding.passes),
                md(finding.control.effort),
                md(", ".join(owners)),
                due.isoformat() if due is not None else "",
            )
        )
    head = ("Control", "Stage", "Severity", "Outcome", "Observed", "What would pass", "Effort", "Owner", "Due")
    yield from section("Gap register", head, rows, "gap", empty="No gap is open.")
    later: Rows = [
        (_control(f), f.advisory.isoformat(), words.OUTCOMES[f.outcome], prose(f.observed), prose(f.passes))
        for f in select.in_order(assessment)
        if f.advisory is not None and f.outcome is not Outcome.NOT_APPLICABLE
    ]
    columns = ("Control", "Counts from", "Outcome", "Observed", "What would pass")
    yield from section("Advisory until their day", columns, later, "control")


def _control(finding: Finding) -> str:
    cited = [name for name in finding.control.requirements if name != finding.control.id]
    return " ".join([md(finding.control.title), code(finding.control.id), *(f"({md(name)})" for name in cited)])


def _stage(finding: Finding) -> str:
    return md(words.stage(finding.control.stage)) if finding.control.stage is not None else ""


# --------------------------------------------------------------------------- proof


def _proven(assessment: Assessment) -> Iterator[str]:
    known = select.states(assessment)
    rows: Rows = []
    for finding in select.in_order(assessment):
        if finding.outcome not in (Outcome.MET, Outcome.PARTIAL):
            continue
        pieces = [
            f"{code(select.place(piece.path, piece.line) or piece.kind)} {words.PROOFS[piece.proof]}"
            + (f", {piece.when.isoformat()}" if piece.when is not None else "")
            + (f": {prose(piece.detail)}" if piece.detail.strip() else "")
            for piece in select.proven_by(finding, known)
        ]
        outcome = words.OUTCOMES[finding.outcome] + (" (advisory)" if finding.advisory is not None else "")
        rows.append((_control(finding), outcome, "<br>".join(pieces) or "the answer alone"))
    empty = "Nothing is proven."
    yield from section("What is proven, and by what", ("Control", "Outcome", "Evidence"), rows, "control", empty=empty)


def _claims(assessment: Assessment) -> Iterator[str]:
    rows: Rows = [
        (
            _control(finding),
            words.LEVELS[finding.claimed],
            words.PROOFS[finding.proof],
            words.PROOFS[finding.required_proof],
            prose(finding.passes),
        )
        for finding in select.in_order(assessment)
        if finding.outcome is Outcome.UNPROVEN and finding.advisory is None
    ]
    head = ("Control", "Claimed", "Proof there is", "Proof asked", "What would pass")
    yield from section("Claimed without the proof asked", head, rows, "control", empty="Nothing.")
