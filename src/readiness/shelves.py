"""Shelves: folders of checklists and practices, the shipped one and those of organisations.

A shelf holds `<id>/<version>.yaml`, `practices/<dimension>/<practice>.yaml`, and `released.yaml`, which
keeps the digest of each released checklist. The shipped shelf is `library`'s; the others are named by
`--checklists`, by `READINESS_CHECKLISTS`, by an installed package, or by lying around a checklist that is
named by its path.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from readiness import library
from readiness.document import Document, Map, load
from readiness.errors import Diagnostic, InputError, nearest
from readiness.fields import kind, quoted
from readiness.model import Checklist, Condition, Mark, Practice
from readiness.tuples import NamedTuple

RECORD = "`readiness checklist release PATH` writes this file"
GROUP = "readiness.checklists"
"""The entry points by which an installed package offers a shelf: each names the package that holds it."""
PRACTICES = "practices"


class Place(NamedTuple):
    """A checklist on a shelf: its id and version, its file, and the shelf; no shelf where it is shipped."""

    id: str
    version: str
    path: Path
    shelf: Path | None


class Own(NamedTuple):
    """The practices that shelves add, with their detectors, by id."""

    practices: Mapping[str, Practice]
    detectors: Mapping[str, Condition]


class Missing(Exception):
    """No checklist answers to a name. `help` says what there is."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


def is_version(text: str, whole: bool = True) -> bool:
    """Whether a text is a version of three numbers, or, unless it must be `whole`, how one begins."""
    parts = text.split(".")
    return (len(parts) == 3 if whole else len(parts) <= 3) and all(p.isascii() and p.isdigit() for p in parts)


def is_path(reference: str) -> bool:
    """Whether a reference to a checklist is a path rather than an id."""
    return "/" in reference or os.sep in reference or reference.endswith((".yaml", ".yml"))


def numbers(version: str) -> tuple[int, ...]:
    """What orders versions."""
    return tuple(map(int, version.split(".")))


def on_shelf(shelf: Path) -> Iterator[Place]:
    """The checklists on a shelf, by the names of their files."""
    for path in sorted(shelf.glob("*/*.yaml")):
        if path.parent.name != PRACTICES and is_version(path.stem):
            yield Place(path.parent.name, path.stem, path, shelf)


def around(path: Path) -> Path | None:
    """The shelf on which a checklist lies that is named by its path; None where it lies alone."""
    for folder in (above(path.parent), path.parent):
        if (folder / PRACTICES).is_dir() or (folder / library.RELEASED).is_file():
            return folder
    return None


def above(folder: Path) -> Path:
    """The folder that holds a folder, which may be the one that we stand in."""
    return folder.parent if folder.name not in ("", "..") else folder / ".."


def place_of(path: Path) -> Place | None:
    """The place of a checklist that is named by its path; None where it lies on no shelf, or not where checklists
    lie there."""
    shelf = above(path.parent)
    name = path.resolve().parent.name
    if around(path) != shelf or name == PRACTICES or not is_version(path.stem) or path.suffix != ".yaml":
        return None
    return Place(name, path.stem, path, shelf)


def check_place(place: Place, made: Checklist) -> None:
    """Raise InputError where a checklist's file says another id or version than its place."""
    if (made.id, made.version) != (place.id, place.version):
        document = load(place.path, str(place.path))
        mark = document.data.value_marks["id" if made.id != place.id else "version"]
        message = f"the file says `{made.id}@{made.version}`, and its place `{place.id}@{place.version}`"
        help = f"it belongs at {made.id}/{made.version}.yaml"
        raise InputError([document.fault(mark, message, help, document.span(mark))])


def checked(folders: Iterable[Path]) -> tuple[Path, ...]:
    """The folders, each of which must be there. Raises InputError naming those that are not."""
    found = tuple(folders)
    wrong = [
        Diagnostic(str(folder), 0, 0, "there is no such folder of checklists", "a shelf holds `<id>/<version>.yaml`")
        for folder in found
        if not os.path.isdir(folder)
    ]
    if wrong:
        raise InputError(wrong)
    return found


def installed() -> tuple[Path, ...]:
    """The shelves of installed packages. The packages are found, and not run."""
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    found = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        package, *inner = point.value.partition(":")[0].strip().split(".")
        try:
            spec = find_spec(package)  # of the outermost alone: to find an inner one, Python runs those around it
        except (ImportError, ValueError):
            spec = None
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            whole = Path(folder, *inner)
            below = whole / "checklists"
            found += [below if below.is_dir() else whole] if whole.is_dir() else []
    return tuple(dict.fromkeys(found))


# --------------------------------------------------------------------------- practices


def own_practices(shelves: Iterable[Path]) -> Own:
    """The practices of shelves. Raises InputError with every fault in them, and where an id is taken."""
    shipped = library.practices()
    found: dict[str, Practice] = {}
    detectors: dict[str, Condition] = {}
    origin: dict[str, Path] = {}
    faults: list[Diagnostic] = []
    for path in [path for shelf in shelves for path in sorted((shelf / PRACTICES).glob("*/*.yaml"))]:
        name = path.stem
        if name in shipped or name in origin:
            other = f"in {origin[name]}" if name in origin else "by readiness itself"
            help = "give it an id of its own, such as one that begins with the organisation's name"
            faults.append(Diagnostic(str(path), 1, 1, f"the practice `{name}` is defined already, {other}", help))
            continue
        try:
            document = load(path, str(path), hint="`readiness schema practice` says what a practice file holds")
            found[name], detector = read_practice(document, path)
            if detector is not None:
                detectors[name] = detector
        except InputError as error:
            faults += error.diagnostics
        origin[name] = path
    if faults:
        raise InputError(faults)
    return Own(found, detectors)


def read_practice(document: Document, path: Path) -> tuple[Practice, Condition | None]:
    """A practice and its detector. Raises InputError with every fault."""
    from readiness.loaders import practice as practices_

    faults: list[Diagnostic] = []
    try:
        practices_.check(document, path.parent.name, path.stem)
    except InputError as error:
        faults += error.diagnostics
    data = document.data
    if not isinstance(data, Map) or not isinstance(data.get("detect"), Map) or not data["detect"]:
        if faults:
            raise InputError(faults)
        return practices_.build(data, path.parent.name), None
    from readiness.loaders.detector import read_detector
    from readiness.terms import place_mark

    condition, wrong = read_detector(data["detect"])
    places = [(place_mark(data, ("detect", *place)), message) for place, message in wrong]
    faults += [document.fault(mark, f"detect: {said}", None, document.span(mark)) for mark, said in places]
    if faults:
        raise InputError(faults)
    return practices_.build(data, path.parent.name), condition


# --------------------------------------------------------------------------- releases


def released(shelf: Path) -> tuple[Document, Mapping[str, str]] | None:
    """The digests of the released checklists of a shelf, by `id@version`; None where it keeps none.

    Raises InputError where the file cannot be read.
    """
    path = shelf / library.RELEASED
    if not path.is_file():
        return None
    document = load(path, str(path), hint=RECORD)
    data = document.data
    if not isinstance(data, Map):
        raise InputError([document.fault(Mark(1, 1), f"a list of releases holds fields, not {kind(data)}", RECORD)])
    wrong = [
        document.fault(data.value_marks[pin], f"{quoted(pin)} must have a digest, not {kind(held)}", RECORD)
        for pin, held in data.items()
        if not isinstance(held, str)
    ]
    if wrong:
        raise InputError(wrong)
    return document, data


def check_released(shelf: Path, made: Checklist, path: Path) -> None:
    """Raise InputError where a checklist was released with another digest than it has. That of one which extends
    others covers them as well."""
    found, pin = released(shelf), f"{made.id}@{made.version}"
    if found is None or found[1].get(pin, made.digest) == made.digest:
        return
    document, known = found
    mark = document.data.value_marks[pin]
    version = numbers(made.version)
    following = f"{version[0]}.{version[1] + 1}.0"
    message = f"`{pin}` was released with another digest than that of {path} ({made.digest})"
    where = f" (here, or in {', '.join(made.layers)})" if made.layers else ""
    help = f"a released version never changes: undo the change{where}, and write it as version {following}"
    raise InputError([document.fault(mark, message, help, len(known[pin]))])


# --------------------------------------------------------------------------- finding


def highest(reference: str, places: Iterable[Place]) -> Place:
    """The highest version that fits `id`, `id@1`, `id@1.0` or `id@1.0.0`.

    Raises Missing where none does.
    """
    name, at, version = reference.partition("@")
    everything = list(places)
    named = sorted((p for p in everything if p.id == name), key=lambda p: numbers(p.version))
    if not named:
        ids = sorted({place.id for place in everything})
        near = nearest(name, ids)
        known = ", ".join(f"`{i}`" for i in ids)
        help = f"did you mean `{near}`?" if near else f"there are {known}; a file of your own is named by its path"
        raise Missing(f"there is no checklist `{name}`", help)
    if at and not is_version(version, whole=False):
        raise Missing(f"`{version}` is not a version", f"write it like `{name}@{named[-1].version}`")
    fitting = [place for place in named if not version or f"{place.version}.".startswith(f"{version}.")]
    if not fitting:
        there = ", ".join(place.version for place in named)
        raise Missing(f"`{name}` has no version {version}", f"there are {there}")
    return fitting[-1]


@cache
def shipped() -> tuple[Place, ...]:
    """The shipped checklists."""
    shelf = library.shelf()
    return tuple(Place(entry.id, entry.version, shelf / entry.file, None) for entry in library.shipped())


def twice(places: Iterable[Place]) -> None:
    """Raise InputError where two files bear one id and version."""
    seen: dict[tuple[str, str], Place] = {}
    for place in places:
        first = seen.setdefault((place.id, place.version), place)
        if first.path != place.path:
            other = "readiness itself ships one" if first.shelf is None else f"the other is {first.path}"
            message = f"`{place.id}@{place.version}` is there twice: {other}"
            raise InputError([Diagnostic(str(place.path), 1, 1, message, "give one of them another id or version")])


def from_environment() -> tuple[Path, ...]:
    """The shelves that `READINESS_CHECKLISTS` names."""
    named = os.environ.get("READINESS_CHECKLISTS", "")
    return tuple(Path(part) for part in named.split(os.pathsep) if part.strip())
