"""The top of a report: the verdict, why not, what to do next, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator

from readiness.model import Assessment, Finding
from readiness.reports import select, words
from readiness.reports.html.markup import (
    Section,
    bullets,
    code,
    control,
    day,
    figure,
    folded,
    link,
    pairs,
    prose,
    table,
    text,
)

REASONS = 10
"""More reasons than this are folded away."""
NEXT = 5
"""So many gaps are named as what to do next."""


def sections(assessment: Assessment, prefix: str) -> Iterator[Section]:
    """What a reader must know first."""
    if assessment.verdict.reasons:
        yield Section("reasons", "Why not", tuple(_reasons(assessment)), len(assessment.verdict.reasons))
    if assessment.plan:
        yield Section("next", "What to do next", tuple(_next(assessment, prefix)))
    if assessment.baseline is not None:
        yield _changes(assessment)


def headline(assessment: Assessment, level: int, prefix: str) -> Iterator[str]:
    """The verdict as a heading, and the figures under it."""
    ready = assessment.verdict.ready
    kind, sign = {True: ("good", "✓"), False: ("bad", "✗"), None: ("plain", "")}[ready]
    preface = words.preface(assessment)
    if preface is not None:
        yield f'<p class="preface"><strong>{text(preface)}</strong></p>'
    mark = f'<span aria-hidden="true">{sign}</span> ' if sign else ""
    yield f'<div class="verdict {kind}"><h{level} id="{prefix}-verdict">{mark}{text(words.verdict(assessment))}'
    checklist = assessment.checklist
    yield (
        f"</h{level}><p>Judged by {text(checklist.title)} {code(f'{checklist.id}@{checklist.version}')} "
        f"as of {assessment.as_of.isoformat()}.</p>"
    )
    without = words.without_waivers(assessment)
    if without is not None:
        yield f"<p>{prose(without)}</p>"
    yield from _stages(assessment)
    yield "</div>"
    if checklist.source is not None:
        yield f'<p class="note"><strong>{text(checklist.source.title)}, {text(checklist.source.edition)}.</strong> '
        yield f"{prose(checklist.source.note)}"
        yield f"<br>{link(checklist.source.url)}</p>" if checklist.source.url else "</p>"
    yield from pairs(_figures(assessment), "figures")


def _stages(assessment: Assessment) -> Iterator[str]:
    if not assessment.stages:
        return
    yield '<ol class="stages">'
    for result in assessment.stages:
        sign, said = ("✓", "reached") if result.reached else ("✗", "not reached")
        aim = " (target)" if result.stage.id == assessment.target else ""
        name = text(words.stage(result.stage.id))
        yield f'<li><span aria-hidden="true">{sign}</span> {name}: {said}{aim}</li>'
    yield "</ol>"


def _figures(assessment: Assessment) -> Iterator[tuple[str, str]]:
    score = assessment.score
    range_ = f" <small>of {score.most}</small>"
    yield "Proven", f"<b>{figure(score.proven)}</b>{range_ if score.proven is not None else ''}"
    yield "Claimed", f"<b>{figure(score.claimed)}</b>{range_ if score.claimed is not None else ''}"
    if score.weakest is not None:
        weakest = score.weakest
        yield "Weakest dimension", f"<b>{figure(weakest.proven)}</b> {text(weakest.dimension.title)}"
    if score.coverage is not None:
        yield "Answered", f"<b>{score.coverage}</b> <small>of 100</small>"
    if score.band is not None:
        yield "Band", text(score.band.title)
    gaps = words.tally(select.severities(assessment.plan))
    yield "Open gaps", f"<b>{len(assessment.plan)}</b> {text(gaps)}"
    yield "Waivers in force", f"<b>{sum(state.status == 'in_force' for state in assessment.waivers)}</b>"


def _reasons(assessment: Assessment) -> Iterator[str]:
    reasons = [prose(reason) for reason in assessment.verdict.reasons]
    yield from bullets(reasons[:REASONS])
    if len(reasons) > REASONS:
        yield from folded(words.count(len(reasons) - REASONS, "more reason"), bullets(reasons[REASONS:]))


def _next(assessment: Assessment, prefix: str) -> Iterator[str]:
    known = select.states(assessment)
    first = assessment.plan[:NEXT]
    yield '<ol class="next">'
    for number, finding in enumerate(first, 1):
        judged = finding.control
        about = [words.SEVERITIES[judged.severity]]
        about += [text(words.stage(judged.stage))] if judged.stage is not None else []
        about += [words.OUTCOMES[finding.outcome], text(judged.effort)]
        owners, due = select.who_and_when(finding, known)
        about += [text(owner) for owner in owners] + ([f"due {day(due)}"] if due is not None else [])
        yield f'<li><a href="#{prefix}-g{number}">{text(judged.title)}</a> <small>{" · ".join(about)}</small>'
        yield f"<p>{prose(judged.fix)}</p></li>"
    yield "</ol>"
    rest = len(assessment.plan) - len(first)
    if rest:
        yield f'<p><a href="#{prefix}-gaps">{words.count(rest, "more gap")} in the register</a></p>'


def _changes(assessment: Assessment) -> Section:
    against = assessment.baseline
    assert against is not None

    def row(name: str, f: Finding) -> tuple[str, ...]:
        timed = " (time alone)" if f.control.id in against.by_time else ""
        return control(f), name + timed, words.OUTCOMES[f.outcome], words.SEVERITIES[f.control.severity]

    rows = [row(name, f) for name, found in select.changed(assessment).items() for f in found]
    caption = f"{words.count(len(rows), 'change')} against {code(f'{assessment.checklist.id}@{against.version}')}"
    lines = table(caption, ("Control", "Change", "Outcome now", "Severity"), rows)
    title = f"Since the baseline of {against.as_of.isoformat()}"
    return Section("changes", title, tuple(lines if rows else ["<p>Nothing changed.</p>"]), len(rows))
