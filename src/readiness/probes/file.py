"""The `file` probe: a file is there and has content; with `words` or `section`, real prose."""

from __future__ import annotations

from readiness.patterns import compile_pattern, unanchored
from readiness.probes import prose
from readiness.probes.base import ALWAYS, Hit, Scope, Source, Triggers, detail
from readiness.probes.options import Options
from readiness.tuples import NamedTuple


class FileProbe(NamedTuple):
    """`words` is the least number of words of prose, in the whole file or, with `section`, below
    one heading that matches it."""

    scope: Scope
    words: int
    section: tuple[str, ...]


def read(options: Options) -> FileProbe:
    """The probe from its keys: `files`, `except`, `tests`, `words`, `section`."""
    probe = FileProbe(options.scope(), options.number("words", 1, 10_000, 0), options.patterns("section"))
    options.finish()
    return probe


def triggers(probe: FileProbe) -> Triggers:
    """A section's heading must stand somewhere; all else is asked of every file named."""
    return tuple((unanchored(pattern),) for pattern in probe.section) or ALWAYS


def look(probe: FileProbe, source: Source) -> tuple[Hit, ...]:
    """The file, where it has what is asked."""
    if not source.raw.strip():
        return ()
    if not probe.words and not probe.section:
        return (Hit(source.path, 0, "the file is there, with content"),)
    if not source.whole:
        return ()
    text = source.data.decode("utf-8", "replace")
    if not probe.section:
        count = prose.words(text)
        return (Hit(source.path, 0, f"{count} words of prose"),) if count >= probe.words else ()
    wanted = [compile_pattern(pattern) for pattern in probe.section]
    for section in prose.sections(text):
        if section.words >= max(probe.words, 1) and any(p.search(section.title.encode()) for p in wanted):
            return (Hit(source.path, section.line, detail(f"section “{section.title}”, {section.words} words")),)
    return ()
