"""`readiness explain` and `readiness schema`: the manual, offline."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from readiness.cli import complete, options, output
from readiness.cli.declare import with_typer
from readiness.errors import EXIT_INPUT, nearest
from readiness.model import Checklist

SCHEMAS = ("project", "checklist", "practice", "report")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("explain", rich_help_panel="Look things up")(output.guarded(with_typer(explain)))
    app.command("schema", rich_help_panel="Look things up")(output.guarded(with_typer(schema)))


def explain(
    identifier: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A control or a practice, such as drift_detection.",
            autocompletion=complete.controls_and_practices,
        ),
    ],
    checklist: Annotated[
        str,
        typer.Option(
            "--checklist",
            metavar="ID[@VERSION]|PATH",
            help="The checklist whose control is meant.",
            autocompletion=complete.checklists,
        ),
    ] = "core",
    checklists: options.Shelves = None,
) -> None:
    """Show the manual page of a control, of a practice, or of both.

    What is asked and why, what `partial` and `yes` mean, what counts and what does not, and how to
    fix a gap.
    """
    from readiness.reports.manual import explain as page
    from readiness.rulers import Rulers

    rulers = Rulers(options.folders(checklists))
    judged = rulers.find(checklist).checklist
    vocabulary = rulers.practices()
    today = dict(judged.aliases).get(identifier)
    if today not in [held.id for held in judged.controls]:
        today = None
    if today is not None:
        output.say(f"readiness: `{identifier}` is called `{today}` in {judged.id}@{judged.version}")
    control = next((c for c in judged.controls if c.id == (today or identifier)), None)
    practice = vocabulary.get(identifier)
    if control is None and practice is None:
        rulers.add_packages()
        vocabulary = rulers.practices()
        practice = vocabulary.get(identifier)
    if control is None and practice is None:
        _missing(identifier, judged, vocabulary)
        return
    output.emit(page(control, practice, judged, vocabulary, **output.look()))


def _missing(identifier: str, judged: Checklist, vocabulary: Iterable[str]) -> None:
    """Say which overlay removed a control. Raises Stop where there never was one, with the nearest that there is."""
    gone = next((removed for removed in judged.removed if removed.control == identifier), None)
    if gone is not None:
        output.emit(f"{output.printable(f'{gone.control}: removed by {gone.checklist}: {gone.because}')}\n")
        return
    near = nearest(identifier, [*vocabulary, *(c.id for c in judged.controls)])
    advice = f"did you mean `{near}`?" if near else f"`readiness checklist show {judged.id}` lists its controls"
    raise output.Stop(
        EXIT_INPUT,
        f"readiness: no control of {judged.id}@{judged.version} and no practice is called "
        f"`{output.printable(identifier)}`: {advice}",
    )


def schema(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="project, checklist, practice or report.",
            autocompletion=lambda incomplete: [s for s in SCHEMAS if s.startswith(incomplete)],
        ),
    ],
    output_: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write it to a file, for an editor, in place of stdout."),
    ] = None,
) -> None:
    """Print the JSON Schema of a file format, for editors and pipelines."""
    if name not in SCHEMAS:
        near = nearest(name, SCHEMAS)
        advice = f"did you mean `{near}`?" if near else f"there are {', '.join(SCHEMAS)}"
        raise output.Stop(EXIT_INPUT, f"readiness: there is no schema `{output.printable(name)}`: {advice}")
    from readiness.pipeline import practices
    from readiness.schemas import schema_text

    text = schema_text(name, practices())
    if output_ is None:
        output.emit(text)
    else:
        output.write_file(output_, text)
