"""`readiness assess`: the main job."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from readiness.cli import complete, output
from readiness.cli.declare import Argument, Option, with_typer
from readiness.errors import EXIT_GATE, EXIT_INPUT
from readiness.model import Assessment, Proof
from readiness.reports import EXTENSIONS, FORMATS, render
from readiness.steps.gate import CONDITIONS

if TYPE_CHECKING:
    import typer

JUDGED, REPORT, GATE = "What is judged", "The report", "The gate"
NO_ROOT = "none"

ProjectPath = Annotated[
    Path, Argument(metavar="[PROJECT]", help="The project description.", show_default=True, readable=False)
]
ChecklistName = Annotated[
    list[str] | None,
    Option(
        "--checklist",
        metavar="ID[@VERSION]|PATH",
        help="Judge by this checklist, whatever the description asks for. One at a time.",
        autocompletion=complete.checklists,
        rich_help_panel=JUDGED,
    ),
]
Target = Annotated[
    str | None,
    Option(
        metavar="STAGE",
        help="The stage to aim for, such as pilot, production or scale.",
        autocompletion=complete.stages,
        rich_help_panel=JUDGED,
    ),
]
Root = Annotated[
    list[str] | None,
    Option(
        "--root",
        metavar="DIR|NAME=DIR|none",
        help="The repository (default: the description's folder); NAME=DIR adds another, whose evidence is "
        "written NAME:path; none looks at no files.",
        rich_help_panel=JUDGED,
    ),
]
AsOf = Annotated[
    str | None,
    Option(
        "--as-of",
        metavar="DATE",
        help="Judge as on this day, YYYY-MM-DD (default: today in UTC).",
        rich_help_panel=JUDGED,
    ),
]
Accept = Annotated[
    str | None,
    Option(
        metavar="PROOF",
        help="Accept lesser proof than the checklist asks: claimed, documented or attested. Not together with a gate.",
        autocompletion=complete.proofs,
        rich_help_panel=JUDGED,
    ),
]
Format = Annotated[
    str,
    Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="The report on stdout: terminal, markdown or json.",
        autocompletion=lambda incomplete: [f for f in FORMATS if f.startswith(incomplete)],
        rich_help_panel=REPORT,
    ),
]
Output = Annotated[
    list[str] | None,
    Option(
        "--output",
        "-o",
        metavar="[FORMAT=]FILE",
        help="Also write a report to a file; its ending tells the format. May be repeated.",
        rich_help_panel=REPORT,
    ),
]
Verbose = Annotated[
    bool, Option("--verbose", "-v", help="List every finding with its evidence.", rich_help_panel=REPORT)
]
FailOn = Annotated[
    list[str] | None,
    Option(
        "--fail-on",
        metavar="CONDITION",
        help="Exit 1 on: not-ready, or an open gap of severity blocker, major or minor (or above). May be repeated; "
        "each must hold.",
        autocompletion=lambda incomplete: [c for c in CONDITIONS if c.startswith(incomplete)],
        rich_help_panel=GATE,
    ),
]
FailUnder = Annotated[
    int | None,
    Option(
        "--fail-under",
        metavar="N",
        min=0,
        max=100,
        help="Exit 1 when the weakest dimension is proven to less than N percent.",
        rich_help_panel=GATE,
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("assess", rich_help_panel="Assess")(output.guarded(with_typer(assess)))


def assess(
    project: ProjectPath = Path("project.yaml"),
    checklist: ChecklistName = None,
    target: Target = None,
    root: Root = None,
    as_of: AsOf = None,
    accept: Accept = None,
    format: Format = "terminal",
    output_: Output = None,
    verbose: Verbose = False,
    fail_on: FailOn = None,
    fail_under: FailUnder = None,
) -> None:
    """Judge a project and print its gap report.

    Reads the description, looks at the evidence that it names, judges it by a checklist, and says
    how far the project is from its target stage, what is only claimed, and what to do next.
    """
    from readiness.pipeline import assess as run

    gates = tuple(fail_on or ())
    wanted = output.one_of("--format", format, tuple(FORMATS))
    ruler = _one_checklist(checklist)
    _given("--target", target)
    files = _files(output_ or (), project)
    for condition in gates:
        output.one_of("--fail-on", condition, CONDITIONS)
    if accept is not None and (gates or fail_under is not None):
        raise output.Stop(
            EXIT_INPUT, "readiness: `--accept` lowers the proof that is asked and cannot stand together with a gate"
        )
    proof = Proof[output.one_of("--accept", accept, complete.LESSER).upper()] if accept else None
    day = _day(as_of)
    assessment = run(project, checklist=ruler, target=target, roots=_roots(project, root), as_of=day, accept=proof)
    failures = _gate(assessment, gates, fail_under)
    for path, kind in files:
        output.write_file(path, render(assessment, kind, verbose=verbose))
    report = render(
        assessment,
        wanted,
        width=output.terminal_width(),
        colour=output.colourful(),
        verbose=verbose,
        ascii_only=output.only_ascii(),
    )
    code = EXIT_GATE if failures else 0
    output.emit(report, code)
    for failure in failures:
        output.say(f"gate not passed: {failure}")
    raise output.Stop(code)


def _gate(assessment: Assessment, gates: tuple[str, ...], fail_under: int | None) -> tuple[str, ...]:
    if not gates and fail_under is None:
        return ()
    from readiness.steps.gate import gate

    return gate(assessment, gates, fail_under)


# --------------------------------------------------------------------------- options


def _one_checklist(given: list[str] | None) -> str | None:
    if given and len(given) > 1:
        raise output.Stop(EXIT_INPUT, "readiness: a run judges by one checklist: give --checklist once")
    ruler = given[0] if given else None
    _given("--checklist", ruler)
    return ruler


def _given(option: str, value: str | None) -> None:
    """Refuse an empty value, such as a script's variable that was never set: it would act like no option at all."""
    if value is not None and not value.strip():
        raise output.Stop(EXIT_INPUT, f"readiness: {option} is empty: give it a value, or leave it out")


def _files(texts: Iterable[str], project: Path) -> list[tuple[Path, str]]:
    """The path and format of each `--output`. None is named twice, for the last would replace the others."""
    files = [_file(text, project) for text in texts]
    seen: set[str] = set()
    for path, _ in files:
        place = os.path.realpath(path)
        if place in seen and (path.is_file() or not path.exists()):
            raise output.Stop(EXIT_INPUT, f"readiness: --output names {output.printable(str(path))} twice")
        seen.add(place)
    return files


def _file(text: str, project: Path) -> tuple[Path, str]:
    """The path and format of an `--output`, which is never the description itself."""
    kind, sign, name = text.partition("=")
    named = sign and kind in FORMATS
    if named and not name:
        raise output.Stop(EXIT_INPUT, f"readiness: --output {kind}= names no file")
    _given("--output", text)
    path = Path(name if named else text)
    if os.path.realpath(path) == os.path.realpath(project):
        raise output.Stop(EXIT_INPUT, f"readiness: --output {output.printable(text)}: that is the description itself")
    if named:
        return path, kind
    if path.suffix.lower() not in EXTENSIONS:
        known, shown = ", ".join(EXTENSIONS), output.printable(text)
        if kind.isalnum() and name:
            formats = ", ".join(FORMATS)
            raise output.Stop(
                EXIT_INPUT, f"readiness: --output {shown}: there is no format `{kind}`; it is one of {formats}"
            )
        raise output.Stop(
            EXIT_INPUT,
            f"readiness: --output {shown}: no format follows from its ending ({known} are known); "
            f"write FORMAT={shown} with one of {', '.join(FORMATS)}",
        )
    return path, EXTENSIONS[path.suffix.lower()]


def _day(text: str | None) -> date | None:
    """The day of the assessment, with a notice when it is not today."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise output.Stop(
            EXIT_INPUT,
            f"readiness: --as-of cannot be `{output.printable(text)}`: write a day that exists, as YYYY-MM-DD",
        )
    if day != datetime.now(UTC).date():
        output.say(f"readiness: judged as of {day.isoformat()}, which is not today")
    return day


def _roots(project: Path, given: list[str] | None) -> Mapping[str, Path] | None:
    """The repositories by name; None where the description's folder is the only one."""
    if not given:
        return None
    if NO_ROOT in given:
        if len(given) > 1:
            raise output.Stop(EXIT_INPUT, "readiness: `--root none` cannot stand beside another --root")
        return {}
    from readiness.collect import ROOT_NAME

    roots: dict[str, Path] = {}
    for text in given:
        _given("--root", text)
        name, sign, folder = text.partition("=")
        key, place = (name, Path(folder)) if sign and not Path(text).is_dir() else ("", Path(text))
        if key and not ROOT_NAME.match(f"{key}:x"):
            raise output.Stop(
                EXIT_INPUT,
                f"readiness: --root cannot be named `{output.printable(key)}`: "
                "begin with a letter, and use two or more letters, digits, `-` and `_`",
            )
        if sign and not (name and folder) and not Path(text).is_dir():
            raise output.Stop(EXIT_INPUT, f"readiness: --root {output.printable(text)}: write it as NAME=DIR")
        if not place.is_dir():
            what = "it is not a folder" if place.exists() else "there is no such folder"
            raise output.Stop(EXIT_INPUT, f"readiness: --root {output.printable(text)}: {what}")
        if key in roots:
            raise output.Stop(EXIT_INPUT, f"readiness: --root names {f'`{key}`' if key else 'the repository'} twice")
        roots[key] = place
    return roots if "" in roots else {"": project.parent, **roots}
