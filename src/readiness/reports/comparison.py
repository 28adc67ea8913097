"""Two reports compared: what changed, and what moved each score, for a terminal, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from rich.text import Text

from readiness.model.comparison import Comparison, Parts, Turned
from readiness.reports import safe, words
from readiness.reports.json_text import dumps
from readiness.reports.markdown_tables import table
from readiness.reports.terminal.page import SHORT, Look, hanging, heading, look, rendered, text, wrapped

SCHEMA = "readiness/compare/v1"
CAUSES = ("project", "checklist", "time", "waivers")
PLACES = 2


def terminal(found: Sequence[Comparison], *, width: int = 80, colour: bool = False, ascii_only: bool = False) -> str:
    """The comparisons as text for a terminal."""
    at = look(width, ascii_only)
    return rendered((line for each in found for line in _page(each, at)), at.width, colour)


def markdown(found: Sequence[Comparison]) -> str:
    """The comparisons as GitHub Flavored Markdown."""
    return "\n".join(line for each in found for line in _lines(each)).rstrip("\n") + "\n"


def as_json(found: Sequence[Comparison]) -> str:
    """The comparisons for other programs; exact figures are written as fractions."""
    return dumps({"schema": SCHEMA, "comparisons": [_data(each) for each in found]})


def figure(value: Fraction | None, sign: bool = False) -> str:
    """A figure with at most two decimals, rounded towards zero; with its sign where it is a change."""
    if value is None:
        return "–"
    whole, rest = divmod(abs(value) * 10**PLACES // 1, 10**PLACES)
    shown = f"{whole}.{rest:0{PLACES}d}".rstrip("0").rstrip(".")
    if value and shown == "0":
        shown = "0.00…"
    return ("+" if value > 0 and sign else "-" if value < 0 else "") + shown


def _heading(found: Comparison) -> str:
    old, new = (f"{each.checklist}@{each.version} as of {each.as_of.isoformat()}" for each in (found.old, found.new))
    return f"{found.new.project}: {old} to {new}"


def _verdict(found: Comparison) -> str:
    def said(verdict: Any) -> str:
        if verdict.get("ready") is None:
            return "no verdict"
        state = "ready" if verdict["ready"] else "not ready"
        return f"{state} for {words.stage(str(verdict.get('target')))}, at {words.stage(str(verdict.get('stage')))}"

    before, after = said(found.old.verdict), said(found.new.verdict)
    return f"Verdict: {after}, as before." if before == after else f"Verdict: {after}; before: {before}."


def _remarks(found: Comparison) -> Iterator[str]:
    yield _verdict(found)
    if found.retargeted:
        yield f"The targets differ: both scores are figured up to {words.stage(str(found.target))}."
    if found.old.project != found.new.project:
        yield f"The reports are on two projects: {found.old.project} and {found.new.project}."
    if found.old.as_of > found.new.as_of:
        yield "The first report is the later one."


def _what(turned: Turned) -> str:
    old, new = (outcome.replace("_", " ") if outcome else "not asked" for outcome in (turned.old, turned.new))
    said = f"{old} to {new}" if old != new else new
    if turned.old_waived != turned.new_waived:
        said += ", waived now" if turned.new_waived else ", no longer waived"
    return said


def _moved(found: Comparison) -> list[Parts]:
    """The overall scores, and those of dimensions that changed."""
    return [p for p in found.scores if p.name == "overall" or p.old != p.new or any(_all(p))]


def _all(parts: Parts) -> tuple[Fraction | None, ...]:
    return (parts.project, parts.checklist, parts.time, parts.waivers)


# --------------------------------------------------------------------------- terminal


def _page(found: Comparison, at: Look) -> Iterator[Text]:
    yield from wrapped(text((at.show(_heading(found), SHORT * 2), "bold")), at.width)
    for remark in _remarks(found):
        yield from hanging(Text("  "), text(at.show(remark)), at.width)
    yield from heading("Scores", "the change, and what brought it about", at)
    yield text((f"  {'':<30}{'old':>8}{'new':>8}{'project':>9}{'checklist':>11}{'time':>8}", "dim"))
    for parts in _moved(found):
        name = at.show(f"{parts.name.replace('_', ' ')} {parts.kind}", 29)
        row = f"  {name:<30}{figure(parts.old):>8}{figure(parts.new):>8}"
        row += f"{figure(parts.project, True):>9}{figure(parts.checklist, True):>11}{figure(parts.time, True):>8}"
        yield text(row)
    yield from hanging(Text("  "), text(("A waiver moves no score.", "dim")), at.width)
    yield from heading("Controls", words.count(len(found.controls), "change"), at)
    for turned in found.controls:
        line = text((at.show(turned.control, SHORT), "cyan"), f": {_what(turned)}", (f"  ({turned.cause})", "dim"))
        yield from hanging(text(f"  {at.glyphs.bullet} "), line, at.width)
    yield Text()


# --------------------------------------------------------------------------- Markdown and JSON


def _lines(found: Comparison) -> Iterator[str]:
    yield f"## {safe.md(_heading(found))}\n"
    yield from (f"{safe.prose(remark)}\n" for remark in _remarks(found))
    rows = [
        (
            safe.md(f"{parts.name.replace('_', ' ')} {parts.kind}"),
            figure(parts.old),
            figure(parts.new),
            *(figure(part, True) for part in _all(parts)),
        )
        for parts in _moved(found)
    ]
    yield from table(("Score", "Old", "New", "Project", "Checklist", "Time", "Waivers"), rows, right=tuple(range(1, 7)))
    yield "\n### Controls\n"
    changes = [(safe.code(t.control), safe.md(_what(t)), t.cause) for t in found.controls]
    if not changes:
        yield "No outcome and no waiver changed.\n"
        return
    yield from table(("Control", "Change", "By"), changes)
    yield ""


def _data(found: Comparison) -> dict[str, Any]:
    def side(each: Any) -> dict[str, Any]:
        return {
            "checklist": {"id": each.checklist, "version": each.version, "digest": each.digest},
            "project": each.project,
            "as_of": each.as_of.isoformat(),
            "target": each.target,
            "verdict": dict(each.verdict),
        }

    return {
        "old": side(found.old),
        "new": side(found.new),
        "target": found.target,
        "retargeted": found.retargeted,
        "scores": [
            {
                "name": p.name,
                "kind": p.kind,
                **{key: None if (value := getattr(p, key)) is None else str(value) for key in ("old", "new", *CAUSES)},
            }
            for p in found.scores
        ],
        "controls": [turned._asdict() for turned in found.controls],
    }
