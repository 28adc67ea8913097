"""`readiness checklist`: the checklists, what is in them, and a user's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readiness.cli import complete, output


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    group = typer.Typer(help="The checklists: which there are, and what one asks.", no_args_is_help=True)
    group.command("list")(output.guarded(list_))
    group.command("show")(output.guarded(show))
    group.command("validate")(output.guarded(validate))
    app.add_typer(group, name="checklist", rich_help_panel="Look things up")


def list_() -> None:
    """List the checklists that come with readiness, in every version."""
    from readiness import library
    from readiness.reports.manual import checklists

    found = [library.checklist(entry) for entry in library.shipped()]
    output.emit(
        checklists(found, width=output.terminal_width(), colour=output.colourful(), ascii_only=output.only_ascii())
    )


def show(
    checklist: Annotated[
        str, typer.Argument(metavar="ID[@VERSION]|PATH", help="The checklist.", autocompletion=complete.checklists)
    ] = "core",
) -> None:
    """Show one checklist in full: its scoring, its stages and its controls."""
    from readiness.pipeline import ruler
    from readiness.reports.manual import checklist_page

    output.emit(
        checklist_page(
            ruler(checklist), width=output.terminal_width(), colour=output.colourful(), ascii_only=output.only_ascii()
        )
    )


def validate(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A checklist file of your own.", readable=False)],
) -> None:
    """Check a checklist of your own, and report every fault in it at once."""
    from readiness.pipeline import load_checklist

    found = load_checklist(path)
    output.emit(
        f"{output.printable(str(path))}: valid: {found.id}@{found.version}, "
        f"{len(found.controls)} controls, {len(found.stages)} stages\n"
    )
