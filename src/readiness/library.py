"""The shelf of shipped practices and checklists: an id, an `id@version` or a path becomes data.

The YAML files are the source. Parsing all of them costs more than the rest of a run, so a
compiled copy is read instead: the one built into a wheel, or, in a source checkout, one that is
made anew whenever a file was added, removed or changed (by name, size and time of change).
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.digest import sha256
from readiness.document import load
from readiness.errors import Diagnostic, InputError
from readiness.files import loads, write_whole
from readiness.model import Checklist, Condition, Practice
from readiness.tuples import NamedTuple

if TYPE_CHECKING:
    from readiness.kept import Kept, Pieces

BUILT_IN = "built-in"
"""The state of a compiled copy that belongs to a wheel and needs no comparison."""
RELEASED = "released.yaml"
"""Where a shelf keeps the digests of its released checklists."""
READERS = ("loaders", "probes", "model")
"""The packages whose code decides how a compiled file reads."""
PROBES = "probes.bin"
"""The compiled file that holds the probes of all detectors, one behind the other."""
_PACKAGE = Path(__file__).resolve().parent
COMPILED = _PACKAGE / "_compiled"


class OnDemand(Mapping[str, Practice]):
    """Practices by id, kept apart: the vocabulary serves many checklists, and a run asks for the practices of one."""

    def __init__(self, held: Mapping[str, bytes]) -> None:
        self._held = held
        self._read: dict[str, Practice] = {}

    def __getitem__(self, name: str) -> Practice:
        found = self._read.get(name)
        if found is None:
            found = self._read[name] = loads(self._held[name])
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


class Shipped(NamedTuple):
    """One shipped checklist: its identity, and where its YAML stands below the shelf."""

    id: str
    version: str
    title: str
    file: str
    digest: str


class Denial(NamedTuple):
    """What in a repository contradicts a fact that is stated with one of some values; `detector` is a name."""

    fact: str
    values: tuple[str | bool, ...]
    because: str
    detector: str


def shelf() -> Path:
    """The folder `checklists/`: inside an installed package, or beside `src/` in a checkout."""
    inside = _PACKAGE / "checklists"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "checklists"


# --------------------------------------------------------------------------- reading


@cache
def practices() -> Mapping[str, Practice]:
    """The shipped vocabulary by id; each practice is read when it is asked for."""
    return OnDemand(_compiled("practices.pickle"))


@cache
def detectors() -> Kept:
    """The detectors of the shipped practices, named by their ids, and those of the denials."""
    found: Kept = _compiled("detectors.pickle")
    return found._replace(probes=_pieces(PROBES))


def guesses() -> tuple[Mapping[str, Any], ...]:
    """What a first description may guess about a project, in the order of trying."""
    return tuple(entry for entry in _compiled("guesses.pickle")["guesses"] if "value" in entry)


@cache
def denials() -> tuple[Denial, ...]:
    """What contradicts a stated fact, in the order of trying."""
    found: tuple[Denial, ...] = _compiled("denials.pickle")
    return found


@cache
def shipped() -> tuple[Shipped, ...]:
    """Every shipped checklist, by id and then from the lowest version to the highest."""
    found: tuple[Shipped, ...] = _compiled("index.pickle")
    return found


@cache
def checklist(id: str, version: str) -> Checklist:
    """A shipped checklist; read once in a process, for it never changes."""
    found: Checklist = _compiled(f"{id}@{version}.pickle")
    return found


# --------------------------------------------------------------------------- compiling


def _compiled(name: str) -> Any:
    """A compiled file, from the copy on disk where it is current.

    It is a pickle of the values: reading the YAML's data as JSON and building the values anew takes a tenth of a
    run, and checking the 1,200 patterns of the detectors 0.3 s. A pickle here holds what this module wrote beside
    its own code, never anything from outside.
    """
    try:
        held, head = (COMPILED / name).read_bytes(), stamped(b"", _state())
        if held.startswith(head):
            return loads(memoryview(held)[len(head) :])
    except Exception:  # a copy that is damaged in any way is made anew
        pass
    return loads(_made()[name])


def _pieces(name: str) -> Pieces:
    """The pieces of a compiled file, from the copy on disk where it is current and whole."""
    from readiness.kept import Pieces

    try:
        return Pieces.inside(COMPILED / name, stamped(b"", _state()))
    except (OSError, ValueError):
        return Pieces.read(_made()[name])


@cache
def _made() -> Mapping[str, bytes]:
    """The compiled files, made anew, and kept on disk where that can be."""
    files = compile_shelf(shelf())
    _keep(COMPILED, files, _state())
    return files


def stamped(held: bytes, state: str) -> bytes:
    """A compiled file as it is kept. Each begins with the state of the shelf that it was made from,
    so that files of two states are never read together, whichever process wrote last."""
    return state.encode() + b"\n" + held


@cache
def _state() -> str:
    """The state of the shelf when this process first looked."""
    return BUILT_IN if (_PACKAGE / "checklists").is_dir() else sha256(_signature(shelf()).encode()).hexdigest()


def _signature(folder: Path) -> str:
    """What tells one state of the shelf from another: name, size and time of every file, and of
    the modules that read them."""
    parts: list[str] = []
    _note(_PACKAGE, ".py", READERS, parts)
    _note(folder, ".yaml", None, parts)
    return "\n".join(sorted(parts))


def _note(top: Path, ending: str, inner: Collection[str] | None, parts: list[str]) -> None:
    """Note the files below a folder, and below such folders in it. A source checkout does this at every start:
    `os.walk` would take twice the time."""
    waiting = [(str(top), "")]
    while waiting:
        folder, shown = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(ending):
                    about = entry.stat()
                    parts.append(f"{shown}/{entry.name} {about.st_size} {about.st_mtime_ns}")
                elif (inner is None or entry.name in inner) and entry.is_dir():
                    waiting.append((entry.path, f"{shown}/{entry.name}"))


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(Path(at, name) for at, _, names in os.walk(folder) for name in names if name.endswith(".yaml"))


def compile_shelf(folder: Path) -> Mapping[str, bytes]:
    """The compiled files by name: `practices.pickle`, `detectors.pickle`, `denials.pickle`, `guesses.pickle`,
    `index.pickle`, `probes.bin` and one for each checklist.

    Raises InputError where a shipped file is at fault.
    """
    import json
    import pickle

    from readiness.keep import keep
    from readiness.kept import Pieces
    from readiness.loaders import checklist, practice

    vocabulary: dict[str, Practice] = {}
    detectors: dict[str, Condition] = {}
    denials: list[Denial] = []
    index: list[Shipped] = []
    values: dict[str, Any] = {}
    paths = {path: path.relative_to(folder).parts for path in _yaml_files(folder)}
    for path, parts in sorted(paths.items(), key=lambda item: item[1][0] != "practices"):
        document = load(path, path.as_posix())
        if parts[0] == "practices":
            practice.check(document, parts[1], path.stem)
            vocabulary[path.stem] = practice.build(document.data, parts[1])
            if "detect" in document.data:
                detectors[path.stem] = _detector(path, document.data["detect"])
        elif parts == (RELEASED,):
            continue
        elif len(parts) == 1:
            values[path.stem] = json.loads(json.dumps(document.data))  # without the places
            for entry in document.data.get("guesses", ()):
                if "denies" in entry:
                    name = f"denials.{len(denials)}"
                    detectors[name] = _detector(path, entry["detect"])
                    denials.append(Denial(entry["fact"], tuple(entry["denies"]), entry["because"], name))
        elif len(parts) == 2:
            checklist.check(document, vocabulary)
            made = checklist.build(document.data, document.digest)
            values[f"{made.id}@{made.version}"] = made
            index.append(Shipped(made.id, made.version, made.title, "/".join(parts), document.digest))
    apart = {name: pickle.dumps(practice, protocol=5) for name, practice in vocabulary.items()}
    index.sort(key=lambda entry: (entry.id, tuple(map(int, entry.version.split(".")))))
    kept = keep(detectors)
    bare = kept._replace(probes=Pieces.of(()))
    values |= {"practices": apart, "detectors": bare, "denials": tuple(denials), "index": tuple(index)}
    files = {f"{name}.pickle": pickle.dumps(value, protocol=5) for name, value in values.items()}
    return {**files, PROBES: kept.probes.whole()}


def _detector(path: Path, data: Any) -> Condition:
    """A detector. Raises InputError where it cannot be read."""
    from readiness.loaders.detector import read_detector

    found, faults = read_detector(data)
    if faults:
        raise InputError(Diagnostic(path.as_posix(), 0, 0, f"detect: {message}") for _, message in faults)
    return found


def _keep(folder: Path, files: Mapping[str, bytes], state: str) -> None:
    """Write a compiled copy; where the folder cannot be written, the next run compiles again."""
    try:
        folder.mkdir(exist_ok=True)
        for name, held in files.items():
            write_whole(folder / name, stamped(held, state))
    except OSError:
        return
