"""`readiness compare`, `expiring` and `baseline`: a project over time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli import gating, given, options, output
from readiness.cli.declare import with_typer
from readiness.errors import EXIT_GATE, EXIT_INPUT

if TYPE_CHECKING:
    from readiness.model import Assessment
    from readiness.model.baseline import Kept

PANEL = "Over time"
FORMATS = ("terminal", "markdown", "json")
Report = Annotated[Path, typer.Argument(metavar="REPORT.json", help="A JSON report.", readable=False)]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("compare", rich_help_panel=PANEL)(output.guarded(with_typer(compare)))
    app.command("expiring", rich_help_panel=PANEL)(output.guarded(with_typer(expiring)))
    group = typer.Typer(
        help="The baseline: the debt that a project began with, which only shrinks.", no_args_is_help=True
    )
    group.command("update")(output.guarded(with_typer(update)))
    app.add_typer(group, name="baseline", rich_help_panel=PANEL)


def compare(
    old: Report,
    new: Report,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="terminal, markdown or json.")
    ] = "terminal",
) -> None:
    """Show what changed between two JSON reports, and what moved each score.

    The change of a score is split into the project, the checklist and time (evidence that became too old, controls
    that began to count); the parts add up exactly.
    """
    from readiness.loaders.baseline import load_kept
    from readiness.reports import comparison
    from readiness.steps.compare import compare as held

    wanted = output.one_of("--format", format, FORMATS)
    before, after = load_kept(old)[0].reports, load_kept(new)[0].reports
    both = [name for name in after if name in before]
    if not both:
        raise output.Stop(
            EXIT_INPUT,
            f"readiness: the reports have no checklist in common: {', '.join(before)} and {', '.join(after)}",
        )
    for name in dict.fromkeys([*before, *after]):
        if name not in both:
            output.say(f"readiness: only one of the reports is by {output.printable(name)}: left out")
    found = [held(before[name], after[name]) for name in both]
    if wanted == "terminal":
        output.emit(comparison.terminal(found, **output.look()))
    else:
        output.emit(comparison.markdown(found) if wanted == "markdown" else comparison.as_json(found))


def expiring(
    project: options.ProjectPath = Path("project.yaml"),
    within: Annotated[
        str, typer.Option("--within", metavar="DAYS", help="How far to look ahead, such as 30d.")
    ] = "30d",
    checklist: options.ChecklistName = None,
    checklists: options.Folders = None,
    target: options.Target = None,
    root: options.Root = None,
    as_of: options.AsOf = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="terminal or json.")] = "terminal",
) -> None:
    """Show which waivers, attestations and evidence run out, and what the verdict would be then.

    The verdict of a day is the one that `readiness assess --as-of` gives for it, if nothing changes until then.
    """
    from readiness.forecast import forecast
    from readiness.pipeline import Session
    from readiness.reports import expiring as report

    wanted = output.one_of("--format", format, ("terminal", "json"))
    found = re.fullmatch(r"([0-9]{1,4})d?", within)
    if not found or int(found.group(1)) > 3660:
        raise output.Stop(
            EXIT_INPUT,
            f"readiness: --within cannot be `{output.printable(within)}`: write a number of days, such as 30d",
        )
    rulers, roots = given.checklists(checklist), given.roots(project, root)
    session = Session(project, rulers, target, roots, output.day(as_of), None, options.folders(checklists))
    seen = forecast(session, int(found.group(1)))
    output.emit(report.as_json(seen) if wanted == "json" else report.terminal(seen, **output.look()))


def update(
    project: options.ProjectPath = Path("project.yaml"),
    baseline: options.Baseline = None,
    allow_growth: Annotated[
        bool, typer.Option("--allow-growth", help="Take new and worse gaps in; needs --reason.")
    ] = False,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why the baseline may grow; it is kept and reported.")
    ] = None,
    checklist: options.ChecklistName = None,
    checklists: options.Folders = None,
    root: options.Root = None,
    as_of: options.AsOf = None,
) -> None:
    """Write the baseline anew from the project as it is: fixed gaps leave it.

    It does not grow: where a gap is new or worse, nothing is written and the command exits 1. What other checklists
    hold in it stays.
    """
    from readiness.loaders.baseline import load_kept
    from readiness.model.baseline import Growth, Kept
    from readiness.pipeline import Session
    from readiness.reports import kept as writer

    given.not_empty("--reason", reason)
    if allow_growth != (reason is not None):
        raise output.Stop(EXIT_INPUT, "readiness: --allow-growth and --reason go together")
    rulers, roots = given.checklists(checklist), given.roots(project, root)
    if roots == {}:
        raise output.Stop(
            EXIT_INPUT, "readiness: a baseline without a repository would prove nothing: leave --root none out"
        )
    session = Session(project, rulers, None, roots, output.day(as_of), None, options.folders(checklists))
    path = baseline or project.parent / (session.project.baseline or gating.DEFAULT_BASELINE)
    kept, data = load_kept(path) if path.exists() else (Kept({}, ()), {})
    found = session.assess()
    grown = _growth(found, kept, path)
    if grown and not allow_growth:
        for line in grown.values():
            output.say(f"readiness: {line}")
        raise output.Stop(
            EXIT_GATE, "readiness: the baseline only shrinks: close these gaps, or give --allow-growth --reason"
        )
    growth = (*kept.growth, *((Growth(session.as_of, reason, tuple(grown)),) if grown and reason else ()))
    own = {each.checklist.id: writer.slim(each) for each in found}
    earlier = data.get("assessments", [data] if data else [])
    reports = {**{each["checklist"]["id"]: each for each in earlier}, **own}
    output.write_file(path, writer.text(reports.values(), growth))
    output.emit(f"{output.printable(str(path))}: {_summary(found, kept)}\n")


def _growth(found: tuple[Assessment, ...], kept: Kept, path: Path) -> dict[str, str]:
    """What would make the baseline grow: each control that is new or worse, with a line about it."""
    from readiness.steps.against import change, matched

    grown: dict[str, str] = {}
    for each in found:
        baseline = kept.reports.get(each.checklist.id)
        if baseline is None:
            continue
        if baseline.as_of > each.as_of:
            raise output.Stop(
                EXIT_INPUT,
                f"readiness: {output.printable(str(path))} is of {baseline.as_of.isoformat()}, after this day",
            )
        before = matched(each.checklist, each.findings, baseline)
        for finding in each.findings:
            earlier = before.get(finding.control.id)
            if change(finding, earlier) in ("new", "worse"):
                was = earlier.outcome if earlier else "not in the baseline"
                name = finding.control.id if len(found) == 1 else f"{each.checklist.id}:{finding.control.id}"
                grown[name] = f"{name} is {finding.outcome.value}, and was {was}"
    return grown


def _summary(found: tuple[Assessment, ...], kept: Kept) -> str:
    from readiness.judging.gaps import is_gap

    said = []
    for each in found:
        now = sum(is_gap(f) for f in each.findings)
        baseline = kept.reports.get(each.checklist.id)
        before = None
        if baseline is not None:
            before = sum(f.outcome not in ("met", "not_applicable") for f in baseline.findings.values())
        pin = f"{each.checklist.id}@{each.checklist.version}"
        said.append(
            f"{pin} with {now} open gap{'s' if now != 1 else ''}" + (f", {before} before" if before is not None else "")
        )
    others = [name for name in kept.reports if name not in {each.checklist.id for each in found}]
    return "; ".join(said) + (f"; kept as it was: {', '.join(others)}" if others else "")
