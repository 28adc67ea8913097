"""`readiness validate`: the description alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readiness.cli import options, output
from readiness.model import Answer


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("validate", rich_help_panel="Describe a project")(output.guarded(validate))


def validate(
    project: Annotated[Path, typer.Argument(metavar="PROJECT", help="The project description.", readable=False)],
    checklists: options.Shelves = None,
) -> None:
    """Check a description, and report every fault in it at once.

    Nothing is judged, and no file that the description names is looked at.
    """
    from readiness.inputs import read_inputs
    from readiness.rulers import Rulers

    found = read_inputs(project, (), Rulers(options.folders(checklists)))
    ruler = found.rulers[0].checklist
    answered = sum(map(_speaks, found.project.answers.values()))
    waivers = len(found.project.waivers)
    output.emit(
        f"{output.printable(str(project))}: valid: {answered} {_s(answered, 'practice')} answered, "
        f"{waivers} {_s(waivers, 'waiver')}, to be judged by {ruler.id}@{ruler.version}\n"
    )


def _speaks(answer: Answer) -> bool:
    """Whether an answer says anything: a key with nothing behind it is a question still open."""
    return bool(answer.level is not None or answer.not_applicable or answer.entries or answer.records)


def _s(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"
