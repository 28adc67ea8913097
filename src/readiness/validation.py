"""A checklist or a whole shelf of one's own, held against everything that makes it sound.

Beside the faults that reading finds: the example answers of controls, the cases of detectors, and the digests
of what was released.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from readiness import example_answers
from readiness.cases import run_cases
from readiness.document import Document, Map, load
from readiness.errors import Diagnostic, InputError
from readiness.files import write_whole
from readiness.library import RELEASED
from readiness.loaders import overlay
from readiness.model import Checklist
from readiness.rulers import NO_CHECKLIST, Rulers
from readiness.shelves import (
    PRACTICES,
    Place,
    above,
    around,
    check_place,
    is_version,
    on_shelf,
    place_of,
    read_practice,
    released,
)
from readiness.tuples import NamedTuple


class Sound(NamedTuple):
    """What was found sound: a checklist with the number of its example answers, or a shelf's practices with
    the number of their cases."""

    path: Path
    checklist: Checklist | None
    practices: int
    cases: int


def validate(path: Path, shelves: Iterable[Path] = ()) -> tuple[Sound, ...]:
    """What is sound in a checklist file, or in a folder of checklists and practices.

    Raises InputError with every fault.
    """
    if not path.is_dir():
        if above(path.parent).resolve().name == PRACTICES:
            return (_practice(path),)
        return (_checklist(_place(path), Rulers(shelves)), *_practices(around(path)))
    rulers = Rulers((*shelves, path))
    places = list(on_shelf(path))
    faults: list[Diagnostic] = list(_misplaced(path))
    found: list[Sound] = []
    with _gathered(faults):
        rulers.places()
    with _gathered(faults):
        rulers.practices()
        found += _practices(path)
    for place in places:
        with _gathered(faults):
            found.append(_checklist(place, rulers))
    if not places and not found and not faults:
        help = "a checklist lies at <id>/<version>.yaml, a practice at practices/<dimension>/<practice>.yaml"
        faults.append(Diagnostic(str(path), 0, 0, "there is no checklist and no practice in this folder", help))
    if faults:
        raise InputError(dict.fromkeys(faults))
    return tuple(found)


@contextmanager
def _gathered(faults: list[Diagnostic]) -> Iterator[None]:
    """What is found at fault within joins the other faults."""
    try:
        yield
    except InputError as error:
        faults += error.diagnostics


def _place(path: Path) -> Place:
    return place_of(path) or Place("", "", path, None)


def _misplaced(shelf: Path) -> Iterable[Diagnostic]:
    """Files that lie where no checklist and no practice is looked for, and would be passed over unseen."""
    for path in sorted(file for depth in ("*", "*/*", "*/*/*") for file in shelf.glob(f"{depth}.y*ml")):
        *folders, name = path.relative_to(shelf).parts
        help = f"a checklist lies at <id>/<version>.yaml, a practice at {PRACTICES}/<dimension>/<practice>.yaml"
        named = is_version(path.stem) and path.suffix == ".yaml"
        if any(folder.startswith(".") for folder in folders):
            continue
        if folders[:1] == [PRACTICES] and (len(folders) != 2 or path.suffix != ".yaml"):
            yield Diagnostic(str(path), 0, 0, "no practice is looked for here", help)
        elif not folders and is_version(path.stem):
            yield Diagnostic(str(path), 0, 0, "no checklist is looked for here", help)
        elif len(folders) == 1 and folders[0] != PRACTICES and not named:
            help = f"name it by its version: {folders[0]}/1.0.0.yaml"
            yield Diagnostic(str(path), 0, 0, f"`{name}` is not named by a version of three numbers", help)


def _practice(path: Path) -> Sound:
    """A practice that is named by its path, with its cases run."""
    document = load(path, str(path))
    read_practice(document, path)
    ran, failed = _cases(document)
    if failed:
        raise InputError(failed)
    return Sound(path, None, 1, ran)


def _checklist(place: Place, rulers: Rulers) -> Sound:
    path, made = place.path, rulers.read(place.path)
    if place.shelf is not None:
        check_place(place, made)
    document = load(path, str(path), hint=NO_CHECKLIST)
    keys = ("add",) if overlay.is_overlay(document.data) else ("controls",)
    return Sound(path, made, 0, example_answers.run(document, made, rulers.practices(), keys))


def _practices(shelf: Path | None) -> tuple[Sound, ...]:
    """The practices of a shelf, each of whose cases is run. Raises InputError with every case that fails."""
    paths = sorted((shelf / PRACTICES).glob("*/*.yaml")) if shelf is not None else []
    count, faults = 0, list[Diagnostic]()
    for path in paths:
        document = load(path, str(path))
        ran, failed = _cases(document)
        count, faults = count + ran, faults + failed
    if faults:
        raise InputError(faults)
    return (Sound(shelf, None, len(paths), count),) if shelf is not None and paths else ()


def _cases(document: Document) -> tuple[int, list[Diagnostic]]:
    data = document.data
    if not isinstance(data, Map) or not data.get("cases"):
        return 0, []
    mark = data.key_marks["cases"]
    if not data.get("detect"):
        return 0, [document.fault(mark, "there are `cases` and no `detect` for them to run", "add `detect`", 5)]
    try:
        results = run_cases(data)
    except ValueError as error:
        return 0, [document.fault(mark, line, None, 5) for line in str(error).splitlines()]
    marks = data["cases"].marks
    wrong = [document.fault(marks[r.number - 1], r.message, None, 1) for r in results if not r.passed]
    return len(results), wrong


# --------------------------------------------------------------------------- releasing


def release(path: Path, shelves: Iterable[Path] = ()) -> tuple[Checklist, Path, bool]:
    """Record a sound checklist as released: its digest goes into `released.yaml` of its shelf, and the file
    must not change from then on. Gives the checklist, that file, and whether anything was added.

    Raises InputError where the checklist is at fault, or was released with another digest.
    """
    made = _checklist(_place(path), Rulers(shelves)).checklist
    assert made is not None
    shelf = around(path) or (above(path.parent) if path.resolve().parent.name == made.id else path.parent)
    digest = made.digest
    pin, kept = f"{made.id}@{made.version}", released(shelf)
    known = dict(kept[1]) if kept else {}
    if known.get(pin) == digest:
        return made, shelf / RELEASED, False
    known[pin] = digest
    lines = "".join(f"{name}: {held}\n" for name, held in sorted(known.items()))
    write_whole(
        shelf / RELEASED, f"# The digest of each released checklist. A released file never changes.\n{lines}".encode()
    )
    return made, shelf / RELEASED, True
