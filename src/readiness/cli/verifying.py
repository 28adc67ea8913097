"""`readiness verify`: whether a statement about a project is true."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli import given, options, output
from readiness.cli.declare import with_typer
from readiness.errors import EXIT_GATE, EXIT_INPUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from readiness.model import Assessment
    from readiness.pipeline import Session
    from readiness.rulers import Rulers as Reader

PANEL = "Over time"
Statement = Annotated[
    Path,
    typer.Argument(metavar="STATEMENT", help="An in-toto statement, or an envelope that holds one.", readable=False),
]
Rulers = Annotated[
    list[Path] | None,
    typer.Option(
        "--checklist",
        metavar="PATH",
        help="Where the file of one of the statement's checklists lies, if it is on no shelf. May be repeated.",
        rich_help_panel=options.JUDGED,
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("verify", rich_help_panel=PANEL)(output.guarded(with_typer(verify)))


def verify(
    statement: Statement,
    project: options.ProjectPath = Path("project.yaml"),
    checklist: Rulers = None,
    checklists: options.Folders = None,
    root: options.Root = None,
) -> None:
    """Say whether a statement of `assess -f in-toto` is true.

    The project is judged anew with what the statement says it was judged with: the same checklists in the same
    versions, the same day, target and proof. The exit code is 0 where the result is the same, and 1 where something
    differs, which is then named. No signature is checked here, nor the model hashed: `cosign verify-attestation` and
    `cosign verify-blob-attestation` do that.
    """
    from readiness.pipeline import Session, version
    from readiness.reports import intoto
    from readiness.statement import differences, load_statement

    stated = load_statement(statement, intoto.PREDICATE)
    if stated.enveloped:
        output.say("readiness: the envelope's signature is not checked here: `cosign verify-attestation` does that")
    roots = given.roots(project, root)
    if roots is None and not stated.repository:
        roots = {}
    shelves = options.folders(checklists)
    rulers = _references(project, stated.pins, checklist or (), shelves)
    session = Session(project, rulers, None, roots, stated.as_of, stated.accepted, shelves)
    _aim(session, stated.pins)
    found = session.assess()
    own = version()
    if stated.version != own:
        output.say(
            f"readiness: the statement was made by readiness {output.printable(stated.version[:40])}, and this is "
            f"{own}: a difference may come from that, and the digest of the report is not compared"
        )
    about = frozenset(pair for entry in intoto.subjects(session.project) for pair in entry["digest"].items())
    told = differences(stated, intoto.predicate(found), about, own)
    output.emit(_report(statement, found, told), EXIT_GATE if told else 0)
    raise output.Stop(EXIT_GATE if told else 0)


def _references(
    project: Path, pins: Mapping[str, str | None], given_: Iterable[Path], shelves: Iterable[Path]
) -> tuple[str, ...]:
    """How to ask for each checklist of a statement: by the path where it is the description's own or a given file, and
    by its pin where it lies on a shelf."""
    from readiness.document import load
    from readiness.loaders.project import requested
    from readiness.rulers import Rulers
    from readiness.shelves import is_path

    reader = Rulers(shelves)
    known: dict[str, str] = {}
    for path in given_:
        pin = _pin(reader, path)
        if pin not in pins:
            raise output.Stop(
                EXIT_INPUT, f"readiness: --checklist {output.printable(str(path))} is {pin}, and not in the statement"
            )
        known[pin] = str(path.absolute())
    own, _ = requested(load(project, str(project)))
    if own and is_path(own):
        known.setdefault(_pin(reader, project.parent / own), str((project.parent / own).absolute()))
    return tuple(known.get(pin, pin) for pin in pins)


def _pin(reader: Reader, path: Path) -> str:
    made = reader.read(path)
    return f"{made.id}@{made.version}"


def _aim(session: Session, pins: Mapping[str, str | None]) -> None:
    """Aim at the targets of the statement; one that its checklist does not have will show as a difference."""
    for number, (ruler, target) in enumerate(zip(session.rulers, pins.values(), strict=True)):
        if target in {stage.id for stage in ruler.checklist.stages}:
            session.aims[number] = target


def _report(path: Path, found: Iterable[Assessment], told: list[str]) -> str:
    """The answer, and under it what differs, or what is true."""
    from readiness.reports import words

    name = output.printable(str(path))
    if told:
        count = words.count(len(told), "thing differs", "things differ")
        return "\n".join([f"{name} is not true: {count}.", *(f"  {output.printable(line)}" for line in told), ""])
    lines = [
        f"  {each.checklist.id}@{each.checklist.version}, as of {each.as_of.isoformat()}: {words.verdict(each)}"
        for each in found
    ]
    return "\n".join([f"{name} is true: the same inputs give the same result.", *lines, ""])
