"""Many globs asked of many paths at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from readiness.globs import FEW_STARS, WILD, expand, fits, folders_fit, stars, to_regex
from readiness.tuples import NamedTuple

OFTEN = 20
"""From so many questions on, compiling expressions pays."""
ALL = ("*", "**/")
"""Parts that match every name, or all folders."""
BUNCH = 60
"""How many parts share an expression."""


class Globs:
    """Many globs asked of many paths.

    A glob is split into its folders and its name. Which folder parts match is worked out once for
    each folder of the tree, which name parts once for each name; both are found through the
    literal text in them, so that few expressions are ever tried.
    """

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._names = _Parts(name_key)
        self._folders = _Parts(folder_key)
        self._globs: dict[int, list[tuple[int, int]]] = {}

    def add(self, pattern: str) -> int:
        """Adds a glob; gives the number by which `match` reports it."""
        if pattern in self._ids:
            return self._ids[pattern]
        number = self._ids[pattern] = len(self._ids)
        for glob in expand(pattern):
            folders, name = split_glob(glob)
            known = self._names.add(name)
            self._globs.setdefault(known, []).append((self._folders.add(folders), number))
        return number

    def match(self, path: str) -> frozenset[int]:
        """The numbers of the globs that match the path."""
        folder, slash, name = path.rpartition("/")
        folders = self._folders.match(folder + slash, {"", *folder.split("/")})
        named = self._names.match(name, name_keys(name))
        return frozenset(n for part in named for inner, n in self._globs[part] if inner in folders)


class _Parts:
    """Globs for one part of a path, found by a literal text that `key` names for each."""

    def __init__(self, key: Callable[[str], str]) -> None:
        self._key = key
        self._ids: dict[str, int] = {}
        self._by_key: dict[str, list[tuple[str, int]]] = {}
        self._known: dict[str, frozenset[int]] = {}
        self._asked: Counter[str] = Counter()
        self._bunches: dict[str, list[Bunch]] = {}

    def add(self, glob: str) -> int:
        if glob not in self._ids:
            self._ids[glob] = len(self._ids)
            key = self._key(glob)
            self._by_key.setdefault(key, []).append((glob, self._ids[glob]))
            self._bunches.pop(key, None)
            self._known.clear()
        return self._ids[glob]

    def match(self, text: str, keys: Iterable[str]) -> frozenset[int]:
        known = self._known.get(text)
        if known is None:
            known = frozenset(number for key in keys for number in self._of_key(key, text))
            self._known[text] = known
        return known

    def _of_key(self, key: str, text: str) -> Iterator[int]:
        """The parts under one key that match. A key that is asked often gets an expression for each
        bunch of its parts, which tells at once where none of them matches."""
        if key not in self._by_key:
            return
        bunches = self._bunches.get(key)
        if bunches is None:
            bunches = [Bunch(None, self._by_key[key])]
            self._asked[key] += 1
            if self._asked[key] >= OFTEN:
                bunches = self._bunches[key] = _bunches(self._by_key[key])
        for bunch in bunches:
            if bunch.any is None or bunch.any.fullmatch(text) is not None:
                for glob, number in bunch.parts:
                    if part_fits(glob, text):
                        yield number


class Bunch(NamedTuple):
    """Some parts of globs with their numbers, and an expression that matches where one of them
    does, None where that would not be safe."""

    any: re.Pattern[str] | None
    parts: list[tuple[str, int]]


def _bunches(parts: list[tuple[str, int]]) -> list[Bunch]:
    safe = [part for part in parts if part[0] not in ALL and "[" not in part[0] and stars(part[0]) <= FEW_STARS]
    others = [part for part in parts if part not in safe]
    found = [Bunch(None, others)] if others else []
    for start in range(0, len(safe), BUNCH):
        some = safe[start : start + BUNCH]
        found.append(Bunch(re.compile("|".join(f"(?:{to_regex(glob)})" for glob, _ in some)), some))
    return found


def part_fits(glob: str, text: str) -> bool:
    """Whether a name, or folders that end in `/`, match their part of a glob."""
    if glob == text or glob in ALL:
        return True
    if glob[-1:] != "/":
        return fits(glob, text)
    return folders_fit(tuple(glob[:-1].split("/")), text.split("/")[:-1])


def split_glob(glob: str) -> tuple[str, str]:
    """The folders of a glob without braces, ending in `/` where there are any, and its name."""
    folders, _, name = glob.rpartition("/")
    if name == "**":
        folders, name = (f"{folders}/**" if folders else "**"), "*"
    return f"{folders}/" if folders else "", name


def name_keys(name: str) -> set[str]:
    """The keys under which the globs stand that a file's name may match."""
    return {"", name, name[:3], "." + name.rpartition(".")[2]}


def name_key(glob: str) -> str:
    """A literal name, a literal ending, or the first three letters; empty where there is none."""
    if not WILD.search(glob):
        return glob
    ending = "." + glob.rpartition(".")[2]
    if "." in glob and not WILD.search(ending):
        return ending
    return "" if WILD.search(glob[:3]) or len(glob) < 3 else glob[:3]


def folder_key(glob: str) -> str:
    """A folder that is named in full; empty where there is none."""
    return next((part for part in glob.split("/") if part and not WILD.search(part)), "")
