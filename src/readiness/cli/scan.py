"""`readiness scan` and `readiness init`: what a repository shows, and a first description."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from readiness.cli import complete, options, output
from readiness.cli.declare import with_typer
from readiness.errors import EXIT_INPUT

FORMATS = ("terminal", "markdown", "json")
PATIENCE = 1.0
"""Seconds before a terminal is told how far a scan is."""


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("init", rich_help_panel="Describe a project")(output.guarded(with_typer(init)))
    app.command("scan", rich_help_panel="Describe a project")(output.guarded(with_typer(scan)))


Folder = Annotated[Path, typer.Argument(metavar="[DIR]", help="The repository.", readable=False)]


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
    checklists: options.Shelves = None,
) -> None:
    """Show what a repository proves, practice by practice, with path and line.

    Nothing of the repository is run, and no description is needed.
    """
    from readiness.pipeline import scan_folder
    from readiness.reports import scan as reports
    from readiness.rulers import Rulers

    output.one_of("--format", format, FORMATS)
    _folder(folder)
    rulers = Rulers(options.folders(checklists))
    with progress() as tell:
        found = scan_folder(folder, tell, rulers)
    if format == "json":
        output.emit(reports.as_json(found))
    elif format == "markdown":
        output.emit(reports.as_markdown(found))
    else:
        output.emit(reports.as_text(found, **output.look()))


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
    checklists: options.Shelves = None,
) -> None:
    """Scan a repository and write a first project.yaml, to be filled in from top to bottom.

    It asks every question that the checklist has for such a project, and says where the scan has
    seen a practice. It answers nothing for you.
    """
    from readiness.pipeline import first_description
    from readiness.rulers import Rulers

    _folder(folder)
    from readiness.init import SCHEMA_FILE

    path, schema = folder / "project.yaml", folder / SCHEMA_FILE
    for place in (path, schema.parent, schema):
        if place.is_symlink():
            shown = output.printable(str(place))
            raise output.Stop(EXIT_INPUT, f"readiness: {shown} is a link, through which nothing is written: remove it")
    if path.exists() and not force:
        raise output.Stop(EXIT_INPUT, f"readiness: {output.printable(str(path))} is there already; --force replaces it")
    with progress() as tell:
        text, questions, found = first_description(folder, checklist, target, tell, options.folders(checklists))
    from readiness.schemas import schema_text

    output.make_folder(schema.parent)
    output.write_file(schema, schema_text("project", Rulers(options.folders(checklists)).practices()))
    output.write_file(path, text)
    practices_found = "1 practice" if found == 1 else f"{found} practices"
    output.say(
        f"readiness: wrote {output.printable(str(path))}: {questions} questions, {practices_found} found by the scan; "
        f"and {output.printable(str(schema))}, which gives editors completion"
    )
    output.say(f"readiness: next, answer them from the top, then run `readiness assess {output.printable(str(path))}`")


def _folder(folder: Path) -> None:
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "there is no such folder"
        raise output.Stop(EXIT_INPUT, f"readiness: {output.printable(str(folder))}: {what}")


@contextlib.contextmanager
def progress() -> Iterator[Callable[[int, int], None] | None]:
    """A line on stderr that says how far a scan is, once it takes long; on a terminal alone. It is
    gone when the scan is over, however that ends."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    started, said = time.monotonic(), 0

    def tell(done: int, total: int) -> None:
        nonlocal said
        if done and time.monotonic() - started > PATIENCE:
            line = f"readiness: {done} of {total} files looked at"
            said = max(said, len(line))
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        if said:
            sys.stderr.write(f"\r{' ' * said}\r")
            sys.stderr.flush()
