"""The `data` probe: a YAML, JSON, TOML or INI file holds a value at a path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from readiness.globs import expand
from readiness.lazy import Lazy
from readiness.patterns import MAX_LINE, compile_pattern
from readiness.probes.base import Hit, Scope, Source, Triggers, detail
from readiness.probes.documents import Document
from readiness.probes.options import Options
from readiness.tuples import NamedTuple

Way = tuple[str, ...]
"""A path through a document: keys, `*` for any key or element, `**` for any depth."""
Tests = tuple[tuple[tuple[Way, ...], str], ...]
"""Paths, of which one must hold a scalar that matches the pattern."""
WORD = Lazy(r"[A-Za-z0-9_]+")
STEP = Lazy(r'"([^"]*)"|([^."]+)')
MAX_NODES = 200_000
MAX_STEPS = 60
"""How deep `**` goes."""
MAX_HITS = 200


class DataProbe(NamedTuple):
    """A value at one of `at` is there, and is what is asked. `doc` and `doc_not` ask the same
    document, `beside` and `beside_not` the mapping that holds the value."""

    scope: Scope
    at: tuple[Way, ...]
    matches: tuple[str, ...]
    unless: tuple[str, ...]
    equals: str | None
    least: float | None
    doc: Tests
    doc_not: Tests
    beside: Tests
    beside_not: Tests
    times: int


def read(options: Options) -> DataProbe:
    """The probe from its keys."""
    if not options.has("at"):
        options.fault("", "`at` is missing: the path of the value")
    probe = DataProbe(
        options.scope(),
        tuple(way for path in options.words("at") for way in _ways(path, options, "at")),
        options.patterns("matches"),
        options.patterns("unless"),
        options.scalar("equals"),
        options.figure("min"),
        _tests(options, "doc"),
        _tests(options, "doc_not"),
        _tests(options, "beside"),
        _tests(options, "beside_not"),
        options.number("times", 1, MAX_HITS, 1),
    )
    options.finish()
    return probe


def _tests(options: Options, key: str) -> Tests:
    return tuple((tuple(_ways(path, options, key)), pattern) for path, pattern in options.table(key))


def _ways(path: str, options: Options, key: str) -> Iterator[Way]:
    try:
        texts = expand(path)
    except ValueError as error:
        options.fault(key, str(error))
        return
    for text in texts:
        if STEP.sub("", text).strip(".") or not text or text.startswith(".") or ".." in text or text.endswith("."):
            options.fault(key, f'`{text[:80]}` is no path: keys joined by `.`, with `*`, `**` and `"quoted.keys"`')
            return
        yield tuple(("\0" + quoted) if quoted else plain for quoted, plain in STEP.findall(text))


def triggers(probe: DataProbe) -> Triggers:
    """Every literal key of a path must stand somewhere in the file."""
    return tuple(tuple(sorted({_trigger(s) for s in way if _literal(s)})) for way in probe.at)


def _trigger(step: str) -> str:
    known = _literal(step)
    return f"~{known}" if step == known and WORD.fullmatch(known) else f"={known}"


def _literal(step: str) -> str:
    """The longest part of a step that stands in the file as it is."""
    if step.startswith("\0"):
        return step[1:]
    return "" if step.isdigit() else max(re.split(r"[*?\[\]]", step), key=len)


def look(probe: DataProbe, source: Source) -> tuple[Hit, ...]:
    """The places in the file's documents that hold what is asked."""
    hits: dict[tuple[int, str], Hit] = {}
    for document in source.documents:
        if not _agrees(document.data, probe.doc, probe.doc_not, document.found):
            continue
        for way in probe.at:
            for place, value, holder in find(document.data, way, document.found):
                said = _judge(probe, value)
                if said is not None and _agrees(holder, probe.beside, probe.beside_not):
                    hit = _hit(source, document, place, value, said)
                    hits.setdefault((hit.line, hit.detail), hit)
                    if len(hits) >= MAX_HITS:
                        break
    return tuple(sorted(hits.values())) if len(hits) >= probe.times else ()


def _agrees(top: Any, wanted: Tests, unwanted: Tests, known: dict[Any, Any] | None = None) -> bool:
    """Whether each wanted test holds somewhere below `top`, and no unwanted one."""
    return all(_holds(top, ways, pattern, known) for ways, pattern in wanted) and not any(
        _holds(top, ways, pattern, known) for ways, pattern in unwanted
    )


def _holds(top: Any, ways: tuple[Way, ...], pattern: str, known: dict[Any, Any] | None) -> bool:
    expression = compile_pattern(pattern)
    values = (value for way in ways for _, value, _ in find(top, way, known))
    return any(expression.search(line) for value in values for line in _lines(value))


def _judge(probe: DataProbe, value: Any) -> str | None:
    """What was seen of a value that is what is asked; None where it is not."""
    if probe.least is not None:
        return str(value) if _number(value) is not None and (_number(value) or 0) >= probe.least else None
    if probe.equals is not None:
        return scalar(value) if scalar(value) == probe.equals else None
    if probe.matches:
        wanted = [compile_pattern(p) for p in probe.matches]
        unwanted = [compile_pattern(p) for p in probe.unless]
        for line in _lines(value):
            if any(p.search(line) for p in wanted) and not any(p.search(line) for p in unwanted):
                return line.decode("utf-8", "replace")
        return None
    if value in (None, "", [], {}) or (isinstance(value, str) and not value.strip()):
        return None
    if probe.unless and any(compile_pattern(p).search(line) for p in probe.unless for line in _lines(value)):
        return None
    return scalar(value) or ""


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def scalar(value: Any) -> str | None:
    """A scalar as YAML would write it; None for a mapping or a list."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else None if isinstance(value, dict | list) else str(value)


def _lines(value: Any) -> Iterator[bytes]:
    """What a pattern is asked of: a scalar's lines, a list's scalars, a mapping's keys. In text of
    several lines (a script) comment lines are left out and continued lines joined."""
    if isinstance(value, dict):
        values = [str(key) for key in value]
    elif isinstance(value, list):
        values = [text for v in value if (text := scalar(v)) is not None]
    else:
        values = [scalar(value) or ""]
    for text in values:
        if "\n" in text:
            joined = re.sub(r"\\\n\s*", " ", text)
            lines = [re.sub(r"(^|\s)#.*", "", line) for line in joined.split("\n")]
        else:
            lines = [text]
        for line in lines:
            yield line[:MAX_LINE].encode("utf-8", "replace")


Place = tuple[tuple[Any, ...], Any, Any]
"""Where a value stands, the value, and the mapping or list that holds it."""
Start = tuple[Any, int, tuple[Any, ...], Any]
"""A value, how many steps of a path have led to it, where it stands, and what holds it."""


def find(top: Any, way: Way, known: dict[Any, Any] | None = None) -> list[Place]:
    """Each value at a path. `known` keeps what has been found in the same document."""
    if known is None:
        return list(_follow([(top, 0, (), None)], way))
    if way not in known:
        known[way] = list(_follow(_starts(top, way, known), way))
    found: list[Place] = known[way]
    return found


def _starts(top: Any, way: Way, known: dict[Any, Any]) -> list[Start]:
    """Where to begin to follow a path. Where a key stands behind its first `**`, that is each place of the key which
    the steps before lead to, for to look through a large document anew for every path would take long."""
    deep = way.index("**") if "**" in way else len(way)
    key = way[deep + 1] if deep + 1 < len(way) else "**"
    if not all(map(_plain, (*way[:deep], key))):
        return [(top, 0, (), None)]
    keys = known.get("keys") or known.setdefault("keys", _index(top))
    head = [step.removeprefix("\0") for step in way[:deep]]
    return [
        (value, deep + 2, place, holder)
        for place, value, holder in reversed(keys.get(key.removeprefix("\0"), ()))
        if len(place) > deep and [scalar(step) for step in place[:deep]] == head
    ]


def _plain(step: str) -> bool:
    """Whether a step is a key without wildcards, and no number, which may stand for an element of a list."""
    return not step.isdigit() and not {"*", "?", "["} & set(step)


def _index(top: Any) -> dict[str, list[Place]]:
    """Every value of a document by the key that it stands at, from the top down."""
    keys: dict[str, list[Place]] = {}
    waiting: list[tuple[Any, tuple[Any, ...]]] = [(top, ())]
    visited = 0
    while waiting and visited < MAX_NODES:
        here, place = waiting.pop()
        visited += 1
        inner = []
        for key, value in _children(here) if len(place) <= MAX_STEPS else ():
            keys.setdefault(scalar(key) or "", []).append(((*place, key), value, here))
            if isinstance(value, dict | list):
                inner.append((value, (*place, key)))
        waiting.extend(reversed(inner))
    return keys


def _follow(waiting: list[Start], way: Way) -> Iterator[Place]:
    """The values at a path, from some places part of the way along it."""
    visited = 0
    seen: set[tuple[tuple[Any, ...], int]] = set()
    while waiting and visited < MAX_NODES:
        here, depth, place, holder = waiting.pop()
        visited += 1
        if depth == len(way):
            yield place, here, holder
            continue
        step = way[depth]
        if step == "**":
            if (place, depth) in seen or len(place) > MAX_STEPS:
                continue
            seen.add((place, depth))
            for key, value in reversed(_children(here)):
                waiting.append((value, depth, (*place, key), here))
            waiting.append((here, depth + 1, place, holder))
        elif isinstance(here, dict) and step in here:
            waiting.append((here[step], depth + 1, (*place, step), here))
        else:
            for key, value in reversed(_children(here)):
                if _fits(step, key):
                    waiting.append((value, depth + 1, (*place, key), here))


def _children(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _fits(step: str, key: Any) -> bool:
    if step == "*":
        return True
    if step.startswith("\0"):
        return bool(step[1:] == key)
    text = scalar(key) or ""
    return step == text or ("*" in step and isinstance(key, str) and fnmatchcase(text, step))


def _hit(source: Source, document: Document, place: tuple[Any, ...], value: Any, said: str) -> Hit:
    way = ".".join(str(step) for step in place)
    return Hit(source.path, document.line(place), detail(f"{way}: {said}" if said else way))
