"""Globs over relative paths: `*`, `?`, `[..]`, `**` and `{a,b}`, and many of them at once.

`*` and `?` never match `/`; `**` matches any number of folders, none too. A glob is matched
against the whole path from the root, case-sensitively; a leading dot is nothing special.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

MAX_ALTERNATIVES = 1000
OFTEN = 20
"""From so many questions on, compiling an expression pays."""
WILD = re.compile(r"[*?\[]")


def expand(pattern: str) -> tuple[str, ...]:
    """The alternatives of `{a,b}` written out: `*.{yml,yaml}` gives `*.yml` and `*.yaml`.

    A brace without a partner or without a comma stands for itself.
    """
    done: list[str] = []
    open_: list[str] = [pattern]
    while open_:
        text = open_.pop()
        found = _first_group(text)
        if found is None:
            done.append(text)
        else:
            start, end, parts = found
            open_.extend(text[:start] + part + text[end:] for part in reversed(parts))
        if len(done) + len(open_) > MAX_ALTERNATIVES:
            raise ValueError(f"`{pattern[:60]}` has more than {MAX_ALTERNATIVES} alternatives")
    return tuple(done)


def _first_group(text: str) -> tuple[int, int, list[str]] | None:
    """The first `{..}` that holds a comma: its start, its end and its parts."""
    start = text.find("{")
    while start >= 0:
        depth, last, parts = 0, start + 1, list[str]()
        for index in range(start, len(text)):
            char = text[index]
            depth += (char == "{") - (char == "}")
            if (char == "," and depth == 1) or depth == 0:
                parts.append(text[last:index])
                last = index + 1
            if depth == 0:
                break
        if depth == 0 and len(parts) > 1:
            return start, last, parts
        start = text.find("{", start + 1)
    return None


FEW_STARS = 3
"""A glob with more wildcards than this never becomes an expression, which could take very long."""


def stars(glob: str) -> int:
    """How many wildcards of any length a glob has."""
    return glob.replace("**", "*").count("*")


def to_regex(glob: str) -> str:
    """A glob without braces and sets as an expression for the whole path."""
    out = []
    parts = glob.split("/")
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if part == "**":
            out.append(r"[\s\S]*" if last else r"(?:[^/]+/)*")
        else:
            one = "".join({"*": "[^/]*", "?": "[^/]"}.get(char) or re.escape(char) for char in part)
            out.append(one if last else f"{one}/")
    return "".join(out)


class Glob:
    """One glob, braces allowed, to be matched against whole paths.

    Matching takes time in proportion to the lengths of path and glob, whatever stands in the glob:
    nothing is tried twice, so that a glob from outside cannot hang a run.
    """

    def __init__(self, pattern: str) -> None:
        self._ways = [tuple(way.split("/")) for way in expand(pattern)]

    def fullmatch(self, path: str) -> bool:
        """Whether the whole path matches."""
        parts = path.split("/")
        return any(follow(way, parts) for way in self._ways)


def follow(way: tuple[str, ...], parts: Sequence[str]) -> bool:
    """Whether the parts of a glob match the parts of a path. `**` stands for any number of folders;
    at the end of a glob, for everything below."""
    if way and way[-1] == "**":
        return _folders(way, parts[:-1]) if parts else False
    return bool(parts) and fits(way[-1], parts[-1]) and _folders(way[:-1], parts[:-1])


def _folders(way: tuple[str, ...], parts: Sequence[str]) -> bool:
    """Whether folders match: all places in the glob that they can have led to are kept in step."""
    places = _skip({0}, way)
    for part in parts:
        stay = {place for place in places if place < len(way) and way[place] == "**"}
        onward = {place + 1 for place in places - stay if place < len(way) and fits(way[place], part)}
        places = _skip(stay | onward, way)
        if not places:
            return False
    return len(way) in places


def _skip(places: set[int], way: tuple[str, ...]) -> set[int]:
    """The places, and those behind each `**`, which may stand for nothing."""
    found = set(places)
    for place in places:
        while place < len(way) and way[place] == "**":
            place += 1
            found.add(place)
    return found


def fits(glob: str, text: str) -> bool:
    """Whether one part of a glob, without braces and without `/`, matches one part of a path."""
    if "?" in glob or "[" in glob:
        return _walk(_tokens(glob), text)
    first, *inner = glob.split("*")
    if not inner:
        return glob == text
    last = inner.pop()
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    here, end = len(first), len(text) - len(last)
    for piece in inner:
        here = text.find(piece, here, end)
        if here < 0:
            return False
        here += len(piece)
    return True


Token = str | tuple[bool, frozenset[str], tuple[tuple[str, str], ...]]
"""`*`, `?`, a letter behind a backslash, or a set: whether it is negated, its letters and its ranges."""


@lru_cache(maxsize=1024)
def _tokens(glob: str) -> tuple[Token, ...]:
    found: list[Token] = []
    here = 0
    while here < len(glob):
        end = glob.find("]", here + 2) if glob[here] == "[" else -1
        if end > 0:
            found.append(_set(glob[here + 1 : end]))
            here = end
        elif glob[here] in "*?":
            found.append(glob[here])
        else:
            found.append("\\" + glob[here])
        here += 1
    return tuple(found)


def _set(body: str) -> Token:
    negated = body[0] in "!^"
    body = body[negated:]
    ranges = tuple((body[i - 1], body[i + 1]) for i in range(1, len(body) - 1) if body[i] == "-")
    return negated, frozenset(body) if not ranges else frozenset(re.sub(r".-.", "", body)), ranges


def _one(token: Token, char: str) -> bool:
    if isinstance(token, str):
        return token == "?" or token[1:] == char
    negated, letters, ranges = token
    return negated != (char in letters or any(low <= char <= high for low, high in ranges))


def _walk(tokens: tuple[Token, ...], text: str) -> bool:
    """The usual walk for wildcards: where it fails, only the last `*` takes one letter more."""
    at = here = 0
    star = held = -1
    while here < len(text):
        if at < len(tokens) and tokens[at] == "*":
            star, held = at, here
            at += 1
        elif at < len(tokens) and _one(tokens[at], text[here]):
            at += 1
            here += 1
        elif star >= 0:
            held += 1
            at, here = star + 1, held
        else:
            return False
    return all(token == "*" for token in tokens[at:])


@lru_cache(maxsize=1024)
def compile_glob(pattern: str) -> Glob:
    """One glob, braces allowed."""
    return Glob(pattern)


class Globs:
    """Many globs asked of many paths.

    A glob is split into its folders and its name. Which folder parts match is worked out once for
    each folder of the tree, which name parts once for each name; both are found through the
    literal text in them, so that few expressions are ever tried.
    """

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._names = _Parts(_name_key)
        self._folders = _Parts(_folder_key)
        self._globs: dict[int, list[tuple[int, int]]] = {}

    def add(self, pattern: str) -> int:
        """Adds a glob; gives the number by which `match` reports it."""
        if pattern in self._ids:
            return self._ids[pattern]
        number = self._ids[pattern] = len(self._ids)
        for glob in expand(pattern):
            folders, _, name = glob.rpartition("/")
            if name == "**":
                folders, name = (f"{folders}/**" if folders else "**"), "*"
            known = self._names.add(name)
            self._globs.setdefault(known, []).append((self._folders.add(f"{folders}/" if folders else ""), number))
        return number

    def match(self, path: str) -> frozenset[int]:
        """The numbers of the globs that match the path."""
        folder, slash, name = path.rpartition("/")
        folders = self._folders.match(folder + slash, folder.split("/"))
        named = self._names.match(name, (name, name[:3], "." + name.rpartition(".")[2]))
        return frozenset(n for part in named for inner, n in self._globs[part] if inner in folders)


class _Parts:
    """Globs for one part of a path, found by a literal text that `key` names for each."""

    def __init__(self, key: Callable[[str], str]) -> None:
        self._key = key
        self._ids: dict[str, int] = {}
        self._by_key: dict[str, list[tuple[str, int]]] = {}
        self._known: dict[str, frozenset[int]] = {}
        self._asked: Counter[str] = Counter()
        self._made: dict[str, re.Pattern[str]] = {}

    def add(self, glob: str) -> int:
        if glob not in self._ids:
            self._ids[glob] = len(self._ids)
            self._by_key.setdefault(self._key(glob), []).append((glob, self._ids[glob]))
            self._known.clear()
        return self._ids[glob]

    def match(self, text: str, keys: Iterable[str]) -> frozenset[int]:
        known = self._known.get(text)
        if known is None:
            candidates = [each for key in {"", *keys} for each in self._by_key.get(key, ())]
            known = frozenset(n for glob, n in candidates if self._fits(glob, text))
            self._known[text] = known
        return known

    def _fits(self, glob: str, text: str) -> bool:
        """Whether a part matches. One that is asked often becomes an expression, where that is safe."""
        if glob == text or glob in ("*", "**/"):
            return True
        made = self._made.get(glob)
        if made is not None:
            return made.fullmatch(text) is not None
        self._asked[glob] += 1
        if self._asked[glob] == OFTEN and "[" not in glob and stars(glob) <= FEW_STARS:
            self._made[glob] = re.compile(to_regex(glob))
        return _fits(glob, text)


def _fits(glob: str, text: str) -> bool:
    """Whether a name, or folders that end in `/`, match their part of a glob."""
    if glob[-1:] != "/":
        return fits(glob, text)
    return _folders(tuple(glob[:-1].split("/")), text.split("/")[:-1])


def _name_key(glob: str) -> str:
    """A literal name, a literal ending, or the first three letters; empty where there is none."""
    if not WILD.search(glob):
        return glob
    ending = "." + glob.rpartition(".")[2]
    if "." in glob and not WILD.search(ending):
        return ending
    return "" if WILD.search(glob[:3]) or len(glob) < 3 else glob[:3]


def _folder_key(glob: str) -> str:
    """A folder that is named in full; empty where there is none."""
    return next((part for part in glob.split("/") if part and not WILD.search(part)), "")
