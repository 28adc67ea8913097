"""Which probes a small tree may fulfil, told from tables alone: no probe is loaded, no pattern compiled.

Every probe is filed under the files that it asks, and each group of its triggers under one word, or part of a word,
without which the group cannot be fulfilled. What passes is loaded and asked in earnest; nothing that
a file could fulfil is held back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from readiness.globs import expand
from readiness.globset import folder_key, name_key, name_keys, split_glob
from readiness.literals import Literal, Needed, best, needed
from readiness.plan import Worked, last_part
from readiness.probes import Source, base
from readiness.probes.file import FileProbe
from readiness.repository import Repository, own_file

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
            scopes = self._scopes(path)
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


# --------------------------------------------------------------------------- making the tables


def make(probes: Sequence[Any], worked: Sequence[Worked]) -> Sieve:
    """The tables for some probes and the triggers that were worked out for them."""
    words: dict[bytes, set[int]] = {}
    parts: dict[bytes, set[int]] = {}
    bare: set[int] = set()
    common = Counter(word for groups in worked for group in groups or () for word in (*group[0], *group[1]))
    for number, groups in enumerate(worked):
        for wanted in [None] if groups is None else [_wanted(group, common) for group in groups]:
            for each in wanted or ():
                (words if each.whole else parts).setdefault(each.text.encode(), set()).add(number)
            if not wanted:
                bare.add(number)
    scopes: dict[Any, int] = {}
    names: dict[str, set[Place]] = {}
    for probe in probes:
        key = probe.scope, isinstance(probe, FileProbe)
        if key not in scopes:
            scopes[key] = len(scopes)
            for name, place in _places(probe, scopes[key]):
                names.setdefault(name, set()).add(place)
    return Sieve(
        {word: tuple(sorted(found)) for word, found in sorted(words.items())},
        {part: tuple(sorted(found)) for part, found in sorted(parts.items())},
        tuple(sorted(bare)),
        {name: tuple(sorted(found)) for name, found in sorted(names.items())},
        tuple(scopes[probe.scope, isinstance(probe, FileProbe)] for probe in probes),
    )


def _wanted(group: Any, common: Counter[bytes]) -> Needed | None:
    """What one of must stand in a file that fulfils a group: the word that fewest groups have, or what its rarest
    pattern needs."""
    imports, words, heads, patterns, last = group
    if imports or words:
        rarest = min(imports | words, key=lambda word: (common[word], -len(word), word))
        return frozenset({Literal(rarest.decode().lower(), True)})
    # the lines of definitions are cut, and so may be the last word of each
    cut = [frozenset(Literal(each.text, False) for each in found) for p in heads if (found := needed(p))]
    return best([*cut, *(needed(pattern) for pattern in (*patterns, *last))])


def _places(probe: Any, scope: int) -> Iterable[tuple[str, Place]]:
    for glob in probe.scope.files:
        prose = bool(last_part(glob)) or isinstance(probe, FileProbe)
        for each in expand(glob):
            folders, name = split_glob(each)
            yield name_key(name), Place(folder_key(folders), probe.scope.tests, prose, scope)
