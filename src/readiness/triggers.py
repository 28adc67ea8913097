"""Triggers: what must stand in a file before a probe is worth asking of it.

`~word` is a whole word, `!word` one on a line that imports something, `=text` plain text,
`#pattern` one over the lines that define functions and classes, `?pattern` one that is asked
last, and anything else a pattern.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from readiness.patterns import compile_pattern
from readiness.probes import Source
from readiness.tuples import NamedTuple


class Group(NamedTuple):
    """What must all stand in a file that one probe may be asked of, the rarest kind first."""

    number: int
    imports: frozenset[bytes]
    words: frozenset[bytes]
    heads: tuple[str, ...]
    patterns: tuple[str, ...]
    last: tuple[str, ...]


Parts = tuple[frozenset[bytes], frozenset[bytes], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""The triggers of a group, sorted by kind."""


@lru_cache(maxsize=65536)
def sort_triggers(triggers: tuple[str, ...]) -> Parts:
    """The triggers of a group, sorted by kind."""
    kinds: dict[str, list[str]] = {"!": [], "~": [], "#": [], "?": [], "": []}
    for each in triggers:
        if each[0] in "!~#?":
            kinds[each[0]].append(each[1:])
        else:
            kinds[""].append(each)
    ordered = {kind: sorted(each, key=lambda text: (-len(text), text)) for kind, each in kinds.items()}
    return (
        frozenset(each.encode() for each in ordered["!"]),
        frozenset(each.encode() for each in ordered["~"]),
        tuple(ordered["#"]),
        tuple(ordered[""]),
        tuple(ordered["?"]),
    )


class Asked:
    """What is asked of one file one by one, each thing once. `needs` has for some patterns texts in
    lower case of which one must stand in the file: looking for those is cheaper than compiling a pattern."""

    def __init__(self, source: Source, needs: Mapping[str, tuple[bytes, ...]]) -> None:
        self._source = source
        self._needs = needs
        self._known: dict[str, bool] = {}

    def note(self, pattern: str) -> None:
        """Notes that a pattern matches."""
        self._known[pattern] = True

    def holds(self, group: Group) -> bool:
        """Whether everything in a group stands in the file."""
        return self._holds(group.imports, group.words, group.heads, group.patterns, group.last)

    def some(self, groups: Sequence[Parts] | None) -> bool:
        """Whether everything in some group stands in the file."""
        if groups is None:
            return True
        words = self._source.words
        for parts in groups:
            if parts[1] <= words and self._holds(*parts):  # most groups fail by their words
                return True
        return False

    def _holds(
        self,
        imports: frozenset[bytes],
        words: frozenset[bytes],
        heads: tuple[str, ...],
        patterns: tuple[str, ...],
        last: tuple[str, ...],
    ) -> bool:
        source = self._source
        if imports and not imports <= source.imported:
            return False
        if words and not words <= source.words:
            return False
        for pattern in heads:
            if not self._found(pattern, heads=True):
                return False
        # plain loops: this runs for every group that a file may hold
        for pattern in patterns:
            if not self._found(pattern):
                return False
        for pattern in last:
            if not self._found(pattern):
                return False
        return True

    @cached_property
    def _lower(self) -> bytes:
        return self._source.searched.lower()

    def _found(self, pattern: str, heads: bool = False) -> bool:
        key = "#" + pattern if heads else pattern
        known = self._known.get(key)
        if known is None:
            if pattern[0] == "=":
                known = pattern[1:].encode() in self._source.searched
            elif pattern in self._needs and not any(text in self._lower for text in self._needs[pattern]):
                known = False
            else:
                text = self._source.heads if heads else self._source.searched_cut
                known = compile_pattern(pattern).search(text) is not None
            self._known[key] = known
        return known
