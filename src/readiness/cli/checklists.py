"""`readiness checklist`: the checklists, what is in them, and a user's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readiness.cli import complete, options, output
from readiness.cli.declare import with_typer

Checklist = Annotated[
    str, typer.Argument(metavar="ID[@VERSION]|PATH", help="The checklist.", autocompletion=complete.checklists)
]
FORMATS = ("terminal", "json")


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    group = typer.Typer(help="The checklists: which there are, and what one asks.", no_args_is_help=True)
    for name, command in (
        ("list", list_), ("show", show), ("diff", diff), ("validate", validate), ("release", release),
    ):  # fmt: skip
        group.command(name)(output.guarded(with_typer(command)))
    app.add_typer(group, name="checklist", rich_help_panel="Look things up")


def list_(checklists: options.Shelves = None) -> None:
    """List the checklists that there are, in every version."""
    from readiness.reports.manual import checklists as page
    from readiness.rulers import Rulers

    rulers = Rulers(options.folders(checklists))
    rulers.add_packages()
    found = [rulers.find(f"{place.id}@{place.version}").checklist for place in rulers.places()]
    output.emit(page(found, **output.look()))


def show(checklist: Checklist = "core", checklists: options.Shelves = None) -> None:
    """Show one checklist in full: its scoring, its stages and its controls."""
    from readiness.reports.manual import checklist_page
    from readiness.rulers import Rulers

    found = Rulers(options.folders(checklists)).find(checklist).checklist
    output.emit(checklist_page(found, **output.look()))


def diff(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="ID[@VERSION] or a path.", autocompletion=complete.checklists)
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="ID[@VERSION] or a path.", autocompletion=complete.checklists)
    ],
    project: Annotated[
        Path | None,
        typer.Argument(metavar="[PROJECT]", help="A description, to be judged by both.", readable=False),
    ] = None,
    target: options.Target = None,
    as_of: options.AsOf = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="terminal or json.")] = "terminal",
    checklists: options.Shelves = None,
) -> None:
    """Show what a new version of a checklist changes, before it is adopted.

    With a description, also its verdict and scores under both versions, control by control.
    """
    from readiness.model import Outcome
    from readiness.pipeline import Session
    from readiness.reports import difference as report
    from readiness.rulers import Rulers
    from readiness.steps import differ

    wanted = output.one_of("--format", format, FORMATS)
    folders = options.folders(checklists)
    rulers = Rulers(folders)
    found = differ.difference(rulers.find(old).checklist, rulers.find(new).checklist)
    seen = None
    if project is not None:
        day = output.day(as_of)
        session = Session(project, (old, new), target, None, day, None, folders)
        before, after = session.assess()
        later = any(f.advisory is not None and f.outcome != Outcome.NOT_APPLICABLE for f in after.findings)
        seen = differ.preview(before, after, session.assess(everything=True)[1] if later else None)
    if wanted == "json":
        output.emit(report.as_json(found, seen))
        return
    output.emit(report.page(found, seen, **output.look()))


def validate(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A checklist file, or a folder of them.", readable=False)
    ],
    checklists: options.Shelves = None,
) -> None:
    """Check checklists and practices of your own, and report every fault at once.

    Reads them as an assessment would, and runs the example answers of every control and the cases of every
    detector.
    """
    from readiness.validation import validate as check

    for sound in check(path, options.folders(checklists)):
        place, made = output.printable(str(sound.path)), sound.checklist
        if made is None:
            output.emit(
                f"{place}: valid: {_count(sound.practices, 'practice')}, {_count(sound.cases, 'case')} passed\n"
            )
            continue
        stages = _count(len(made.stages), "stage") if made.stages else "no stages"
        output.emit(
            f"{place}: valid: {made.id}@{made.version}, {_count(len(made.controls), 'control')}, {stages}, "
            f"{_count(sound.cases, 'example answer')} passed\n"
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def release(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A checklist file of your own.", readable=False)],
    checklists: options.Shelves = None,
) -> None:
    """Record a checklist as released: from then on a change of the file is an error.

    Its digest goes into `released.yaml` beside the folders of the checklists.
    """
    from readiness.validation import release as record

    made, kept, added = record(path, options.folders(checklists))
    what = "released" if added else "was released already, unchanged"
    output.emit(f"{made.id}@{made.version} {what}: {output.printable(str(kept))}\n")
