"""Shelves: folders of checklists and practices, the shipped one and those of organisations.

A shelf holds `<id>/<version>.yaml`, `practices/<dimension>/<practice>.yaml`, and `released.yaml`, which
keeps the digest of each released checklist. The shipped shelf is `library`'s; the others are named by
`--checklists`, by `READINESS_CHECKLISTS`, by an installed package, or by lying around a checklist that is
named by its path.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from readiness import library
from readiness.document import Document, Map, load
from readiness.errors import Diagnostic, InputError, nearest
from readiness.model import Condition, Practice

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
    for folder in (path.parent.parent, path.parent):
        if (folder / PRACTICES).is_dir() or (folder / library.RELEASED).is_file():
            return folder
    return None


def checked(folders: Iterable[Path]) -> tuple[Path, ...]:
    """The folders, each of which must be there. Raises InputError naming those that are not."""
    found = tuple(dict.fromkeys(folders))
    wrong = [
        Diagnostic(str(folder), 0, 0, "there is no such folder of checklists", "a shelf holds `<id>/<version>.yaml`")
        for folder in found
        if not folder.is_dir()
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
        try:
            spec = find_spec(point.value.partition(":")[0])
        except (ImportError, ValueError):
            spec = None
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            inner = Path(folder, "checklists")
            found.append(inner if inner.is_dir() else Path(folder))
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
            faults.append(Diagnostic(str(path), 0, 0, f"the practice `{name}` is defined already, {other}", help))
            continue
        try:
            document = load(path, str(path))
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

    practices_.check(document, path.parent.name, path.stem)
    made = practices_.build(document.data, path.parent.name)
    if not made.detectable:
        return made, None
    from readiness.loaders.detector import read_detector
    from readiness.terms import place_mark

    condition, faults = read_detector(document.data["detect"])
    if faults:
        places = [(place_mark(document.data, ("detect", *place)), message) for place, message in faults]
        raise InputError(document.fault(mark, f"detect: {said}", None, document.span(mark)) for mark, said in places)
    return made, condition


# --------------------------------------------------------------------------- releases


def released(shelf: Path) -> tuple[Document, Mapping[str, str]] | None:
    """The digests of the released checklists of a shelf, by `id@version`; None where it keeps none.

    Raises InputError where the file cannot be read.
    """
    path = shelf / library.RELEASED
    if not path.is_file():
        return None
    document = load(path, str(path))
    data = document.data
    if not isinstance(data, Map) or not all(isinstance(value, str) for value in data.values()):
        raise InputError([Diagnostic(str(path), 1, 1, "a list of releases holds `id@version: digest` lines")])
    return document, data


def check_released(shelf: Path, pin: str, digest: str, path: Path) -> None:
    """Raise InputError where a checklist was released with another digest than it has."""
    found = released(shelf)
    if found is None or found[1].get(pin, digest) == digest:
        return
    document, known = found
    mark = document.data.value_marks[pin]
    version = numbers(pin.partition("@")[2])
    following = f"{version[0]}.{version[1] + 1}.0"
    message = f"`{pin}` was released with another digest than that of {path} ({digest})"
    help = f"a released version never changes: undo the change, and write it as version {following}"
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


def shipped() -> Iterator[Place]:
    """The shipped checklists."""
    for entry in library.shipped():
        yield Place(entry.id, entry.version, library.shelf() / entry.file, None)


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
