"""Which probes a file is worth: by its path, and by what stands in its text.

The globs that a path matches decide which probes concern it. Each probe names the words and
patterns without which a file cannot fulfil it (its triggers, `readiness.triggers`). Imports and
words are answered by one dictionary for all probes, patterns by one automaton for each sort of
file; the rest is confirmed one by one, only where those are there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from readiness import probes
from readiness.condition import fold
from readiness.globs import WILD
from readiness.globset import Globs
from readiness.model import Condition
from readiness.patterns import PatternSet, expect
from readiness.probes import Source, base
from readiness.probes.file import FileProbe
from readiness.triggers import Asked, Group, Parts, sort_triggers
from readiness.tuples import NamedTuple

FEW = 3000
"""Where files times patterns are fewer than this, an automaton costs more than it saves."""
EXTRA = 16
"""How many patterns a known automaton may lack and still serve."""
FEW_WORDS = 24
"""Up to so many groups with words are asked one by one; beyond, a dictionary is cheaper."""


class Worked(NamedTuple):
    """The triggers of one probe. `groups` is None where it is asked of every file; `inner`, where the probe has
    parts, the condition over them, with the groups of each; `needs` has for some patterns texts in
    lower case of which one must stand where the pattern matches."""

    groups: tuple[Parts, ...] | None
    inner: Condition | None
    needs: Mapping[str, tuple[bytes, ...]] = {}


def worked_out(probe: Any) -> Worked:
    """The triggers of a probe."""
    return Worked(_sorted(probes.triggers(probe)), probes.inner(probe, _sorted))


def _sorted(found: probes.base.Triggers) -> tuple[Parts, ...] | None:
    return None if () in found else tuple(sort_triggers(tuple(each)) for each in found)


class Index:
    """The groups of every probe, each filed under what is rarest in it."""

    def __init__(self) -> None:
        self.imports: dict[bytes, list[Group]] = {}
        self.words: dict[bytes, list[Group]] = {}
        self.heads: dict[str, list[Group]] = {}
        self.patterns: dict[str, list[Group]] = {}
        self.head_set: PatternSet | None = None
        self._heads: tuple[str, ...] = ()

    def add(self, groups: Sequence[Group]) -> None:
        """Files the groups, each with words under the one that fewest others have too."""
        count = Counter(word for group in groups for word in (group.imports or group.words))
        for group in groups:
            if group.imports or group.words:
                key = min(group.imports or group.words, key=lambda word: (count[word], -len(word), word))
                (self.imports if group.imports else self.words).setdefault(key, []).append(group)
            elif group.heads:
                self.heads.setdefault(group.heads[0], []).append(group)
            elif group.patterns:
                self.patterns.setdefault(group.patterns[0], []).append(group)
        self._heads = tuple(sorted(self.heads))
        self.head_set = PatternSet(self._heads) if self._heads else None

    def defined(self, source: Source) -> Iterable[Group]:
        """The groups whose definitions a file may hold."""
        if self.head_set is not None and source.heads:
            for index in self.head_set.match(source.heads):
                yield from self.heads[self._heads[index]]


class Sorts(NamedTuple):
    """The groups of one probe by how they are found: through imports and words, through a
    definition, through a pattern, or not at all."""

    worded: tuple[Group, ...]
    defines: bool
    patterns: tuple[str, ...]
    bare: tuple[Group, ...]


def sort_groups(groups: Sequence[Group]) -> Sorts:
    """The groups of one probe, sorted."""
    rest = [group for group in groups if not (group.imports or group.words)]
    return Sorts(
        tuple(group for group in groups if group.imports or group.words),
        any(group.heads for group in rest),
        tuple(group.patterns[0] for group in rest if group.patterns and not group.heads),
        tuple(group for group in rest if not (group.heads or group.patterns)),
    )


class Plan:
    """What to ask of the files that the same probes concern."""

    def __init__(self, numbers: tuple[int, ...], sorts: Sequence[Sorts | None], index: Index) -> None:
        self.numbers = frozenset(numbers)
        self.always = frozenset(n for n in numbers if sorts[n] is None)
        self._index = index
        own = [found for n in numbers if (found := sorts[n]) is not None]
        worded = [group for each in own for group in each.worded]
        self._alone = [group for each in own for group in each.bare]
        self._few = worded if len(worded) <= FEW_WORDS else []
        self._many = len(worded) > FEW_WORDS
        self._defines = any(each.defines for each in own)
        self.patterns = frozenset(pattern for each in own for pattern in each.patterns)
        self._set: PatternSet | None = None
        self._of_set: tuple[str, ...] = ()
        self._lacking: tuple[str, ...] = tuple(sorted(self.patterns))

    def use(self, made: PatternSet, of_set: tuple[str, ...]) -> None:
        """Gives the plan an automaton; patterns that it lacks are asked one by one."""
        self._set, self._of_set = made, of_set
        self._lacking = tuple(sorted(self.patterns.difference(of_set)))

    def possible(self, source: Source, closed: AbstractSet[int], asked: Asked) -> list[int]:
        """The probes that the file may fulfil, but for those that are closed, in their order."""
        found = set(self.always - closed)
        open_ = self.numbers - closed - found
        for group in self._groups(source, asked):
            if group.number in open_ and asked.holds(group):
                found.add(group.number)
                open_ = open_ - {group.number}
        return sorted(found)

    def _groups(self, source: Source, asked: Asked) -> Iterable[Group]:
        """The groups whose rarest part the file holds."""
        index = self._index
        if self._many:
            for word in index.imports.keys() & source.imported:
                yield from index.imports[word]
            for word in index.words.keys() & source.words:
                yield from index.words[word]
        yield from self._few
        if self._defines:
            yield from index.defined(source)
        if self._set is not None:
            for number in self._set.match(source.searched, source.searched_cut):
                pattern = self._of_set[number]
                asked.note(pattern)
                yield from index.patterns.get(pattern, ())
        for pattern in self._lacking:
            yield from index.patterns[pattern]
        yield from self._alone


class Sieved:
    """What to ask of a file of which a sieve has told what it may fulfil: those few probes, one by one."""

    def __init__(self, numbers: tuple[int, ...], worked: Mapping[int, Worked]) -> None:
        self._groups = [(number, worked[number].groups) for number in numbers]
        self.always = frozenset(number for number, groups in self._groups if groups is None)

    def possible(self, source: Source, closed: AbstractSet[int], asked: Asked) -> list[int]:
        """The probes that the file may fulfil, but for those that are closed, in their order."""
        return [number for number, groups in self._groups if number not in closed and asked.some(groups)]


class Concern:
    """Which probes concern a file, by its path."""

    def __init__(self, asked: Sequence[Any]) -> None:
        self._probes = asked
        self._globs = Globs()
        self._by_glob: dict[int, list[tuple[int, str]]] = {}
        for number, probe in enumerate(asked):
            for glob in probe.scope.files:
                self._by_glob.setdefault(self._globs.add(glob), []).append((number, last_part(glob)))
        self._excepted = [frozenset(self._globs.add(g) for g in probe.scope.excepted) for probe in asked]
        self._numbers: dict[tuple[frozenset[int], bool, bool, str], tuple[int, ...]] = {}

    def concerned(self, path: str) -> tuple[int, ...]:
        """The probes whose files a path is one of."""
        matched = self._globs.match(path)
        if not matched:
            return ()
        instructions = path.rpartition("/")[2] if base.is_instructions(path) else ""
        key = (matched, base.is_test(path), base.is_prose(path), instructions)
        if key not in self._numbers:
            self._numbers[key] = self._choose(*key)
        return self._numbers[key]

    def _choose(self, matched: frozenset[int], test: bool, prose: bool, instructions: str) -> tuple[int, ...]:
        found = set()
        for glob in matched:
            for number, last in self._by_glob.get(glob, ()):
                probe = self._probes[number]
                if (test and not probe.scope.tests) or (instructions and last != instructions):
                    continue
                if (last or not prose or isinstance(probe, FileProbe)) and self._excepted[number].isdisjoint(matched):
                    found.add(number)
        return tuple(sorted(found))


class Planner:
    """The plans for the files of a tree. `known` holds triggers that were worked out before, by the
    number of the probe; `through` has the probes that a sieve let through for each path, where there was one."""

    def __init__(
        self, asked: Sequence[Any], known: Mapping[int, Worked], through: Mapping[str, tuple[int, ...]] | None
    ) -> None:
        self._probes = asked
        self._known = dict(known)
        self._needs = {pattern: texts for each in known.values() for pattern, texts in each.needs.items()}
        expect(self._needs)
        self._through = through
        self._sets: list[tuple[frozenset[str], tuple[str, ...], PatternSet]] = []

    def plans(self, paths: Iterable[str]) -> Sequence[tuple[str, Plan | Sieved]]:
        """Each file that some probe concerns, with its plan."""
        if self._through is not None:
            through = self._through
            return [(path, Sieved(numbers, self._known)) for path in paths if (numbers := through.get(path))]
        concerned = Concern(self._probes).concerned
        wanted = [(path, numbers) for path in paths if (numbers := concerned(path))]
        counts = Counter(numbers for _, numbers in wanted)
        sorts: list[Sorts | None] = [None] * len(self._probes)
        every: list[Group] = []
        index = Index()
        for number in sorted({number for numbers in counts for number in numbers}):
            parts = self._worked(number).groups
            if parts is not None:
                groups = [Group(number, *each) for each in parts]
                sorts[number] = sort_groups(groups)
                every += groups
        index.add(every)
        plans = {numbers: Plan(numbers, sorts, index) for numbers in counts}
        for numbers, count in sorted(counts.items(), key=lambda item: (-item[1] * len(item[0]), item[0])):
            self._equip(plans[numbers], count)
        return [(path, plans[numbers]) for path, numbers in wanted]

    def _worked(self, number: int) -> Worked:
        if number not in self._known:
            self._known[number] = worked_out(self._probes[number])
        return self._known[number]

    def asked(self, source: Source) -> Asked:
        """What is asked of a file, to be handed to `possible` and `confirmed`."""
        return Asked(source, self._needs)

    def confirmed(self, number: int, asked: Asked) -> bool:
        """Whether a file that a probe is possible in may fulfil the probe's parts too."""
        inner = self._worked(number).inner
        return inner is None or fold(inner, asked.some, all, any, _always)

    def _equip(self, plan: Plan, count: int) -> None:
        """Gives a plan an automaton, where one is worth it: a known one that fits, or its own."""
        patterns = plan.patterns
        if len(patterns) * count < FEW:
            return
        for known, listed, made in self._sets:
            if len(patterns - known) <= EXTRA and len(known) <= 2 * len(patterns) + 50:
                plan.use(made, listed)
                return
        listed = tuple(sorted(patterns))
        made = PatternSet(listed)
        self._sets.append((patterns, listed, made))
        plan.use(made, listed)


def _always(_: bool) -> bool:
    """What `not` is worth before a file has been looked at."""
    return True


def last_part(glob: str) -> str:
    """The literal letters of a glob's last part, empty where it names nothing in particular;
    the part itself where it has no wildcard."""
    last = glob.rpartition("/")[2]
    if not WILD.search(last) and "{" not in last:
        return last
    return "".join(char for char in last if char.isalnum())
