"""Why a path that a description names leads to no file: in words that help to put it right."""

from __future__ import annotations

import errno
import os
import stat
from itertools import islice
from pathlib import Path

from readiness.errors import nearest
from readiness.globs import WILD

MAX_NAMES = 2000
"""Among so many names of a folder a similar one is looked for."""


def why_missing(root: Path, path: str) -> str:
    """Why nothing below `root` answers to `path`, with the nearest name that is there. No link
    that leaves the root is followed."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".git" in parts:
        return "nothing in `.git` is evidence"
    if WILD.search(path) or "{" in path:
        return _no_match(root, path, parts)
    here = root
    for number, part in enumerate(parts):
        done, here = "/".join(parts[: number + 1]), here / part
        try:
            mode = os.lstat(here).st_mode
            if stat.S_ISLNK(mode):
                if not _inside(here, root):
                    return f"`{done}` is a link that leaves the repository, which is not followed"
                mode = os.stat(here).st_mode
        except (OSError, ValueError) as error:
            return _no_entry(here, done, error)
        if number < len(parts) - 1 and not stat.S_ISDIR(mode):
            return f"`{done}` is a file, so that nothing can lie below it"
    if not parts or stat.S_ISDIR(mode):
        return f"the folder `{path}` holds no file"
    if not stat.S_ISREG(mode):
        return f"`{path}` is a device, pipe or socket, which is never read"
    return f"`{path}` is not part of what may be looked at"


def _inside(link: Path, root: Path) -> bool:
    target, top = os.path.realpath(link), os.path.realpath(root)
    return target == top or target.startswith(top.rstrip("/") + "/")


def _no_entry(here: Path, path: str, error: OSError | ValueError) -> str:
    if isinstance(error, PermissionError):
        return f"`{path}` cannot be looked at: check the permissions of its folder"
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return f"`{path}` is a link that leads in a circle"
    if os.path.islink(here):
        return f"`{path}` is a link to a file that does not exist"
    near = _similar(here.parent, here.name)
    folder = path.rpartition("/")[0]
    said = f"there is no `{path}`"
    return f"{said}; did you mean `{folder + '/' if folder else ''}{near}`?" if near else said


def _no_match(root: Path, path: str, parts: list[str]) -> str:
    """What to say of a glob: where it goes wrong, if that is before its first wildcard."""
    fixed: list[str] = []
    for part in parts[:-1]:
        if WILD.search(part) or "{" in part:
            break
        fixed.append(part)
    base = root / "/".join(fixed)
    if not (base.is_dir() and _inside(base, root)):
        return f"nothing matches `{path}`: {why_missing(root, '/'.join(fixed))}"
    return f"no file matches `{path}`"


def _similar(folder: Path, name: str) -> str | None:
    """The name in a folder that is most like one that is not there."""
    try:
        with os.scandir(folder) as entries:
            names = {entry.name.lower(): entry.name for entry in islice(entries, MAX_NAMES) if entry.name != ".git"}
    except (OSError, ValueError):
        return None
    printable = {low: full for low, full in sorted(names.items()) if full.isprintable()}
    found = nearest(name.lower(), printable)
    return printable[found] if found else None
