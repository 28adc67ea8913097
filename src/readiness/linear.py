"""Patterns in time linear in the text, for where google-re2 is missing and `re` could hang.

`re` needs exponential time only where a repeat stands inside a repeat, or a repeat over
alternatives. Such patterns run here as a set of states, from the parse tree of `re` itself; they
see lines of bounded length, since `text` looks at windows and everything else at single scalars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from readiness.tuples import NamedTuple

from re import _constants as sre  # type: ignore[attr-defined]  # isort: skip
from re import _parser as parser  # type: ignore[attr-defined]  # isort: skip

REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)
MAX_STATES = 20_000
ENDLESS = re.compile(rb"\[(?:\\s\\S|\\S\\s|\\w\\W|\\d\\D|\^(?:[^\]\\]|\\.)*)\](?:\*|\+|\{\d+,\})")
"""A repeat over nearly every byte, line ends too (but for a class that names them)."""
WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
CLASSES = {
    sre.CATEGORY_DIGIT: frozenset(b"0123456789"),
    sre.CATEGORY_SPACE: frozenset(b" \t\n\r\f\v"),
    sre.CATEGORY_WORD: WORD,
}
ALL = frozenset(range(256))
NEGATED = {
    sre.CATEGORY_NOT_DIGIT: ALL - CLASSES[sre.CATEGORY_DIGIT],
    sre.CATEGORY_NOT_SPACE: ALL - CLASSES[sre.CATEGORY_SPACE],
    sre.CATEGORY_NOT_WORD: ALL - WORD,
}


def risky(source: bytes) -> bool:
    """Whether `re` could need more than linear time by much: a repeat inside a repeat, more than
    two open repeats in a row, or one that runs on over line ends."""
    if any(rb"\n" not in found[0] for found in ENDLESS.finditer(source)):
        return True
    tree = parser.parse(source)
    return _nested(tree, inside=False) or _open_repeats(tree) > 2


def _nested(tree: Any, *, inside: bool) -> bool:
    for op, value in tree:
        repeat = op in REPEATS and value[1] > 1
        if repeat and inside and value[0] != value[1]:
            return True
        if op is sre.BRANCH and inside:
            return True
        if any(_nested(part, inside=inside or repeat) for part in _parts(op, value)):
            return True
    return False


def _open_repeats(tree: Any) -> int:
    count = 0
    for op, value in tree:
        inner = [_open_repeats(part) for part in _parts(op, value)]
        count += (op in REPEATS and value[1] > 20) + (max(inner) if op is sre.BRANCH else sum(inner))
    return count


def _parts(op: Any, value: Any) -> tuple[Any, ...]:
    if op in REPEATS:
        return (value[2],)
    if op is sre.SUBPATTERN:
        return (value[3],)
    return tuple(value[1]) if op is sre.BRANCH else ()


class Found(NamedTuple):
    """Where a match begins and ends."""

    first: int
    last: int

    def start(self) -> int:
        """The first place of the match."""
        return self.first

    def end(self) -> int:
        """The place after the match."""
        return self.last


class Linear:
    """A compiled pattern; `search` finds the leftmost match, and its shortest end."""

    def __init__(self, source: bytes) -> None:
        self._flags = re.compile(source).flags
        self._states: list[tuple[str, Any, int]] = []
        self._start = self._sequence(parser.parse(source), self._add("match", None, -1))
        self._closure = lru_cache(maxsize=20_000)(self._close)

    def _add(self, kind: str, value: Any, following: int) -> int:
        if len(self._states) > MAX_STATES:
            raise ValueError("the pattern is too large")
        self._states.append((kind, value, following))
        return len(self._states) - 1

    def _sequence(self, tree: Any, following: int) -> int:
        for op, value in reversed(list(tree)):
            following = self._node(op, value, following)
        return following

    def _node(self, op: Any, value: Any, following: int) -> int:
        if op in REPEATS:
            return self._repeat(value, following)
        if op is sre.SUBPATTERN:
            return self._sequence(value[3], following)
        if op is sre.BRANCH:
            return self._add("split", tuple(self._sequence(part, following) for part in value[1]), -1)
        if op is sre.AT:
            return self._add("at", value, following)
        return self._add("byte", self._bytes(op, value), following)

    def _repeat(self, value: Any, following: int) -> int:
        least, most, body = value
        if most is sre.MAXREPEAT:
            loop = self._add("split", (), -1)
            inner = self._sequence(body, loop)
            self._states[loop] = ("split", (inner, following), -1)
            following = loop
        else:
            for _ in range(most - least):
                following = self._add("split", (self._sequence(body, following), following), -1)
        for _ in range(least):
            following = self._sequence(body, following)
        return following

    def _bytes(self, op: Any, value: Any) -> frozenset[int]:
        if op is sre.ANY:
            return ALL if self._flags & re.DOTALL else ALL - {10}
        if op is sre.LITERAL:
            return self._cased({value})
        if op is sre.NOT_LITERAL:
            return ALL - self._cased({value})
        members: set[int] = set()
        negate = False
        for kind, item in value:
            if kind is sre.NEGATE:
                negate = True
            elif kind is sre.LITERAL:
                members.add(item)
            elif kind is sre.RANGE:
                members.update(range(item[0], item[1] + 1))
            else:
                members |= CLASSES.get(item) or NEGATED[item]
        found = self._cased(members)
        return ALL - found if negate else found

    def _cased(self, members: set[int]) -> frozenset[int]:
        if not self._flags & re.IGNORECASE:
            return frozenset(members)
        return frozenset(members | {ord(chr(m).swapcase()) for m in members if chr(m).isascii()})

    def search(self, text: bytes, pos: int = 0, endpos: int | None = None) -> Found | None:
        """The leftmost match: one pass finds where the first one ends, others where it begins."""
        for start in self._starts(text, pos):
            end = self._run(text, start)
            if end is not None:
                return Found(start, end)
        return None

    def _starts(self, text: bytes, pos: int) -> Iterator[int]:
        """The places where a match may begin: on the line where the first match of all ends, and
        before it, from the left."""
        end = self._run(text, pos, anywhere=True)
        if end is not None:
            yield from range(max(pos, end - 8 * 2000), end + 1)

    def _run(self, text: bytes, pos: int, *, anywhere: bool = False) -> int | None:
        current = frozenset({self._start})
        for at in range(pos, len(text) + 1):
            before, after = text[at - 1] if at else None, text[at] if at < len(text) else None
            context = (_end(before), _end(after), _in_word(before), _in_word(after))
            reached, matched = self._closure(current, context)
            if matched:
                return at
            if after is None or (not reached and not anywhere):
                return None
            current = self._step(reached, after, anywhere)
        return None

    def _step(self, reached: frozenset[int], byte: int, anywhere: bool) -> frozenset[int]:
        following = {self._states[s][2] for s in reached if byte in self._states[s][1]}
        if anywhere:
            following.add(self._start)
        return frozenset(following)

    def _close(self, current: frozenset[int], context: tuple[bool, bool, bool, bool]) -> tuple[frozenset[int], bool]:
        """The byte states that can be reached without a byte, and whether the match is one."""
        waiting, seen, reached, matched = list(current), set(current), set(), False
        while waiting:
            state = waiting.pop()
            kind, value, following = self._states[state]
            nexts: tuple[int, ...] = ()
            if kind == "match":
                matched = True
            elif kind == "byte":
                reached.add(state)
            elif kind == "split":
                nexts = value
            elif _holds(value, context):
                nexts = (following,)
            waiting += [n for n in nexts if n not in seen]
            seen.update(nexts)
        return frozenset(reached), matched


def _end(byte: int | None) -> bool:
    return byte is None or byte == 10


def _in_word(byte: int | None) -> bool:
    return byte is not None and byte in WORD


def _holds(at: Any, context: tuple[bool, bool, bool, bool]) -> bool:
    starts, ends, left, right = context
    if at is sre.AT_BOUNDARY:
        return left != right
    if at is sre.AT_NON_BOUNDARY:
        return left == right
    return starts if at in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING) else ends
