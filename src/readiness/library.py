"""The shelf of shipped practices and checklists: an id, an `id@version` or a path becomes data.

The YAML files are the source. Parsing all of them costs more than the rest of a run, so a
compiled copy is read instead: the one built into a wheel, or, in a source checkout, one that is
made anew whenever a file was added, removed or changed (by name, size and time of change).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from readiness.document import load
from readiness.errors import nearest
from readiness.files import write_whole

BUILT_IN = "built-in"
"""The signature of a compiled copy that belongs to a wheel and needs no comparison."""
_PACKAGE = Path(__file__).resolve().parent
_VERSION = re.compile(r"\d+(\.\d+){0,2}\Z")


class Missing(Exception):
    """No checklist answers to a name. `help` says what there is."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


class Shipped(NamedTuple):
    """One shipped checklist: its identity, and where its YAML stands below the shelf."""

    id: str
    version: str
    title: str
    file: str
    digest: str


class Source(NamedTuple):
    """The data of a checklist and the digest of the file that it was read from."""

    data: Mapping[str, Any]
    digest: str


def shelf() -> Path:
    """The folder `checklists/`: inside an installed package, or beside `src/` in a checkout."""
    inside = _PACKAGE / "checklists"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "checklists"


# --------------------------------------------------------------------------- reading


def practices() -> Mapping[str, Mapping[str, Any]]:
    """The data of every shipped practice by id, with its dimension under `dimension`."""
    compiled: Mapping[str, Mapping[str, Any]] = _compiled("practices.json")
    return compiled


def shipped() -> tuple[Shipped, ...]:
    """Every shipped checklist, by id and then from the lowest version to the highest."""
    return tuple(Shipped(*entry) for entry in _compiled("index.json")["checklists"])


def is_path(reference: str) -> bool:
    """Whether a reference to a checklist is a path rather than an id."""
    return "/" in reference or os.sep in reference or reference.endswith((".yaml", ".yml"))


def find(reference: str) -> Shipped:
    """The shipped checklist for `id`, `id@1`, `id@1.0` or `id@1.0.0`: the highest that fits.

    Raises Missing where none does.
    """
    name, _, version = reference.partition("@")
    everything = shipped()
    named = [entry for entry in everything if entry.id == name]
    if not named:
        ids = sorted({entry.id for entry in everything})
        near = nearest(name, ids)
        known = ", ".join(f"`{i}`" for i in ids)
        raise Missing(
            f"there is no checklist `{name}`",
            f"did you mean `{near}`?" if near else f"there are {known}; a file of your own is named by its path",
        )
    if "@" in reference and not _VERSION.match(version):
        raise Missing(f"`{version}` is not a version", f"write it like `{name}@{named[-1].version}`")
    fitting = [entry for entry in named if not version or f"{entry.version}.".startswith(f"{version}.")]
    if not fitting:
        there = ", ".join(entry.version for entry in named)
        raise Missing(f"`{name}` has no version {version}", f"there are {there}")
    return fitting[-1]


def source(entry: Shipped) -> Source:
    """The data of a shipped checklist."""
    return Source(_compiled(f"{entry.id}@{entry.version}.json"), entry.digest)


# --------------------------------------------------------------------------- compiling


def _compiled(name: str) -> Any:
    """A compiled file, from the copy on disk where it is current."""
    folder = _PACKAGE / "_compiled"
    signature = BUILT_IN if (_PACKAGE / "checklists").is_dir() else _signature(shelf())
    try:
        if (folder / "signature").read_text(encoding="utf-8") == signature:
            return json.loads((folder / name).read_bytes())
    except (OSError, ValueError):
        pass
    files = compile_shelf(shelf())
    _keep(folder, files, signature)
    return json.loads(files[name])


def _signature(folder: Path) -> str:
    """What tells one state of the shelf from another: name, size and time of every file."""
    parts = []
    for path in _yaml_files(folder):
        about = path.stat()
        parts.append(f"{path.relative_to(folder).as_posix()} {about.st_size} {about.st_mtime_ns}")
    return "\n".join(parts)


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(Path(at, name) for at, _, names in os.walk(folder) for name in names if name.endswith(".yaml"))


def compile_shelf(folder: Path) -> Mapping[str, str]:
    """The compiled files by name: `practices.json`, `index.json` and one for each checklist.

    Raises InputError where a shipped file is at fault.
    """
    vocabulary: dict[str, Any] = {}
    index: list[tuple[Any, ...]] = []
    files: dict[str, str] = {}
    for path in _yaml_files(folder):
        parts = path.relative_to(folder).parts
        document = load(path, path.as_posix())
        if parts[0] == "practices":
            data = {key: value for key, value in document.data.items() if key != "cases"}
            vocabulary[path.stem] = {"dimension": parts[1], **data}
        elif len(parts) == 2:
            data = document.data
            files[f"{data['id']}@{data['version']}.json"] = _dump(data)
            index.append((data["id"], data["version"], data["title"], "/".join(parts), document.digest))
    index.sort(key=lambda entry: (entry[0], tuple(map(int, entry[1].split(".")))))
    return {**files, "practices.json": _dump(vocabulary), "index.json": _dump({"checklists": index})}


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _keep(folder: Path, files: Mapping[str, str], signature: str) -> None:
    """Write a compiled copy; where the folder cannot be written, the next run compiles again."""
    try:
        folder.mkdir(exist_ok=True)
        (folder / "signature").unlink(missing_ok=True)
        for name, text in files.items():
            write_whole(folder / name, text.encode())
        write_whole(folder / "signature", signature.encode())
    except OSError:
        return
