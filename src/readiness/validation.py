"""A checklist or a whole shelf of one's own, held against everything that makes it sound.

Beside the faults that reading finds: the example answers of controls, the cases of detectors, and the digests
of what was released.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from readiness import example_answers
from readiness.cases import run_cases
from readiness.document import Document, Map, load
from readiness.errors import Diagnostic, InputError
from readiness.files import write_whole
from readiness.library import RELEASED
from readiness.loaders import overlay
from readiness.model import Checklist
from readiness.rulers import NO_CHECKLIST, Rulers
from readiness.shelves import PRACTICES, around, is_version, on_shelf, released


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
        return (_checklist(path, Rulers(shelves)), *_practices(around(path)))
    rulers = Rulers((*shelves, path))
    places = list(on_shelf(path))
    faults: list[Diagnostic] = list(_misplaced(path))
    found: list[Sound] = []
    try:
        rulers.places()
        found += _practices(path)
    except InputError as error:
        faults += error.diagnostics
    for place in places:
        try:
            found.append(_checklist(place.path, rulers))
            rulers.find(f"{place.id}@{place.version}")
        except InputError as error:
            faults += error.diagnostics
    if not places and not found and not faults:
        help = "a checklist lies at <id>/<version>.yaml, a practice at practices/<dimension>/<practice>.yaml"
        faults.append(Diagnostic(str(path), 0, 0, "there is no checklist and no practice in this folder", help))
    if faults:
        raise InputError(dict.fromkeys(faults))
    return tuple(found)


def _misplaced(shelf: Path) -> Iterable[Diagnostic]:
    """Files that lie where checklists lie and are not named by a version."""
    for path in sorted(shelf.glob("*/*.y*ml")):
        if path.parent.name != PRACTICES and not (is_version(path.stem) and path.suffix == ".yaml"):
            help = f"name it by its version: {path.parent.name}/1.0.0.yaml"
            yield Diagnostic(str(path), 0, 0, f"`{path.name}` is not named by a version of three numbers", help)


def _checklist(path: Path, rulers: Rulers) -> Sound:
    made = rulers.read(path)
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
    made = _checklist(path, Rulers(shelves)).checklist
    assert made is not None
    shelf = around(path) or (path.parent.parent if path.parent.name == made.id else path.parent)
    digest = load(path, str(path)).digest
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
