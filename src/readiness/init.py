"""A first description of a repository, to be filled in from top to bottom.

Facts are guessed and marked as guesses; every question that the checklist has for such a project
is asked; nothing is answered and no evidence is named.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from readiness.condition import leaves
from readiness.judging.facts import holds
from readiness.loaders.detector import read_detector
from readiness.model import (
    DIMENSIONS,
    FACTS,
    LISTED_FACTS,
    Checklist,
    Condition,
    Control,
    Facts,
    Practice,
    Scan,
    Severity,
)
from readiness.repository import Repository
from readiness.scan import scan
from readiness.tuples import NamedTuple

WIDTH = 100
SCHEMA_FILE = ".readiness/project.schema.json"
"""Where the schema for editors lies, seen from the description."""
SEVERITIES = tuple(Severity)
MEANINGS = {
    "system": "what it is: predictive, generative or agentic (acts through tools)",
    "serving": "how its output is served, any of: online, batch, streaming, edge",
    "exposure": "who meets its output: internal, customers or public",
    "risk": "what a wrong output can do to people: minimal, limited or high (also where Art. 6 of the EU AI Act says)",
    "personal_data": "does it process data about people? true or false",
    "trains_model": "true: a model is trained here; false: it only calls a model made elsewhere",
    "retrieves": "does it search a corpus? none, open, or restricted (not everybody may read all of it)",
    "acts": "what it does in other systems by itself: none, reads or writes",
    "role": "who you are for the system, any of: provider (under your name), deployer (in your use)",
    "high_risk_by": "why its risk is high: product (EU AI Act, Annex I) or use_case (Annex III)",
    "interacts_with_people": "do people talk to it directly? true or false",
    "generates_content": "does it make sound, images, video or text? true or false",
    "biometric": "does it recognise emotions, or sort people by biometric data? true or false",
    "public_service": "a public body or service, credit scoring, or life or health insurance? true or false",
}


class Guess(NamedTuple):
    """A guessed fact: its value, why, and where that was seen."""

    value: Any
    because: str
    where: str


def guess(repository: Repository, entries: Iterable[Mapping[str, Any]]) -> Mapping[str, tuple[Guess, ...]]:
    """The guesses that hold in a repository. Of `serving` every one is kept, of another fact the
    first."""
    listed = list(entries)
    found = scan(repository, {str(number): read_detector(entry["detect"])[0] for number, entry in enumerate(listed)})
    result: dict[str, tuple[Guess, ...]] = {}
    for number, entry in enumerate(listed):
        hits, fact = found.get(str(number), ()), entry["fact"]
        if hits and (fact in LISTED_FACTS or fact not in result):
            where = f"{hits[0].path}:{hits[0].line}" if hits[0].line else hits[0].path
            result[fact] = (*result.get(fact, ()), Guess(entry["value"], entry["because"], _comment(where)))
    return result


def describe(
    name: str,
    checklist: Checklist,
    target: str | None,
    practices: Mapping[str, Practice],
    seen: Scan,
    guesses: Mapping[str, tuple[Guess, ...]],
    reference: str | None = None,
) -> tuple[str, int, int]:
    """The text of the description, the number of its questions, and how many of these practices the
    scan has found. `reference` is the path of a checklist that is named by one."""
    facts = _facts(guesses)
    asked = _asked(checklist, target, facts)
    lines = [*_head(name, checklist, target, guesses, reference)]
    for dimension in DIMENSIONS:
        own = [item for item in asked if practices[item].dimension == dimension]
        if own:
            lines += [
                "",
                "",
                f"# {'-' * 3} {dimension.replace('_', ' ')} {'-' * (WIDTH - len(dimension) - 7)}",
                f"{dimension}:",
            ]
            for item in own:
                lines += _question(practices[item], asked[item], seen)
    found = sum(bool(seen.found.get(item)) for item in asked)
    return "\n".join(lines) + "\n", len(asked), found


def _facts(guesses: Mapping[str, tuple[Guess, ...]]) -> Facts:
    return {
        fact: tuple(g.value for g in held) if fact in LISTED_FACTS else held[0].value for fact, held in guesses.items()
    }


def _conditions(control: Control) -> Iterator[Condition]:
    """The conditions over facts of a control: when it applies, and from when it counts."""
    held = (control.applies_when, *(start.when for start in control.enforce_from))
    yield from (condition for condition in held if condition is not None)


def _asked(checklist: Checklist, target: str | None, facts: Facts) -> dict[str, Control]:
    """The practices that the checklist asks of such a project up to the target, each with the first
    control that asks: by stage, then by severity."""
    stages = [stage.id for stage in checklist.stages]
    wanted = [
        control
        for control in checklist.controls
        if (target is None or control.stage in stages[: stages.index(target) + 1])
        and (control.applies_when is None or holds(control.applies_when, facts) is not False)
    ]
    wanted.sort(key=lambda c: (stages.index(c.stage) if c.stage else 0, SEVERITIES.index(c.severity)))
    result: dict[str, Control] = {}
    for control in wanted:
        for leaf in leaves(control.met_when):
            result.setdefault(leaf.practice, control)
    return result


# --------------------------------------------------------------------------- the text


def _head(
    name: str, checklist: Checklist, target: str | None, guesses: Mapping[str, tuple[Guess, ...]], reference: str | None
) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={SCHEMA_FILE}"
    yield "#"
    yield from _wrap(
        "A first description for `readiness assess`. Check the guessed facts, then answer from top to bottom. Behind a "
        "practice stands `yes`, `partial` or `no`, or a longer form, such as"
    )
    yield "#   on_call: {answer: yes, evidence: [docs/on-call.md], attested: {by: A. Person, date: 2026-01-31}}"
    yield "#   autoscaling: {not_applicable: a nightly job on one machine}"
    yield from _wrap("What stays empty is unknown, which is neither yes nor no. What the scan found counts by itself.")
    yield ""
    yield "readiness: 1"
    yield ""
    yield "project:"
    yield f"  name: {_scalar(name)}"
    yield "  # summary: what it does and for whom, in one sentence"
    yield "  # owner: the person or team that answers for it"
    yield ""
    yield "# What the project is. Facts decide which controls apply; one that is not stated takes nothing out."
    yield "facts:"
    decisive = {leaf.fact for c in checklist.controls for condition in _conditions(c) for leaf in leaves(condition)}
    for fact in FACTS:
        if fact in decisive or fact in guesses:
            yield from _fact(fact, guesses.get(fact, ()))
    yield ""
    yield "assess:"
    yield f"  checklist: {_scalar(reference or f'{checklist.id}@{checklist.version}')}"
    if target is not None:
        yield f"  target: {target}"


def _fact(fact: str, held: tuple[Guess, ...]) -> Iterator[str]:
    yield f"  # {MEANINGS[fact]}"
    if not held:
        yield f"  {fact}:"
        return
    values = [str(g.value).lower() if isinstance(g.value, bool) else str(g.value) for g in held]
    shown = f"[{', '.join(values)}]" if fact in LISTED_FACTS else values[0]
    for each in held:
        yield f"  # a guess: {each.because} ({each.where})"
    yield f"  {fact}: {shown}"


def _question(practice: Practice, control: Control, seen: Scan) -> Iterator[str]:
    yield ""
    yield f"  # {practice.title} ({control.severity}{f' at {control.stage}' if control.stage else ''})"
    yield from _wrap(practice.ask, 2)
    yield from _wrap(f"partial: {practice.partial}", 4)
    yield from _wrap(f"yes: {practice.yes}", 4)
    for hit in seen.found.get(practice.id, ())[:2]:
        where = f"{hit.path}:{hit.line}" if hit.line else f"{hit.path}"
        counts = f"counts as `{practice.detected.name.lower()}` by itself"
        yield f"  #   seen: {_comment(where)} ({_comment(hit.detail, 80)}); {counts}"
    if practice.kind == "measure":
        yield '  #   as figures: {unit: "...", max: 0, actual: 0, as_of: 2026-01-31}; `min` where more is better'
    if practice.kind == "records":
        yield f"  #   as a list: - {{{', '.join(f'{key}: ...' for key in practice.fields)}}}"
    yield f"  {practice.id}:"


def _wrap(text: str, indent: int = 0) -> Iterator[str]:
    """A comment in lines of at most `WIDTH`, two blanks before it where it stands in a dimension."""
    outer = "  " if indent else ""
    start = f"{outer}# {' ' * max(0, indent - 2)}"
    yield from textwrap.wrap(text, WIDTH, initial_indent=start, subsequent_indent=start, break_long_words=False)


def _comment(text: str, length: int = 160) -> str:
    """Text that stays on one line of a comment, without control characters."""
    flat = re.sub(r"\s+", " ", text)
    return "".join(c if c.isprintable() else "?" for c in flat)[:length]


def _scalar(text: str) -> str:
    """Text as a YAML scalar, quoted where it could be read as something else."""
    plain = re.fullmatch(r"[A-Za-z.][A-Za-z0-9_.@/-]*", text) and text.lower() not in (
        "null",
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
    )
    return text if plain else json.dumps(text)
