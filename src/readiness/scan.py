"""Detectors and a repository become hits: the only module that reads the tree for detectors.

Each file is read once. Its plan (`readiness.plan`) decides which probes it is worth; only for those
is a line located or anything parsed, and that at most once per file.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from readiness import probes
from readiness.condition import fold, leaves
from readiness.kept import Kept, Loaded
from readiness.model import Condition
from readiness.patterns import PatternSet
from readiness.plan import Plan, Planner, Sieved
from readiness.probes import Hit, Source, base
from readiness.probes.file import FileProbe
from readiness.probes.text import TextProbe
from readiness.repository import Repository, own_file

MAX_HITS = 5
"""How many hits are kept of one practice, and of one probe."""
MAX_PER_FILE = 2
MAX_WAITING = 60
"""How many hits of one probe may wait for the name that they need."""

__all__ = ["Hit", "find_in", "find_kept", "scan", "scan_kept"]

Progress = Callable[[int, int], None]
Lists = tuple[tuple[Hit, ...], ...]


def _never(_: bool) -> bool:
    """What `not` is worth before the last file has been seen."""
    return False


def scan(
    repository: Repository, detectors: Mapping[str, Condition], progress: Progress | None = None
) -> dict[str, tuple[Hit, ...]]:
    """Each practice that is present, with one to five hits sorted by path and line. `progress`
    is told now and then how many files of how many are done."""
    return _scan(repository, _bare(detectors), repository.files, progress)


def find_in(repository: Repository, detector: Condition, paths: Iterable[str]) -> tuple[Hit, ...]:
    """What some named files alone show of one practice; nothing where it is not present there."""
    return _scan(repository, _bare({"": detector}), tuple(sorted(set(paths))), None).get("", ())


def scan_kept(
    repository: Repository, kept: Kept, names: Iterable[str], progress: Progress | None = None, *, every: bool = False
) -> dict[str, tuple[Hit, ...]]:
    """What `scan` finds with the detectors of some names. Where the tree is small, only files that may
    show something are looked at, so that not all that is passed over gets counted, but with `every`."""
    paths = repository.files
    return _scan(repository, kept.load(names, repository, paths, every=every), paths, progress)


def find_kept(repository: Repository, kept: Kept, name: str, paths: Iterable[str]) -> tuple[Hit, ...]:
    """What `find_in` finds with a detector of this name."""
    sorted_ = tuple(sorted(set(paths)))
    return _scan(repository, kept.load([name], repository, sorted_, every=False), sorted_, None).get(name, ())


def _bare(detectors: Mapping[str, Condition]) -> Loaded:
    return Loaded(detectors, {leaf: leaf for tree in detectors.values() for leaf in leaves(tree)}, {}, None)


def _scan(
    repository: Repository, loaded: Loaded, paths: tuple[str, ...], progress: Progress | None
) -> dict[str, tuple[Hit, ...]]:
    if not loaded.probes:
        return {}
    with _uncollected():
        return _scan_files(repository, Scanner(loaded), loaded.conditions, paths, progress)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spares the collector of cycles, which would walk every syntax tree: they hold no cycles."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _scan_files(
    repository: Repository,
    scanner: Scanner,
    detectors: Mapping[str, Condition],
    paths: tuple[str, ...],
    progress: Progress | None,
) -> dict[str, tuple[Hit, ...]]:
    plans = scanner.planner.plans(paths)
    for done, (path, plan) in enumerate(plans):
        if progress and done % 256 == 0:
            progress(done, len(plans))
        scanner.visit(path, plan, repository)
    scanner.settle(repository, paths)
    found: dict[str, tuple[Hit, ...]] = {}
    for practice, condition in detectors.items():
        lists = fold(condition, scanner.hits, _all, _any, lambda held: () if held is None else None)
        if lists:
            found[practice] = _pick(lists)
    return found


def _all(parts: Iterator[Lists | None]) -> Lists | None:
    held: Lists = ()
    for part in parts:
        if part is None:
            return None
        held += part
    return held


def _any(parts: Iterator[Lists | None]) -> Lists | None:
    held = [part for part in parts if part is not None]
    return tuple(each for part in held for each in part) if held else None


def _pick(lists: Lists) -> tuple[Hit, ...]:
    """Up to five hits: first one of each probe that holds, then the others in turn."""
    picked: dict[tuple[str, int], Hit] = {}
    for turn in range(MAX_HITS):
        for hits in lists:
            if turn < len(hits) and len(picked) < MAX_HITS:
                picked.setdefault((hits[turn].path, hits[turn].line), hits[turn])
    return tuple(sorted(picked.values()))


class Scanner:
    """The probes of all detectors, each once, and what has been found for them so far.

    Once a detector holds, its probes are closed, which spares most of the looking: what a
    repository shows it mostly shows soon.
    """

    def __init__(self, loaded: Loaded) -> None:
        self._detectors = list(loaded.conditions.values())
        self._probes = list(loaded.probes.values())
        numbers = {leaf: number for number, leaf in enumerate(loaded.probes)}
        self._leaves = [{numbers[leaf] for leaf in leaves(tree) if leaf in numbers} for tree in self._detectors]
        self._used_by: list[set[int]] = [set() for _ in self._probes]
        for index, own in enumerate(self._leaves):
            for number in own:
                self._used_by[number].add(index)
        self._settled: set[int] = set()
        self._closed: set[int] = set()
        worked = {numbers[leaf]: worked for leaf, worked in loaded.worked.items()}
        self.planner = Planner(self._probes, worked, self._through(loaded, numbers))
        self._hits: list[list[Hit]] = [[] for _ in self._probes]
        self._by_leaf = {leaf: self._hits[number] for leaf, number in numbers.items()}
        self._waiting: list[list[Hit]] = [[] for _ in self._probes]

    @staticmethod
    def _through(loaded: Loaded, numbers: Mapping[Any, int]) -> Mapping[str, tuple[int, ...]] | None:
        """The probes that a sieve let through for each path, where it told."""
        if loaded.by_path is None:
            return None
        return {
            path: tuple(sorted(numbers[leaf] for leaf in leaves if leaf in numbers))
            for path, leaves in loaded.by_path.items()
        }

    def hits(self, leaf: Any) -> Lists | None:
        """What was found for a leaf, as one list; None where nothing was."""
        found = self._by_leaf.get(leaf)
        return (tuple(found),) if found else None

    def visit(self, path: str, plan: Plan | Sieved, repository: Repository) -> None:
        """Asks one file everything that concerns it."""
        loaded = repository.load(path)
        if (loaded.skipped and loaded.skipped != "large") or own_file(loaded.data):
            return
        source = Source(path, loaded.data, whole=not loaded.skipped)
        if not source.whole:
            for number in sorted(n for n in plan.always if isinstance(self._probes[n], FileProbe)):
                self._ask(number, source)
            return
        asked = self.planner.asked(source)
        for number in plan.possible(source, self._closed, asked):
            if (number not in self._closed or source.parsed) and self.planner.confirmed(number, asked):
                self._ask(number, source)
        if source.faults:
            repository.count_skipped(path, "unparsed")

    def _ask(self, number: int, source: Source) -> None:
        try:
            hits = probes.look(self._probes[number], source)
        except RecursionError:
            source.faults.append("nested too deeply")
            return
        kept = self._hits[number]
        firm = [hit for hit in hits if not hit.needs][: min(MAX_PER_FILE, MAX_HITS - len(kept))]
        if not firm:
            waiting = self._waiting[number]
            waiting.extend(hits[: MAX_WAITING - len(waiting)])
            return
        kept.extend(firm)
        if len(kept) >= MAX_HITS:
            self._closed.add(number)
        for index in self._used_by[number] - self._settled:
            if fold(self._detectors[index], lambda leaf: bool(self._by_leaf.get(leaf)), all, any, _never):
                self._settled.add(index)
                self._close(index)

    def _close(self, detector: int) -> None:
        """Spares the probes that no other detector needs and that have files parsed."""
        for number in self._leaves[detector]:
            simple = isinstance(self._probes[number], FileProbe | TextProbe)
            if self._used_by[number] <= self._settled and not simple:
                self._closed.add(number)

    def settle(self, repository: Repository, paths: tuple[str, ...]) -> None:
        """Decides the hits that wait for a name: they count where other code uses it."""
        open_ = [n for n in range(len(self._probes)) if not self._used_by[n] <= self._settled]
        names = sorted({hit.needs for n in open_ for hit in self._waiting[n]})
        if not names:
            return
        used = _uses_of(names, repository, paths)
        for number in open_:
            settled = [h._replace(needs="") for h in self._waiting[number] if used[h.needs] - {h.path}]
            self._hits[number][:] = sorted({*self._hits[number], *settled})[:MAX_HITS]


def _uses_of(names: list[str], repository: Repository, paths: tuple[str, ...]) -> dict[str, set[str]]:
    """For each name the first two files, tests aside, whose code uses it."""
    wanted = PatternSet([f"~{name}" for name in names])
    used: dict[str, set[str]] = {name: set() for name in names}
    for path in paths:
        if not path.endswith((".py", ".ipynb")) or base.is_test(path):
            continue
        source = Source(path, repository.read(path))
        for index in wanted.match(source.searched, source.searched_cut):
            name = names[index]
            if len(used[name]) < 2 and source.module is not None and source.module.referenced(name):
                used[name].add(path)
    return used
