"""`readiness validate`: the description alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readiness.cli import options, output
from readiness.cli.declare import with_typer
from readiness.errors import Diagnostic, InputError
from readiness.model import Answer


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("validate", rich_help_panel="Describe a project")(output.guarded(with_typer(validate)))


def validate(
    project: Annotated[
        list[Path], typer.Argument(metavar="PROJECT...", help="One project description or several.", readable=False)
    ],
    checklists: options.Shelves = None,
) -> None:
    """Check descriptions, and report every fault in them at once.

    Nothing is judged, and no file that a description names is looked at.
    """
    faults: list[Diagnostic] = []
    for path in dict.fromkeys(project):
        try:
            output.emit(_line(path, options.folders(checklists)))
        except InputError as error:
            faults += error.diagnostics
    if faults:
        raise InputError(faults)


def _line(path: Path, folders: tuple[Path, ...]) -> str:
    """What a valid description holds, in a line."""
    from readiness.inputs import read_inputs
    from readiness.rulers import Rulers

    found = read_inputs(path, (), Rulers(folders))
    ruler = found.rulers[0].checklist
    answered = sum(map(_speaks, found.project.answers.values()))
    waivers = len(found.project.waivers)
    return (
        f"{output.printable(str(path))}: valid: {answered} {_s(answered, 'practice')} answered, "
        f"{waivers} {_s(waivers, 'waiver')}, to be judged by {ruler.id}@{ruler.version}\n"
    )


def _speaks(answer: Answer) -> bool:
    """Whether an answer says anything: a key with nothing behind it is a question still open."""
    return bool(answer.level is not None or answer.not_applicable or answer.entries or answer.records)


def _s(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"
