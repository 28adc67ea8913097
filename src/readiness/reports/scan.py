"""What a scan found, as terminal text, Markdown or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from readiness.model import Evidence, Practice, Scan
from readiness.reports.markdown_tables import table
from readiness.reports.safe import code, md, plain
from readiness.reports.words import count

SCHEMA = "readiness/scan/v1"
REASONS = {
    "binary": ("binary file", "binary files"),
    "large": ("file over the size limit", "files over the size limit"),
    "vendored": ("vendored or built folder", "vendored or built folders"),
    "ignored": ("file or folder left out by .gitignore", "files or folders left out by .gitignore"),
    "nested": ("repository inside the repository", "repositories inside the repository"),
    "outside": ("link that leaves the root", "links that leave the root"),
    "linked": ("link to a folder", "links to folders"),
    "special": ("device, pipe or socket", "devices, pipes or sockets"),
    "unreadable": ("file or folder that could not be read", "files or folders that could not be read"),
    "unparsed": (
        "file that does not parse, looked at as text alone",
        "files that do not parse, looked at as text alone",
    ),
    "minified": ("minified file", "minified files"),
    "generated": ("generated file", "generated files"),
}
"""What was left out, in words: one, and several."""


def as_json(scan: Scan) -> str:
    """The scan as JSON, with every practice that has a detector."""
    practices = {p.id: _practice(scan.found.get(p.id, ())) for p in sorted(scan.practices, key=lambda p: p.id)}
    data = {
        "schema": SCHEMA,
        "practices": practices,
        "files": scan.files,
        "skipped": dict(sorted(scan.skipped.items())),
    }
    return json.dumps(data, indent=2, ensure_ascii=True) + "\n"


def _practice(found: tuple[Evidence, ...]) -> dict[str, Any]:
    evidence = [{"path": hit.path, "line": hit.line, "detail": hit.detail} for hit in found]
    return {"present": bool(found), "evidence": evidence}


def as_markdown(scan: Scan) -> str:
    """The scan as GitHub Flavored Markdown: one table for each dimension."""
    lines = [
        "<!-- readiness-report: readiness/scan/v1 -->",
        "",
        "## What the repository shows",
        "",
        f"{_summary(scan)}",
    ]
    for dimension, practices in groupby(scan.practices, key=lambda p: p.dimension):
        rows = [_row(practice, scan.found.get(practice.id, ())) for practice in practices]
        lines += ["", f"### {md(title(dimension))}", "", *table(("Practice", "Found", "Where", "What was seen"), rows)]
    lines += ["", *(f"- {line}" for line in skipped(scan))]
    return "\n".join(lines).rstrip("\n") + "\n"


def _row(practice: Practice, found: tuple[Evidence, ...]) -> tuple[str, ...]:
    where = "<br>".join(code(place(hit)) for hit in found) or "–"
    seen = "<br>".join(md(hit.detail) for hit in found)
    return f"{md(practice.title)} {code(practice.id)}", "yes" if found else "no", where, seen


def as_text(scan: Scan, *, width: int = 80, colour: bool = False, ascii_only: bool = False) -> str:
    """The scan for a terminal, grouped by dimension."""
    from readiness.reports.terminal.page import look, rendered

    return rendered(_page(scan, look(width, ascii_only)), max(width, 60), colour)


def _page(scan: Scan, at: Any) -> Iterator[Any]:
    from readiness.reports.terminal.page import hanging, heading, text

    yield text((at.show(_summary(scan)), "bold"))
    for dimension, group in groupby(scan.practices, key=lambda p: p.dimension):
        practices = list(group)
        there = sum(bool(scan.found.get(p.id)) for p in practices)
        yield from heading(title(dimension), f"{there} of {len(practices)}", at)
        for practice in practices:
            found = scan.found.get(practice.id, ())
            sign, style = (at.glyphs.yes, "green") if found else (at.glyphs.dot, "dim")
            yield text("  ", (sign, style), " ", (at.show(practice.id), "" if found else "dim"))
            for hit in found:
                yield from hanging(
                    text("      "), text((at.show(place(hit)), "cyan"), "  ", at.show(hit.detail)), at.width
                )
    notes = skipped(scan)
    if notes:
        yield from heading("Not looked at", "", at)
        for note in notes:
            yield from hanging(text(f"  {at.glyphs.bullet} "), text(at.show(note)), at.width)


def _summary(scan: Scan) -> str:
    there = sum(map(bool, scan.found.values()))
    return f"{there} of {len(scan.practices)} practices that leave traces were found in {count(scan.files, 'file')}."


def skipped(scan: Scan) -> list[str]:
    """What was left out, one line a reason."""
    found = [
        (number, REASONS.get(reason, (reason, reason))) for reason, number in sorted(scan.skipped.items()) if number
    ]
    return [f"{number} {one if number == 1 else several}" for number, (one, several) in found]


def place(hit: Evidence) -> str:
    """Where a hit is: `path:line`, or the path alone for a whole file."""
    path = plain(hit.path or "")
    return f"{path}:{hit.line}" if hit.line else path


def title(dimension: str) -> str:
    """A dimension's id as a heading."""
    return dimension.replace("_", " ").capitalize()
