"""Which probes a small tree may fulfil, told from tables alone: no probe is loaded, no pattern compiled.

Every probe is filed under the files that it asks, and each group of its triggers under one word, or part of a word,
without which the group cannot be fulfilled. What passes is loaded and asked in earnest; nothing that
a file could fulfil is held back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from readiness.files import loads
from readiness.globset import ALL, name_keys, part_fits
from readiness.probes import Source, base
from readiness.repository import Repository
from readiness.tuples import NamedTuple

MAX_FILES = 400
MAX_BYTES = 1 << 20
"""What counts as a small tree: so many files, and so many bytes in those that some probe asks."""

Numbers = tuple[int, ...]
Known = dict[tuple[str, str], bool]
"""Whether a glob matches a part of a path, as far as that was asked."""


Place = tuple[str, str, str, str, bool, bool, str, int]
"""One way to be a file that the probes of a scope ask, as `plan` has it: a folder that must be in its path, empty
where any will do; a glob for its folders, one for its name, and a text that such a name holds; whether tests are
asked, whether prose, and the name that instructions must have; the scope."""


class Sieve(NamedTuple):
    """The tables. `words` and `parts` of words (in lower case) have the probes that they let through, `bare` those
    that nothing in particular lets through. `names` has pickles of the places by a key of a file's name, `excepted`
    the globs of scopes that leave files out, and `scopes` the scope of each probe."""

    words: Mapping[bytes, Numbers]
    parts: Mapping[bytes, Numbers]
    bare: Numbers
    names: Mapping[str, bytes]
    excepted: Mapping[int, tuple[tuple[str, str], ...]]
    scopes: Numbers

    def possible(self, repository: Repository, paths: Sequence[str]) -> Mapping[str, AbstractSet[int]] | None:
        """The probes that each of these files may fulfil; None where there is too much to look at."""
        if len(paths) > MAX_FILES:
            return None
        seen: list[tuple[str, AbstractSet[int], frozenset[bytes]]] = []
        size = 0
        places: dict[str, tuple[Place, ...]] = {}
        known: dict[tuple[str, str], bool] = {}
        for path in paths:
            for key in name_keys(path.rpartition("/")[2]) & self.names.keys() - places.keys():
                places[key] = loads(self.names[key])
            scopes = self._scopes(path, places, known)
            data = repository.peek(path) if scopes else None
            if data is not None:
                size += len(data)
                if size > MAX_BYTES:
                    return None
                seen.append((path, scopes, _words(Source(path, data))))
        everything = b" ".join(frozenset[bytes]().union(*(words for _, _, words in seen)))
        begin = {everything[at : at + 3] for at in range(len(everything))}
        parts = [p for p in self.parts if (len(p) < 3 or (p[:3] in begin and p[-3:] in begin)) and p in everything]
        found = {}
        for path, scopes, words in seen:
            text = b" ".join(words)
            let = [self.words[word] for word in self.words.keys() & words]
            let += [self.parts[part] for part in parts if part in text]
            found[path] = {number for number in set(self.bare).union(*let) if self.scopes[number] in scopes}
        return found

    def _scopes(self, path: str, places: Mapping[str, tuple[Place, ...]], known: Known) -> AbstractSet[int]:
        """The scopes that a path lies in."""
        above, slash, name = path.rpartition("/")
        inside = {"", *above.split("/")}
        above += slash
        test, prose, told = base.is_test(path), base.is_prose(path), base.is_instructions(path)
        found = set()
        for key in name_keys(name):
            for folder, folders, own, held, tests, proses, last, scope in places.get(key, ()):
                if (
                    held in name
                    and folder in inside
                    and (tests or not test)
                    and (proses or not prose)
                    and (not told or last == name)
                    and scope not in found
                    and _fits(own, name, known)
                    and _fits(folders, above, known)
                ):
                    found.add(scope)
        excepting = found & self.excepted.keys()
        return found - {scope for scope in excepting if self._excepts(scope, above, name, known)}

    def _excepts(self, scope: int, above: str, name: str, known: Known) -> bool:
        return any(_fits(folders, above, known) and _fits(own, name, known) for folders, own in self.excepted[scope])


def _fits(glob: str, text: str, known: Known) -> bool:
    """Whether a part of a path matches a glob; many scopes share one, and many files a folder."""
    if glob in ALL or glob == text:
        return True
    key = glob, text
    fits = known.get(key)
    if fits is None:
        fits = known[key] = part_fits(glob, text)
    return fits


def _words(source: Source) -> frozenset[bytes]:
    """The words of a file in lower case; where lines are cut, also the words that the cuts leave."""
    text = source.searched
    if source.searched_cut is not text:
        text = text + b"\n" + source.searched_cut
    return frozenset(text.lower().translate(base.WORDS).split())
