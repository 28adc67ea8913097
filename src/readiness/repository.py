"""A read-only view of the assessed tree: what is in it, what matches, and reading with limits.

Nothing here follows a link out of the root, opens anything but regular files, or runs anything.
`Repository` views a folder; `MemoryRepository` views a mapping, for cases and tests.
"""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from readiness import walk
from readiness.globs import WILD, compile_glob, expand
from readiness.tuples import NamedTuple

TEXT_LIMIT = 1 << 20
"""The largest text file that is read whole."""
NOTEBOOK_LIMIT = 10 << 20
"""The same for a notebook, whose outputs take room."""
HEAD = 8192
"""A file with a NUL in its first bytes, this many, is binary."""
MAX_RESOLVED = 2000
"""How many files one piece of evidence can name."""
OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


class Loaded(NamedTuple):
    """A file's bytes; `skipped` says why they are not whole (`large`: the head alone) or absent
    (`binary`, `unreadable`, `special`, `outside`)."""

    data: bytes
    skipped: str | None = None


def shown(path: str) -> str:
    """A path that is safe to print: control characters and bytes that are not UTF-8 escaped."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class Repository:
    """A folder. `exclude` holds relative paths that are no part of it, such as the description."""

    def __init__(self, root: Path, exclude: Iterable[str] = ()) -> None:
        self.root = Path(os.path.realpath(root))
        self._root = str(self.root)
        self.exclude = frozenset(exclude)
        self._skipped: Counter[str] = Counter()
        self._noted: set[str] = set()
        self._walked: frozenset[str] = frozenset()

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The relative paths of the files to scan, sorted. Whether one is binary, too large or
        unreadable shows when it is read."""
        paths, skipped = walk.list_files(self._root, self.exclude)
        self._skipped.update(skipped)
        self._walked = frozenset(paths)
        return tuple(sorted(paths))

    @property
    def skipped(self) -> Mapping[str, int]:
        """How many were left out so far, by reason: files, or whole folders for `vendored`,
        `ignored` and `nested`."""
        return dict(sorted(self._skipped.items()))

    def count_skipped(self, path: str, reason: str) -> None:
        """Counts a file as left out, once."""
        if path not in self._noted:
            self._noted.add(path)
            self._skipped[reason] += 1

    def read(self, path: str) -> bytes:
        """A text file's bytes; empty where it cannot or must not be read."""
        loaded = self.load(path)
        return b"" if loaded.skipped else loaded.data

    def load(self, path: str) -> Loaded:
        """A file's bytes, or the reason why not, which is counted."""
        loaded = self._load(path)
        if loaded.skipped:
            self.count_skipped(path, loaded.skipped)
        return loaded

    def peek(self, path: str) -> bytes | None:
        """A file's bytes as a scan sees them, none where it is too large; None where the scan passes it over.
        Nothing is counted."""
        loaded = self._load(path)
        if (loaded.skipped and loaded.skipped != "large") or own_file(loaded.data):
            return None
        return b"" if loaded.skipped else loaded.data

    def _load(self, path: str) -> Loaded:
        full = f"{self._root}/{path}"
        if path not in self._walked and self._kind(path) != "file":
            return Loaded(b"", "unreadable")
        try:
            handle = os.open(full, OPEN)
        except ValueError:
            return Loaded(b"", "unreadable")
        except OSError:
            target = os.path.realpath(full)
            if not os.path.islink(full) or not walk.inside(target, self._root):
                return Loaded(b"", "outside" if os.path.islink(full) else "unreadable")
            try:
                handle = os.open(target, OPEN)
            except OSError:
                return Loaded(b"", "unreadable")
        try:
            return _read(handle, NOTEBOOK_LIMIT if path.endswith(".ipynb") else TEXT_LIMIT)
        except OSError:
            return Loaded(b"", "unreadable")
        finally:
            os.close(handle)

    def resolve(self, pattern: str) -> tuple[str, ...]:
        """The files that a piece of evidence names: a path, a folder (everything below it) or a
        glob. Ignored and vendored places count here, `.git` does not; links that leave the root
        never do. At most `MAX_RESOLVED`."""
        clean = _clean(pattern)
        if clean is None:
            return ()
        kind = self._kind(clean)
        if kind == "file":
            return (clean,)
        if kind == "folder":
            return tuple(walk.below(self._root, clean, None, MAX_RESOLVED))
        found: set[str] = set()
        if WILD.search(clean) or "{" in clean:
            for base in {_fixed_part(glob) for glob in expand(clean)}:
                if self._kind(base) == "folder":
                    found.update(walk.below(self._root, base, compile_glob(clean), MAX_RESOLVED))
        return tuple(sorted(found)[:MAX_RESOLVED])

    def _kind(self, path: str) -> str | None:
        """`file` or `folder`, where the path really lies inside the root and outside `.git`."""
        full = os.path.join(self._root, path) if path else self._root
        try:
            target = os.path.realpath(full)
            if not walk.inside(target, self._root):
                return None
            mode = os.stat(target).st_mode
        except (OSError, ValueError):
            return None
        if stat.S_ISREG(mode):
            return None if path in self.exclude else "file"
        return "folder" if stat.S_ISDIR(mode) else None


class MemoryRepository(Repository):
    """A mapping of paths to contents that stands in for a folder."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        super().__init__(Path("/nonexistent"))
        self._files = {p: c.encode() if isinstance(c, str) else c for p, c in files.items()}

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The paths to scan, by the rules for a folder without `.git`."""
        names: dict[str, set[str]] = {}
        for path in self._files:
            parts = path.split("/")
            for depth in range(len(parts)):
                names.setdefault("/".join(parts[:depth]), set()).add(parts[depth])
        kept = []
        for path in sorted(self._files):
            reason = walk.left_out(path, names)
            if reason:
                self.count_skipped(path, reason)
            else:
                kept.append(path)
        return tuple(kept)

    def _load(self, path: str) -> Loaded:
        data = self._files.get(path)
        if data is None:
            return Loaded(b"", "unreadable")
        if len(data) > (NOTEBOOK_LIMIT if path.endswith(".ipynb") else TEXT_LIMIT):
            return Loaded(data[:HEAD], "large")
        return Loaded(b"", "binary") if b"\0" in data[:HEAD] else Loaded(data)

    def resolve(self, pattern: str) -> tuple[str, ...]:
        """As in a folder."""
        clean = _clean(pattern)
        if clean is None:
            return ()
        if clean in self._files:
            return (clean,)
        folder = f"{clean}/" if clean else ""
        below = sorted(p for p in self._files if p.startswith(folder))
        if below:
            return tuple(below[:MAX_RESOLVED])
        glob = compile_glob(clean)
        return tuple(p for p in sorted(self._files) if glob.fullmatch(p))[:MAX_RESOLVED]


def _read(handle: int, limit: int) -> Loaded:
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        return Loaded(b"", "special")
    large = about.st_size > limit
    wanted = HEAD if large else about.st_size + 1
    data = os.read(handle, wanted)
    while len(data) < min(wanted, about.st_size):
        more = os.read(handle, wanted - len(data))
        if not more:
            break
        data += more
    if b"\0" in data[:HEAD]:
        return Loaded(b"", "binary")
    return Loaded(data, "large" if large else None)


def _clean(pattern: str) -> str | None:
    """The pattern as a relative path without `.`; None where it would leave the root."""
    if "\0" in pattern or pattern.startswith(("/", "~")) or "\\" in pattern:
        return None
    parts = [part for part in pattern.split("/") if part not in ("", ".")]
    return None if ".." in parts or ".git" in parts else "/".join(parts)


def _fixed_part(glob: str) -> str:
    """The folders of a glob before its first wildcard."""
    fixed = []
    for part in glob.split("/")[:-1]:
        if WILD.search(part):
            break
        fixed.append(part)
    return "/".join(fixed)


OWN = re.compile(
    rb"(?m)^(?:\{\s*\"readiness\"|readiness):[ \t]*[\"']?1\b|\"schema\"\s*:\s*\"readiness/|readiness-report"
    rb"|\"driver\"\s*:\s*\{\s*\"name\"\s*:\s*\"readiness\"|<testsuites name=\"readiness: |tag:readiness,2026:"
    rb"|\"label\"\s*:\s*\"readiness[ \"]|<meta name=\"generator\" content=\"readiness\">"
)
OWN_BEGINNINGS = (b"checklist,version,project,description,", b"::error file=", b"::warning file=", b"::notice file=")
OWN_SUMMARY = re.compile(
    rb", judged by `[a-z0-9_-]+@[0-9.]+` as of [0-9-]{10}|\| Checklist \| Result \| Proven \| Claimed \|"
)
OWN_KEYS = (
    frozenset({b"ask", b"detect"}),
    frozenset({b"controls", b"version"}),
    *(frozenset({b"extends", b"version", change}) for change in (b"add", b"remove", b"override")),
)
OWN_MARKS = (b"ask:", b"controls:", b"extends:")
KEY = re.compile(rb"(?m)^(\w+):")


def own_file(head: bytes) -> bool:
    """Whether a file is this tool's own input or output: a description, a checklist or practice,
    or a report. Those are never evidence. `head` is the beginning of the file, or all of it."""
    if head.find(b"readiness", 0, 2048) >= 0 and OWN.search(head[:2048]):
        return True
    if head.startswith(OWN_BEGINNINGS) or OWN_SUMMARY.search(head[:4096]):
        return True
    if not any(head.startswith(mark) or b"\n" + mark in head for mark in OWN_MARKS):
        return False
    keys = frozenset(KEY.findall(head[:65536]))
    return any(own <= keys for own in OWN_KEYS)
