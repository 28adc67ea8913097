"""Detectors are brought into the form in which a compiled shelf keeps them: what `kept` and `sieve` read."""

from __future__ import annotations

import pickle
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from readiness.condition import leaves
from readiness.globs import expand
from readiness.globset import folder_key, name_key, split_glob
from readiness.kept import Kept, Pieces
from readiness.literals import Literal, Needed, best, needed
from readiness.model import Condition
from readiness.plan import Worked, last_part, worked_out
from readiness.probes import Scope
from readiness.probes.file import FileProbe
from readiness.sieve import Place, Sieve
from readiness.triggers import Parts

Groups = tuple[Parts, ...] | None
TEXTS = (str, bytes, frozenset)


def keep(detectors: Mapping[str, Condition]) -> Kept:
    """The detectors in the form in which they are kept."""
    numbers: dict[Any, int] = {}
    for condition in detectors.values():
        for leaf in leaves(condition):
            numbers.setdefault(leaf, len(numbers))
    worked = [_with_needs(worked_out(probe), probe) for probe in numbers]
    return Kept(
        make_sieve(tuple(numbers), [each.groups for each in worked]),
        {name: tuple(dict.fromkeys(numbers[leaf] for leaf in leaves(tree))) for name, tree in detectors.items()},
        {name: pickle.dumps(_numbered(tree, numbers), protocol=5) for name, tree in detectors.items()},
        Pieces.of([pickle.dumps(shared(each, {}), protocol=5) for each in zip(numbers, worked, strict=True)]),
    )


def _with_needs(worked: Worked, probe: Any) -> Worked:
    """The same with what the patterns of a probe and of its triggers need."""
    every = [worked.groups, *(leaves(worked.inner) if worked.inner else ())]
    patterns = {pattern for groups in every for group in groups or () for kind in group[2:] for pattern in kind}
    asked = sorted({each for each in patterns if each[0] != "="} | set(_patterns(probe)))
    found = {pattern: needed(pattern) for pattern in asked}
    return worked._replace(
        needs={
            pattern: tuple(sorted(each.text.encode() for each in texts)) for pattern, texts in found.items() if texts
        }
    )


def shared(value: Any, seen: dict[Any, Any]) -> Any:
    """The same value, in which equal texts, and equal groups of texts, are one: a pickle holds each once, which makes
    it half as large and twice as fast to read."""
    if isinstance(value, dict):
        return {shared(key, seen): shared(each, seen) for key, each in value.items()}
    if isinstance(value, tuple):
        made = tuple.__new__(type(value), [shared(each, seen) for each in value])
        # no figures: 1 and True are equal
        return seen.setdefault((type(made), made), made) if all(type(each) in TEXTS for each in made) else made
    return seen.setdefault((type(value), value), value) if type(value) in TEXTS else value


def _patterns(value: Any) -> Iterator[str]:
    """Every text in a probe that may be one of its patterns; of other texts nobody asks what they need."""
    if isinstance(value, str):
        with suppress(re.error):
            re.compile(value)
            if value and value[0] not in "=~":
                yield value
    elif isinstance(value, tuple) and not isinstance(value, Scope):
        for each in value:
            yield from _patterns(each)


def _numbered(condition: Condition, numbers: Mapping[Any, int]) -> Condition:
    if condition.op == "leaf":
        return Condition("leaf", (), numbers[condition.leaf])
    return Condition(condition.op, tuple(_numbered(part, numbers) for part in condition.parts))


# --------------------------------------------------------------------------- the sieve


def make_sieve(probes: Sequence[Any], worked: Sequence[Groups]) -> Sieve:
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
    excepted: dict[int, tuple[tuple[str, str], ...]] = {}
    for probe in probes:
        key = probe.scope, isinstance(probe, FileProbe)
        if key not in scopes:
            scopes[key] = len(scopes)
            for name, place in _places(probe, scopes[key]):
                names.setdefault(name, set()).add(place)
            if probe.scope.excepted:
                excepted[scopes[key]] = tuple(
                    split_glob(each) for glob in probe.scope.excepted for each in expand(glob)
                )
    return Sieve(
        {word: tuple(sorted(found)) for word, found in sorted(words.items())},
        {part: tuple(sorted(found)) for part, found in sorted(parts.items())},
        tuple(sorted(bare)),
        {name: pickle.dumps(tuple(sorted(found, key=repr)), protocol=5) for name, found in sorted(names.items())},
        excepted,
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
        last = last_part(glob)
        prose = bool(last) or isinstance(probe, FileProbe)
        for each in expand(glob):
            folders, name = split_glob(each)
            held = max(re.split(r"[*?]", name.partition("[")[0]), key=len)
            yield name_key(name), (folder_key(folders), folders, name, held, probe.scope.tests, prose, last, scope)
