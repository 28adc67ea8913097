"""The `text` probe: a line matches a pattern, and is no comment."""

from __future__ import annotations

from collections.abc import Iterator

from readiness.coarse import pieces
from readiness.patterns import Pattern, compile_pattern
from readiness.probes.base import Hit, Scope, Source, Triggers, detail
from readiness.probes.options import Options
from readiness.tuples import NamedTuple

MAX_SPAN = 60
MAX_HITS = 200


class TextProbe(NamedTuple):
    """A line, or up to `span` lines more, matches one of `matches` and none of `unless`;
    comments count only with `comments`; at least `times` such lines in the file."""

    scope: Scope
    matches: tuple[str, ...]
    unless: tuple[str, ...]
    comments: bool
    span: int
    times: int


def read(options: Options) -> TextProbe:
    """The probe from its keys: `files`, `except`, `tests`, `matches`, `unless`, `comments`, `span`, `times`."""
    if not options.has("matches"):
        options.fault("", "`matches` is missing: the pattern to look for")
    probe = TextProbe(
        options.scope(),
        options.patterns("matches"),
        options.patterns("unless"),
        options.flag("comments"),
        options.number("span", 1, MAX_SPAN, 0),
        options.number("times", 1, MAX_HITS, 1),
    )
    options.finish()
    return probe


def triggers(probe: TextProbe) -> Triggers:
    """Any of the patterns must match somewhere in the file."""
    return tuple(group for pattern in probe.matches for group in pieces(pattern))


def look(probe: TextProbe, source: Source) -> tuple[Hit, ...]:
    """The lines that match, at most a few more than asked for."""
    text = source.data if probe.comments else source.code
    unless = [compile_pattern(pattern) for pattern in probe.unless]
    found: dict[int, Hit] = {}
    for pattern in probe.matches:
        for line, start, end in _places(compile_pattern(pattern), text, probe.span):
            seen = text[start:end]
            if line not in found and not any(u.search(seen) for u in unless):
                found[line] = Hit(source.path, line, detail(seen))
                if len(found) >= MAX_HITS:
                    break
    return tuple(found[line] for line in sorted(found)) if len(found) >= probe.times else ()


def _places(pattern: Pattern, text: bytes, span: int) -> Iterator[tuple[int, int, int]]:
    """Each line on which a match begins: its number, and where the matching lines begin and end.

    The search runs over the whole text, which is fast; since a match may run over line ends there
    (`\\s` does), each place that it gives is asked again within the lines that may belong to it.
    """
    position, line, counted = 0, 1, 0
    while position <= len(text) and (match := pattern.search(text, position)):
        start = text.rfind(b"\n", 0, match.start()) + 1
        last = _line_end(text, max(match.start(), match.end() - 1))
        while start <= len(text):
            line += text.count(b"\n", counted, start)
            counted = start
            end = _window_end(text, start, span)
            within = pattern.search(text[start:end])
            if within and start + within.start() <= _line_end(text, start):
                yield line, start, _line_end(text, start + within.end()) if span else end
            start = _line_end(text, start) + 1
            if start > last:
                break
        position = start


def _line_end(text: bytes, position: int) -> int:
    end = text.find(b"\n", position)
    return len(text) if end < 0 else end


def _window_end(text: bytes, start: int, span: int) -> int:
    end = _line_end(text, start)
    for _ in range(span):
        if end >= len(text):
            break
        end = _line_end(text, end + 1)
    return end
