"""The report for a terminal: the verdict first, what to do next, then how each dimension stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from readiness.model import Assessment
from readiness.reports import matrix, words
from readiness.reports.terminal.bars import dimensions
from readiness.reports.terminal.findings import everything, plan
from readiness.reports.terminal.lists import changes, counts, lists
from readiness.reports.terminal.page import SHORT, Look, Span, hanging, heading, look, rendered, text, wrapped

REASONS = 6
"""How many reasons are shown without `--verbose`, each of at most `REASON` characters."""
REASON = 200


def render(
    assessment: Assessment, *, width: int = 80, colour: bool = False, verbose: bool = False, ascii_only: bool = False
) -> str:
    """The report as text; with ANSI codes where `colour` is asked."""
    at = look(width, ascii_only)
    return rendered(_report(assessment, at, verbose), at.width, colour)


def render_all(
    assessments: Sequence[Assessment],
    *,
    width: int = 80,
    colour: bool = False,
    verbose: bool = False,
    ascii_only: bool = False,
) -> str:
    """The reports by several checklists, under a list of what each says."""
    at = look(width, ascii_only)
    return rendered(_reports(assessments, at, verbose), at.width, colour)


def _reports(assessments: Sequence[Assessment], at: Look, verbose: bool) -> Iterator[Text]:
    yield from _matrix(assessments, at)
    for each in assessments:
        yield Text()
        yield text((at.glyphs.rule * at.width, "dim"))
        yield from _report(each, at, verbose)


def _matrix(assessments: Sequence[Assessment], at: Look) -> Iterator[Text]:
    """Each checklist with its result, then its figures; all figures in columns."""
    yield from wrapped(text((at.show(assessments[0].project.name, SHORT), "bold")), at.width)
    for row in matrix.rows(assessments):
        pin, result, proven, claimed, weakest, blockers, gaps = (at.show(cell, SHORT) for cell in row)
        yield Text()
        yield from hanging(Text("  "), text((pin, "bold cyan"), "  ", (result, "bold")), at.width)
        dot = f" {at.glyphs.dot} "
        counted = f"{words.count(int(blockers), 'blocker')} and {words.count(int(gaps), 'gap')} open"
        said = dot.join((f"{proven} proven", f"{claimed} claimed", f"weakest {weakest}", counted))
        yield from hanging(Text("    "), text(said), at.width)


def _report(assessment: Assessment, at: Look, verbose: bool) -> Iterator[Text]:
    yield from _verdict(assessment, at)
    yield from _why_not(assessment, at, verbose)
    yield from plan(assessment, at, verbose)
    yield from dimensions(assessment, at)
    yield from changes(assessment, at)
    yield from counts(assessment, at)
    yield from lists(assessment, at, verbose)
    if verbose:
        yield from everything(assessment, at)
    yield from _closing(assessment, at, verbose)


def _headline(assessment: Assessment, at: Look) -> Text:
    ready = assessment.verdict.ready
    if ready is None:
        return text((f"{at.glyphs.bullet} {at.show(words.verdict(assessment))}", "bold"))
    symbol = at.glyphs.yes if ready else at.glyphs.no
    return text((f"{symbol} {at.show(words.verdict(assessment))}", "bold green" if ready else "bold red"))


def _verdict(assessment: Assessment, at: Look) -> Iterator[Text]:
    preface = words.preface(assessment)
    if preface is not None:
        yield from wrapped(text((preface, "bold")), at.width)
    yield from wrapped(_headline(assessment, at), at.width)
    project = at.show(assessment.project.name, SHORT)
    checklist = at.show(f"{assessment.checklist.id}@{assessment.checklist.version}", SHORT)
    about = f"{project}, judged by {checklist} as of {assessment.as_of.isoformat()}"
    yield from hanging(Text("  "), text((about, "dim")), at.width)
    if assessment.stages:
        yield from hanging(Text("  "), _ladder(assessment, at), at.width)
    without = words.without_waivers(assessment)
    if without is not None:
        yield from hanging(Text("  "), text((at.show(without), "dim")), at.width)
    if assessment.checklist.source is not None:
        yield from hanging(Text("  "), text((at.show(assessment.checklist.source.note, REASON * 4), "dim")), at.width)


def _ladder(assessment: Assessment, at: Look) -> Text:
    """Every stage, and whether it is reached."""
    spans: list[Span] = []
    for result in assessment.stages:
        symbol = at.glyphs.yes if result.reached else at.glyphs.no
        name = at.show(words.stage(result.stage.id), SHORT)
        state = "reached" if result.reached else "not reached"
        target = " (target)" if result.stage.id == assessment.target else ""
        style = "green" if result.reached else "red" if target else "dim"
        spans += ["   "] if spans else []
        spans.append((f"{symbol} {name}: {state}{target}", style))
    return text(*spans)


def _why_not(assessment: Assessment, at: Look, verbose: bool) -> Iterator[Text]:
    reasons = assessment.verdict.reasons
    if not reasons:
        return
    yield from heading("Why not" if not assessment.verdict.ready else "Remarks", "", at)
    shown = reasons if verbose else reasons[:REASONS]
    for reason in shown:
        yield from hanging(text(f"  {at.glyphs.bullet} "), text(at.show(reason, REASON)), at.width)
    if len(shown) < len(reasons):
        more = words.count(len(reasons) - len(shown), "more reason")
        yield text((f"    and {more}, with --verbose", "dim"))


def _closing(assessment: Assessment, at: Look, verbose: bool) -> Iterator[Text]:
    """The verdict once more, where the eye is when a long report has run through."""
    yield Text()
    yield text((at.glyphs.rule * min(at.width, 80), "dim"))
    yield from wrapped(_headline(assessment, at), at.width)
    first = assessment.plan[0].control.id if assessment.plan else None
    hints = [f"readiness explain {at.show(first, SHORT)}"] if first else []
    hints += [] if verbose else ["--verbose lists every finding"]
    if hints:
        yield from hanging(Text("  "), text((f" {at.glyphs.dot} ".join(hints), "dim")), at.width)
