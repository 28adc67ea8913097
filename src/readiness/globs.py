"""Globs over relative paths: `*`, `?`, `[..]`, `**` and `{a,b}`, and many of them at once.

`*` and `?` never match `/`; `**` matches any number of folders, none too. A glob is matched
against the whole path from the root, case-sensitively; a leading dot is nothing special.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

MAX_ALTERNATIVES = 1000
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
        return folders_fit(way, parts[:-1]) if parts else False
    return bool(parts) and fits(way[-1], parts[-1]) and folders_fit(way[:-1], parts[:-1])


def folders_fit(way: tuple[str, ...], parts: Sequence[str]) -> bool:
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
