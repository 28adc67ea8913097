"""Writes the pages of `docs/` that follow from the YAML: the practices, each checklist, and the worked examples.

    python tools/pages.py           # write what is not current
    python tools/pages.py --check   # write nothing; name what is not current, and exit 1

A page is generated whole, or holds generated blocks between `<!-- pages: NAME -->` and `<!-- /pages -->`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from page_blocks import BLOCKS
from page_checklist import NOTE, Versions, anchor, checklist_page, prose

from readiness import library
from readiness.model import DIMENSIONS, Checklist, Practice
from readiness.reports import conditions, safe, words
from readiness.rulers import Rulers
from readiness.shelves import numbers

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
HAND = ("README.md", "docs/README.md", "docs/scoring.md", "docs/description.md", "checklists/README.md")
"""The pages written by hand that may hold generated blocks."""
BLOCK = re.compile(r"(<!-- pages: ([a-z-]+) -->\n).*?(<!-- /pages -->)", re.DOTALL)


def main(arguments: list[str]) -> int:
    """Write the pages, or check them."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write(f"{__doc__}")
        return 2
    wanted = pages()
    stray = [path for path in sorted((DOCS / "checklists").glob("*.md")) if path not in wanted]
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in (*stale, *stray):
        sys.stdout.write(f"{path.relative_to(ROOT).as_posix()}\n")
    if arguments:
        return 1 if stale or stray else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8")
    for path in stray:
        path.unlink()
    return 0


def pages() -> dict[Path, str]:
    """Every page that is generated, or holds a generated block, as it must read."""
    practices, shelf = library.practices(), shipped()
    found = {DOCS / "practices.md": text_of(practices_page(practices, [versions[0] for versions in shelf]))}
    for versions in shelf:
        found[DOCS / "checklists" / f"{versions[0].id}.md"] = text_of(checklist_page(versions, practices))
    made: dict[str, str] = {}
    for name in HAND:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        for block in dict.fromkeys(found[1] for found in BLOCK.findall(text)):
            if block not in made:
                made[block] = text_of(BLOCKS[block]([versions[0] for versions in shelf]))
        if BLOCK.search(text):
            found[path] = BLOCK.sub(lambda match: f"{match[1]}\n{made[match[2]]}\n{match[3]}", text)
    return found


def shipped() -> list[Versions]:
    """The shipped checklists, `core` first, each in all its versions."""
    rulers = Rulers()
    places = sorted(rulers.places(), key=lambda place: numbers(place.version), reverse=True)
    ids = sorted({place.id for place in places}, key=lambda name: (name != "core", name))
    return [tuple(rulers.find(f"{p.id}@{p.version}").checklist for p in places if p.id == name) for name in ids]


def text_of(lines: Iterable[str]) -> str:
    """Lines as the text of a page, with no blank line doubled."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip()) + "\n"


# --------------------------------------------------------------------------- practices


def practices_page(practices: Mapping[str, Practice], checklists: list[Checklist]) -> Iterator[str]:
    """Every practice, by dimension."""
    judges = judged_by(checklists)
    yield from (NOTE.format(source="checklists/practices/"), "# Practices", "")
    yield (
        f"What a project does on its way to production: {len(practices)} practices, each answered once in the "
        "[description](description.md) and judged by any number of [checklists](README.md#checklists). "
        "Where nothing else is said, a practice is answered `yes`, `partial` or `no`, and no file shows it by itself: "
        "name evidence, or a person who attests it. `readiness explain ID` shows the same in a terminal."
    )
    for dimension in DIMENSIONS:
        own = [practice for practice in practices.values() if practice.dimension == dimension]
        yield from ("", f"**{dimension_title(dimension)}**: " + ", ".join(f"[`{p.id}`](#{p.id})" for p in own))
    for dimension in DIMENSIONS:
        yield from ("", f"## {dimension_title(dimension)}")
        yield from ("", f"Answered under `{dimension}:` in the description.")
        for practice in practices.values():
            if practice.dimension == dimension:
                yield from practice_entry(practice, judges.get(practice.id, []))


def dimension_title(id: str) -> str:
    """The name of one of the six dimensions."""
    return id.replace("_", " ").capitalize()


def practice_entry(practice: Practice, judges: list[str]) -> Iterator[str]:
    """One practice in full."""
    yield from ("", f"### `{practice.id}`", "", f"**{safe.md(practice.title)}.** {prose(practice.ask)}", "")
    yield f"- *partial*: {prose(practice.partial)}"
    yield f"- *yes*: {prose(practice.yes)}"
    if practice.kind in KINDS:
        yield f"- Answered by {KINDS[practice.kind]}"
    yield from (f"  - `{name}`: {prose(holds)}" for name, holds in practice.fields.items())
    if practice.applies_when is not None:
        yield f"- Applies {prose(conditions.facts(practice.applies_when))}"
    yield f"- Counts: {'; '.join(map(prose, practice.counts))}"
    yield f"- Does not count: {'; '.join(map(prose, practice.does_not_count))}"
    if practice.detectable:
        yield f"- In files: found by a detector; unanswered, that counts as `{words.LEVELS[practice.detected]}`"
    if practice.tools:
        yield f"- Tools: {', '.join(map(prose, practice.tools))}"
    yield f"- Judged by: {', '.join(judges) or 'no shipped checklist'}"


KINDS = {
    "measure": "a [measure](description.md#measures): a limit and an actual figure",
    "records": "[records](description.md#records), one for each thing it is about:",
}


def judged_by(checklists: list[Checklist]) -> dict[str, list[str]]:
    """Links to the controls that ask about each practice."""
    found: dict[str, list[str]] = {}
    for checklist in checklists:
        for control in checklist.controls:
            for name in dict.fromkeys(conditions.used(control.met_when)):
                link = f"[{checklist.id}: `{control.id}`](checklists/{checklist.id}.md#{anchor(control.id)})"
                found.setdefault(name, []).append(link)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
