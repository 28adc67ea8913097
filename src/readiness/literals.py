"""What must stand in a text before a pattern can match it: words, and parts of words, in lower case.

Worked out once, when the shelf is compiled. A run on a small tree then knows which probes are worth loading
before it has compiled a single pattern.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from readiness.tuples import NamedTuple

from re import _constants as sre  # type: ignore[attr-defined]  # isort: skip
from re import _parser as parser  # type: ignore[attr-defined]  # isort: skip

MOST = 64
"""How many spellings of one place in a pattern are followed."""
SHORTEST = 2
EDGE = "\0"
"""Stands for a place that no word runs across: an anchor, a blank, a sign."""
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)
_EDGES = (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING, sre.AT_END, sre.AT_END_STRING, sre.AT_BOUNDARY)


class Literal(NamedTuple):
    """A text without anything but letters, digits and `_`. Where it is not `whole`, it may be part of a word."""

    text: str
    whole: bool


Needed = frozenset[Literal]
"""Texts of which one must be there."""


def needed(pattern: str) -> Needed | None:
    """What one of must stand in a text that a pattern matches (or that holds the plain text after `=`); None
    where nothing in particular must."""
    if pattern[0] == "=":
        return _token({pattern[1:]})
    return best(_sequence(parser.parse(pattern)))


def best(found: Iterable[Needed | None]) -> Needed | None:
    """Of several demands the one that the fewest texts will meet."""
    return max((each for each in found if each), key=_worth, default=None)


def _worth(wanted: Needed) -> tuple[float, int]:
    return min(len(each.text) + each.whole for each in wanted), -len(wanted)


def _sequence(items: Any) -> list[Needed | None]:
    """The demands of patterns in a row."""
    found: list[Needed | None] = []
    runs: set[str] = {""}
    for item in items:
        spelled = _spellings(item)
        if spelled is not None and len(runs) * len(spelled) <= MOST:
            runs = {run + each for run in runs for each in spelled}
            continue
        found.append(_token(runs))
        runs = {""} if spelled is None else spelled
        if spelled is None:
            found.append(_inside(item))
    return [*found, _token(runs)]


def _spellings(item: Any) -> set[str] | None:
    """All that a pattern can match, None where that is too much to follow."""
    op, value = item
    if op is sre.LITERAL:
        return {chr(value)} if value < 128 else {EDGE}
    if op is sre.AT:
        return {EDGE} if value in _EDGES else None
    if op is sre.IN:
        return _class(value)
    if op is sre.SUBPATTERN:
        return _joined(value[3])
    if op is sre.BRANCH:
        ways = [_joined(each) for each in value[1]]
        return None if None in ways else {text for way in ways for text in way or ()}
    if op in _REPEATS:
        once = _joined(value[2])
        if once is not None and value[:2] == (0, 1):
            return {"", *once}
        if once == {EDGE} and value[0] > 0:
            return once
    return None


def _class(items: Any) -> set[str] | None:
    """The characters of a class; EDGE for those that are no part of a word."""
    found = set()
    for op, value in items:
        if op is sre.LITERAL:
            found.add(chr(value) if _is_word(chr(value)) else EDGE)
        elif op is sre.CATEGORY and value in (sre.CATEGORY_SPACE, sre.CATEGORY_NOT_WORD):
            found.add(EDGE)
        else:
            return None
    return found if len(found) <= 4 else None


def _joined(items: Any) -> set[str] | None:
    """All that patterns in a row can match."""
    runs: set[str] = {""}
    for item in items:
        spelled = _spellings(item)
        if spelled is None or len(runs) * len(spelled) > MOST:
            return None
        runs = {run + each for run in runs for each in spelled}
    return runs


def _inside(item: Any) -> Needed | None:
    """The demand of a pattern that cannot be spelled out."""
    op, value = item
    if op is sre.SUBPATTERN:
        return best(_sequence(value[3]))
    if op in _REPEATS and value[0] > 0:
        return best(_sequence(value[2]))
    if op is sre.BRANCH:
        ways = [best(_sequence(each)) for each in value[1]]
        return None if None in ways else frozenset[Literal]().union(*(way for way in ways if way))
    return None


def _token(runs: set[str]) -> Needed | None:
    """The longest word of each of these texts."""
    found = [_longest(run) for run in runs]
    return None if None in found else frozenset(each for each in found if each)


def _longest(run: str) -> Literal | None:
    plain = "".join(char if _is_word(char) else EDGE for char in run).lower()
    longest: Literal | None = None
    place = 0
    for text in plain.split(EDGE):
        whole = place > 0 and place + len(text) < len(plain)
        place += len(text) + 1
        if len(text) >= SHORTEST and (longest is None or len(text) > len(longest.text)):
            longest = Literal(text, whole)
    return longest


def _is_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "_")
