"""`readiness scan` and `readiness init`: what a repository shows, and a first description."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from readiness.cli import complete, output
from readiness.errors import EXIT_INPUT, nearest

FORMATS = ("terminal", "markdown", "json")
PATIENCE = 1.0
"""Seconds before a terminal is told how far a scan is."""


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("init", rich_help_panel="Describe a project")(output.guarded(init))
    app.command("scan", rich_help_panel="Describe a project")(output.guarded(scan))


Folder = Annotated[Path, typer.Argument(metavar="[DIR]", help="The repository.")]


def scan(
    folder: Folder = Path(),
    format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="terminal, markdown or json.",
            autocompletion=lambda incomplete: [f for f in FORMATS if f.startswith(incomplete)],
        ),
    ] = "terminal",
) -> None:
    """Show what a repository proves, practice by practice, with path and line.

    Nothing of the repository is run, and no description is needed.
    """
    from readiness.pipeline import scan_folder
    from readiness.reports import scan as reports

    if format not in FORMATS:
        near = nearest(format, FORMATS)
        advice = f"did you mean `{near}`?" if near else f"it is one of {', '.join(FORMATS)}"
        raise output.Stop(EXIT_INPUT, f"readiness: --format cannot be `{output.printable(format)}`: {advice}")
    _folder(folder)
    found = scan_folder(folder, progress())
    if format == "json":
        output.emit(reports.as_json(found))
    elif format == "markdown":
        output.emit(reports.as_markdown(found))
    else:
        width, colour = output.terminal_width(), output.colourful()
        output.emit(reports.as_text(found, width=width, colour=colour, ascii_only=output.only_ascii()))


def init(
    folder: Folder = Path(),
    checklist: Annotated[
        str,
        typer.Option(
            "--checklist",
            metavar="ID[@VERSION]|PATH",
            help="The checklist to be judged by.",
            autocompletion=complete.checklists,
        ),
    ] = "core",
    target: Annotated[
        str | None,
        typer.Option(metavar="STAGE", help="The stage to aim for.", autocompletion=complete.stages),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a project.yaml that is there.")] = False,
) -> None:
    """Scan a repository and write a first project.yaml, to be filled in from top to bottom.

    It asks every question that the checklist has for such a project, and says where the scan has
    seen a practice. It answers nothing for you.
    """
    from readiness.pipeline import first_description, practices

    _folder(folder)
    path = folder / "project.yaml"
    if path.exists() and not force:
        raise output.Stop(EXIT_INPUT, f"readiness: {output.printable(str(path))} is there already; --force replaces it")
    text, questions, found = first_description(folder, checklist, target, progress())
    from readiness.init import SCHEMA_FILE
    from readiness.schemas import schema_text

    schema = folder / SCHEMA_FILE
    output.make_folder(schema.parent)
    output.write_file(schema, schema_text("project", practices()))
    output.write_file(path, text)
    output.say(
        f"readiness: wrote {output.printable(str(path))}: {questions} questions, {found} practices found by the scan"
    )
    output.say(f"readiness: next, answer them from the top, then run `readiness assess {output.printable(str(path))}`")


def _folder(folder: Path) -> None:
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "there is no such folder"
        raise output.Stop(EXIT_INPUT, f"readiness: {output.printable(str(folder))}: {what}")


def progress() -> Callable[[int, int], None] | None:
    """A line on stderr that says how far a scan is, once it takes long; on a terminal alone."""
    if not sys.stderr.isatty():
        return None
    started = time.monotonic()

    def tell(done: int, total: int) -> None:
        if time.monotonic() - started > PATIENCE:
            end = "\r\033[K" if done >= total else ""
            sys.stderr.write(f"\rreadiness: {done} of {total} files looked at{end}")
            sys.stderr.flush()

    return tell
