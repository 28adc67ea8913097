"""Which probes a small tree may fulfil, told from tables alone: no probe is loaded, no pattern compiled.

Every probe is filed under the files that it asks, and each group of its triggers under one word, or part of a word,
without which the group cannot be fulfilled. What passes is loaded and asked in earnest; nothing that
a file could fulfil is held back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from readiness.globset import name_keys
from readiness.probes import Source, base
from readiness.repository import Repository

MAX_FILES = 400
MAX_BYTES = 1 << 20
"""What counts as a small tree: so many files, and so many bytes in those that some probe asks."""

Numbers = tuple[int, ...]


class Place(NamedTuple):
    """One way to be a file that the probes of a scope ask: a folder in its path, empty where any will
    do; and whether the scope takes tests, and prose."""

    folder: str
    tests: bool
    prose: bool
    scope: int


class Sieve(NamedTuple):
    """The tables. `words` and `parts` of words (in lower case) have the probes that they let through, `bare` those
    that nothing in particular lets through. `names` has the places by a key of a file's name, `scopes` the
    scope of each probe."""

    words: Mapping[bytes, Numbers]
    parts: Mapping[bytes, Numbers]
    bare: Numbers
    names: Mapping[str, tuple[Place, ...]]
    scopes: Numbers

    def possible(self, repository: Repository, paths: Sequence[str]) -> AbstractSet[int] | None:
        """The probes that some of these files may fulfil; None where there is too much to look at."""
        if len(paths) > MAX_FILES:
            return None
        seen: list[tuple[AbstractSet[int], frozenset[bytes]]] = []
        size = 0
        for path in paths:
            scopes: AbstractSet[int] = self._scopes(path)
            data = repository.peek(path) if scopes else None
            if data is not None:
                size += len(data)
                if size > MAX_BYTES:
                    return None
                seen.append((scopes, _words(Source(path, data))))
        everything = b" ".join(frozenset[bytes]().union(*(words for _, words in seen)))
        parts = [part for part in self.parts if part in everything]
        found: set[int] = set()
        for scopes, words in seen:
            text = b" ".join(words)
            let = [self.words[word] for word in self.words.keys() & words]
            let += [self.parts[part] for part in parts if part in text]
            found.update(number for number in set(self.bare).union(*let) if self.scopes[number] in scopes)
        return found

    def _scopes(self, path: str) -> set[int]:
        """The scopes that a path may lie in."""
        *folders, name = path.split("/")
        test, prose = base.is_test(path), base.is_prose(path)
        return {
            place.scope
            for key in name_keys(name)
            for place in self.names.get(key, ())
            if (not place.folder or place.folder in folders)
            and (place.tests or not test)
            and (place.prose or not prose)
        }


def _words(source: Source) -> frozenset[bytes]:
    """The words of a file in lower case; where lines are cut, also the words that the cuts leave."""
    text = source.searched
    if source.searched_cut is not text:
        text = text + b"\n" + source.searched_cut
    return frozenset(text.lower().translate(base.WORDS).split())
