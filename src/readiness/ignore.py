"""What `.gitignore` files leave out, without calling git.

The rules are git's: the last matching rule decides, a deeper file goes before a shallower one,
`!` takes back, a rule with a slash inside is anchored to its file's folder, and nothing below an
ignored folder can be taken back.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from readiness.globs import FEW_STARS, WILD, follow, stars, to_regex
from readiness.tuples import NamedTuple

MAX_RULES = 10_000


class Others(NamedTuple):
    """Rules that are no plain names: most as one expression, those with many wildcards as globs."""

    expression: re.Pattern[str] | None
    ways: tuple[tuple[str, ...], ...]

    def match(self, path: str) -> bool:
        """Whether one of the rules matches the path."""
        if self.expression is not None and self.expression.fullmatch(path) is not None:
            return True
        return bool(self.ways) and any(follow(way, path.split("/")) for way in self.ways)


class Run(NamedTuple):
    """Neighbouring rules that all leave out, or all take back. Most are plain names or endings,
    which sets answer; the others are asked one by one, apart for files and for folders."""

    negated: bool
    names: frozenset[str]
    folder_names: frozenset[str]
    endings: frozenset[str]
    for_files: Others
    for_folders: Others

    def matches(self, path: str, name: str, folder: bool) -> bool:
        """Whether one of the rules speaks of the path."""
        if name in self.names or (folder and name in self.folder_names):
            return True
        if self.endings and "." in name and name.rpartition(".")[2] in self.endings:
            return True
        return (self.for_folders if folder else self.for_files).match(path)


class Rules(NamedTuple):
    """One ignore file: the folder that it stands in (`` or `a/b/`), and its runs, last first."""

    base: str
    runs: tuple[Run, ...]

    def verdict(self, path: str, name: str, folder: bool) -> bool | None:
        """True where the path is left out, False where it is taken back, None where no rule
        speaks of it."""
        inner = path[len(self.base) :]
        return next((not run.negated for run in self.runs if run.matches(inner, name, folder)), None)


def parse(text: str, base: str) -> Rules:
    """The rules of one ignore file."""
    groups: list[tuple[bool, list[str]]] = []
    for line in text.split("\n")[:MAX_RULES]:
        rule = _clean(line)
        negated = rule.startswith("!")
        rule = rule[1:] if negated else rule
        if rule.strip("/"):
            if not groups or groups[-1][0] != negated:
                groups.append((negated, []))
            groups[-1][1].append(rule[1:] if rule[:2] in ("\\#", "\\!") else rule)
    return Rules(base, tuple(_run(negated, rules) for negated, rules in reversed(groups)))


def _clean(line: str) -> str:
    """The rule without its line end, unescaped trailing spaces, and comments."""
    line = line.rstrip("\r")
    bare = line.rstrip(" ")
    if bare.endswith("\\") and bare != line:
        bare += " "
    return "" if bare.startswith("#") else bare


def _run(negated: bool, rules: Iterable[str]) -> Run:
    names, folder_names, endings = set[str](), set[str](), set[str]()
    both: list[str] = []
    folders: list[str] = []
    for rule in rules:
        folder_only = rule.endswith("/")
        body = rule.rstrip("/")
        plain = body[3:] if body.startswith("**/") else body
        if "/" not in plain and "\\" not in plain and not WILD.search(plain):
            (folder_names if folder_only else names).add(plain)
        elif plain.startswith("*.") and plain[2:].isalnum() and not folder_only:
            endings.add(plain[2:])
        else:
            (folders if folder_only else both).append(_glob(body))
    return Run(
        negated,
        frozenset(names),
        frozenset(folder_names),
        frozenset(endings),
        _union(both),
        _union(both + folders),
    )


def _glob(body: str) -> str:
    anchored = "/" in body
    body = re.sub(r"\\([^\w])", r"[\1]", body.lstrip("/")) if "\\" in body else body.lstrip("/")
    return body if anchored else f"**/{body}"


def _union(globs: list[str]) -> Others:
    simple = [glob for glob in globs if stars(glob) <= FEW_STARS and "[" not in glob]
    ways = tuple(tuple(glob.split("/")) for glob in globs if glob not in simple)
    joined = "|".join(f"(?:{to_regex(glob)})" for glob in simple)
    return Others(re.compile(joined, re.DOTALL) if joined else None, ways)


class Ignore:
    """The ignore files on the way from the top of a git work tree to the folder at hand.

    `prefix` is the scanned root's path below that top, `` or ending in `/`.
    """

    def __init__(self, prefix: str = "", rules: tuple[Rules, ...] = ()) -> None:
        self._prefix = prefix
        self._rules = rules

    @classmethod
    def above(cls, root: str) -> Ignore | None:
        """The rules that hold at `root`, or None where it lies in no git work tree."""
        top = root
        while not os.path.lexists(os.path.join(top, ".git")):
            parent = os.path.dirname(top)
            if parent == top:
                return None
            top = parent
        below = os.path.relpath(root, top).replace(os.sep, "/")
        steps = [] if below == "." else below.split("/")
        rules = [_read(os.path.join(top, ".git", "info", "exclude"), "")]
        for depth in range(len(steps)):
            base = "/".join(steps[:depth])
            rules.append(_read(os.path.join(top, *steps[:depth], ".gitignore"), f"{base}/" if base else ""))
        kept = tuple(rule for rule in rules if rule is not None and rule.runs)
        return cls("".join(f"{step}/" for step in steps), kept)

    def entering(self, folder: str, names: Iterable[str], root: str) -> Ignore:
        """The rules that hold inside a folder of the root, given the names in it."""
        if ".gitignore" not in names:
            return self
        base = self._prefix + (f"{folder}/" if folder else "")
        found = _read(os.path.join(root, folder, ".gitignore"), base)
        return Ignore(self._prefix, (*self._rules, found)) if found and found.runs else self

    def ignores(self, path: str, name: str, folder: bool) -> bool:
        """Whether a path of the root is left out."""
        full = self._prefix + path
        verdicts = (rules.verdict(full, name, folder) for rules in reversed(self._rules))
        return next((verdict for verdict in verdicts if verdict is not None), False)


def _read(path: str, base: str) -> Rules | None:
    """The rules of a file; None where it is no readable regular file of sensible size."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb", closefd=True) as file:
        try:
            return parse(file.read(1 << 20).decode("utf-8", "surrogateescape"), base)
        except OSError:
            return None
