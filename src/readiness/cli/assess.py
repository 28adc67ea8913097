"""`readiness assess`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from readiness.cli import complete, gating, given, options, output
from readiness.cli.declare import with_typer
from readiness.errors import EXIT_GATE, Diagnostic, InputError
from readiness.model import Proof
from readiness.reports import FORMATS, CannotWrite, render_all

if TYPE_CHECKING:
    import typer


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("assess", rich_help_panel="Assess")(output.guarded(with_typer(assess)))


def assess(
    project: options.ProjectPath = Path("project.yaml"),
    checklist: options.ChecklistName = None,
    checklists: options.Folders = None,
    target: options.Target = None,
    root: options.Root = None,
    as_of: options.AsOf = None,
    accept: options.Accept = None,
    format: options.Format = "terminal",
    output_: options.Output = None,
    verbose: options.Verbose = False,
    fail_on: options.FailOn = None,
    fail_under: options.FailUnder = None,
    baseline: options.Baseline = None,
    mode: options.Mode = None,
) -> None:
    """Judge a project and print its gap report.

    Reads the description, looks at the evidence that it names, judges it by a checklist, and says
    how far the project is from its target stage, what is only claimed, and what to do next.
    """
    wanted = output.one_of("--format", format, tuple(FORMATS))
    rulers = given.checklists(checklist)
    given.not_empty("--target", target)
    files = given.files(output_ or (), project)
    asked = gating.Asked(tuple(fail_on or ()), fail_under, mode, baseline, accept is not None)
    gating.check(asked)
    proof = Proof[output.one_of("--accept", accept, complete.LESSER).upper()] if accept else None
    day = output.day(as_of)
    from readiness.pipeline import Session

    roots, shelves = given.roots(project, root), options.folders(checklists)
    session = Session(project, rulers, target, roots, day, proof, shelves)
    gate = gating.settle(asked, session.project, project)
    given.keeps(gate.baseline, files)
    found = gating.assessed(session, gate)
    failures = gating.failures(found, gate)
    try:
        texts = [(path, render_all(found, kind, verbose=verbose)) for path, kind in files]
        report = render_all(found, wanted, verbose=verbose, **output.look())
    except CannotWrite as fault:
        raise InputError([Diagnostic(str(project), 0, 0, str(fault), fault.help)]) from None
    for path, text in texts:
        output.write_file(path, text)
    code = EXIT_GATE if failures else 0
    output.emit(report, code)
    for failure in failures:
        output.say(f"gate not passed: {failure}")
    raise output.Stop(code)
