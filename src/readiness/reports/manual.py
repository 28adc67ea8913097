"""The manual in the terminal: the page of a practice, of a control, and of a checklist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.cells import set_cell_size
from rich.text import Text

from readiness.model import Checklist, Control, Dimension, Practice, Proof, Severity
from readiness.reports import conditions, words
from readiness.reports.terminal.page import (
    LONG,
    SHORT,
    Look,
    Span,
    hanging,
    heading,
    labelled,
    look,
    rendered,
    text,
    wrapped,
)

LABEL = 14
MORE = LONG * 4
"""A manual's sentences are cut only where they are far too long."""


def explain(
    control: Control | None,
    practice: Practice | None,
    checklist: Checklist,
    practices: Mapping[str, Practice],
    *,
    width: int = 80,
    colour: bool = False,
    ascii_only: bool = False,
) -> str:
    """The pages of one id: of the control that bears it, of the practice that bears it, or of both."""
    at = look(width, ascii_only)
    return rendered(_pages(control, practice, checklist, practices, at), at.width, colour)


def _pages(
    control: Control | None,
    practice: Practice | None,
    checklist: Checklist,
    practices: Mapping[str, Practice],
    at: Look,
) -> Iterator[Text]:
    if control is not None:
        yield from control_page(control, checklist, practices, at)
    if control is not None and practice is not None:
        yield Text()
        yield text((at.glyphs.rule * min(at.width, 80), "dim"))
    if practice is not None:
        yield from practice_page(practice, checklist, at)


def _field(label: str, body: str, at: Look) -> Iterator[Text]:
    if body.strip():
        yield from labelled(label, at.show(body, MORE), at.width, indent=2, label_width=LABEL)


def _listed(label: str, entries: Iterable[str], at: Look) -> Iterator[Text]:
    for number, entry in enumerate(entries):
        start = f"  {label if number == 0 else '':<{LABEL}}"
        first = text((start, "dim"), f"{at.glyphs.bullet} ")
        yield from hanging(first, text(at.show(entry, MORE)), at.width)


def _title(title: str, id: str, note: str, at: Look) -> Iterator[Text]:
    yield from wrapped(text((at.show(title, SHORT), "bold")), at.width)
    about = text("  ", (at.show(id, SHORT), "cyan"), (f" {at.glyphs.dot} {at.show(note)}", "dim"))
    yield from wrapped(about, at.width)


# --------------------------------------------------------------------------- a control


def control_page(control: Control, checklist: Checklist, practices: Mapping[str, Practice], at: Look) -> Iterator[Text]:
    """What a control asks, of whom, with which proof, why, and how to get there."""
    note = f"a control of {checklist.id}@{checklist.version}, {_dimension(control.dimension, checklist)}"
    yield from _title(control.title, control.id, note, at)
    yield Text()
    stage = f" at {words.stage(control.stage)}" if control.stage is not None else ""
    yield from _field("Severity", f"{words.SEVERITIES[control.severity]}{stage}", at)
    yield from _field("Applies", conditions.facts(control.applies_when), at)
    if control.enforce_from:
        yield from _field("Counts from", f"{conditions.counts_from(control)}; advisory before", at)
    yield from _field("Since", f"version {control.since}" if control.since else "", at)
    if not control.waivable:
        yield from _field("Waivers", "none excuses it", at)
    yield from _field("Met when", conditions.practices(control.met_when), at)
    yield from _field("Proof asked", _proof(control, checklist), at)
    yield from _field("Effort", control.effort, at)
    yield from _field("Do first", ", ".join(control.needs), at)
    yield Text()
    yield from _field("Why", control.why, at)
    yield from _field("How to fix it", control.fix, at)
    yield from _listed("References", (f"{s.source}: {s.id}" if s.id else s.source for s in control.references), at)
    yield from _history(control, checklist, at)
    asked = [practices[name] for name in dict.fromkeys(conditions.used(control.met_when)) if name in practices]
    for practice in asked:
        if practice.id != control.id:
            yield from heading(at.show(practice.title, SHORT), at.show(practice.id, SHORT), at)
            yield from _levels(practice, at)


def _history(control: Control, checklist: Checklist, at: Look) -> Iterator[Text]:
    """Which checklist defined a control, where others extend it, and what they changed."""
    if not checklist.layers:
        return
    defined = "" if control.history[:1] and control.history[0].change == "added" else checklist.layers[-1]
    steps = [f"{step.checklist} {step.change}: {step.because}" for step in control.history]
    yield from _listed("History", ([f"{defined} defined it"] if defined else []) + steps, at)


def _proof(control: Control, checklist: Checklist) -> str:
    said = f"{words.PROOFS[control.proof]}: {words.PROOFS_EXPLAINED[control.proof]}."
    if control.proof is Proof.VERIFIED:
        said += " Of a practice that files cannot show, a named person's word is asked."
    if control.max_age is not None:
        return f"{said} Dated evidence may be {words.count(control.max_age, 'day')} old at most."
    if checklist.attestation_age is not None:
        return f"{said} An attestation may be {words.count(checklist.attestation_age, 'day')} old at most."
    return said


def _dimension(id: str, checklist: Checklist) -> str:
    return next((dimension.title for dimension in checklist.dimensions if dimension.id == id), id)


# --------------------------------------------------------------------------- a practice


def practice_page(practice: Practice, checklist: Checklist, at: Look) -> Iterator[Text]:
    """What a practice is, when it counts, and which controls judge it."""
    note = f"a practice, to be answered under {practice.dimension}"
    yield from _title(practice.title, practice.id, note, at)
    yield Text()
    yield from _levels(practice, at)
    yield from _field("Applies", conditions.facts(practice.applies_when), at)
    yield from _field("Answered by", _kind(practice), at)
    yield from _listed("Fields", (f"{name}: {means}" for name, means in practice.fields.items()), at)
    yield from _listed("Counts", practice.counts, at)
    yield from _listed("Does not", practice.does_not_count, at)
    yield from _field("Tools", ", ".join(practice.tools), at)
    yield from _field("Found", _found(practice), at)
    judged_by = [c for c in checklist.controls if practice.id in conditions.used(c.met_when)]
    said = [f"{c.id}: {c.title} ({_weight(c)})" for c in judged_by]
    yield Text()
    none = [f"no control of {checklist.id}@{checklist.version}"]
    none += [f"{r.checklist} removed {r.control}: {r.because}" for r in checklist.removed if r.control == practice.id]
    yield from _listed("Judged by", said or none, at)


def _levels(practice: Practice, at: Look) -> Iterator[Text]:
    yield from _field("Asked", practice.ask, at)
    yield from _field("partial", practice.partial, at)
    yield from _field("yes", practice.yes, at)


def _kind(practice: Practice) -> str:
    if practice.kind == "measure":
        return (
            "a measure: a limit and an actual figure, in one entry or several; or a plain level, which proves nothing"
        )
    if practice.kind == "records":
        return "records: one for each thing it is about; or a plain level, which proves nothing"
    return "a level: yes, partial or no"


def _found(practice: Practice) -> str:
    if not practice.detectable:
        return "files cannot show it: name evidence, or a person who attests it"
    return f"the repository can show it; where nobody answers, that counts as {words.LEVELS[practice.detected]}"


def _weight(control: Control) -> str:
    stage = f" at {words.stage(control.stage)}" if control.stage is not None else ""
    return f"{words.SEVERITIES[control.severity]}{stage}"


# --------------------------------------------------------------------------- checklists


def checklist_page(checklist: Checklist, *, width: int = 80, colour: bool = False, ascii_only: bool = False) -> str:
    """One checklist in full: how it scores, its stages, and every control in a line."""
    at = look(width, ascii_only)
    return rendered(_checklist(checklist, at), at.width, colour)


def _checklist(checklist: Checklist, at: Look) -> Iterator[Text]:
    released = f"released {checklist.released.isoformat()}"
    yield from _title(checklist.title, f"{checklist.id}@{checklist.version}", released, at)
    yield from wrapped(text((f"  {at.show(checklist.digest)}", "dim")), at.width)
    yield from _origin(checklist, at)
    yield from heading("Scoring", "", at)
    yield from hanging(Text("  "), text(at.show(words.scoring(checklist), MORE)), at.width)
    if checklist.attestation_age is not None:
        said = f"An attestation counts for {checklist.attestation_age} days, unless a control says otherwise."
        yield from hanging(Text("  "), text(said), at.width)
    if checklist.stages:
        yield from heading("Stages", "", at)
        for stage in checklist.stages:
            yield from hanging(text(f"  {at.glyphs.bullet} "), text(at.show(_stage(checklist, stage.id))), at.width)
    for dimension in checklist.dimensions:
        yield from _controls(dimension, checklist, at)
    removed = [f"{r.control}: {r.title} (by {r.checklist}: {r.because})" for r in checklist.removed]
    yield from _section("Removed", words.count(len(removed), "control"), removed, at)
    outside = [f"{r.id}: {r.title} ({r.outside})" for r in checklist.requirements if r.outside is not None]
    yield from _section("Outside", words.count(len(outside), "requirement"), outside, at)
    yield from _section("Changes", "", checklist.changes, at)


def _origin(checklist: Checklist, at: Look) -> Iterator[Text]:
    """What a checklist restates or extends, and how much of its source it judges."""
    source = checklist.source
    if source is not None:
        yield from heading("Source", "", at)
        about = " · ".join(part for part in (source.title, source.edition, source.url) if part)
        for line in (about.replace("·", at.glyphs.dot), source.note, _judged(checklist)):
            yield from hanging(Text("  "), text(at.show(line, MORE)), at.width) if line else ()
    elif checklist.requirements:
        yield from hanging(Text("  "), text(_judged(checklist)), at.width)
    if checklist.layers:
        yield from _section("Extends", "", checklist.layers, at)


def _judged(checklist: Checklist) -> str:
    """How many requirements of the source some control judges."""
    if not checklist.requirements:
        return ""
    named = {name for control in checklist.controls for name in control.requirements}
    count = sum(requirement.id in named for requirement in checklist.requirements)
    return f"{count} of {words.count(len(checklist.requirements), 'requirement')} judged."


def _section(title: str, note: str, lines: Sequence[str], at: Look) -> Iterator[Text]:
    yield from heading(title, note, at) if lines else ()
    for line in lines:
        yield from hanging(text(f"  {at.glyphs.bullet} "), text(at.show(line, MORE)), at.width)


def _stage(checklist: Checklist, id: str) -> str:
    """A stage with its threshold and the number of its controls."""
    stage = next(stage for stage in checklist.stages if stage.id == id)
    mine = [control.severity for control in checklist.controls if control.stage == id]
    kinds = words.tally({severity: mine.count(severity) for severity in Severity}) or "none"
    need = "its blockers alone decide" if stage.threshold is None else f"each dimension needs {stage.threshold}"
    return f"{stage.title}: {words.count(len(mine), 'control')} ({kinds}); {need}"


def _controls(dimension: Dimension, checklist: Checklist, at: Look) -> Iterator[Text]:
    stages = [stage.id for stage in checklist.stages]
    stage_width = max((len(words.stage(name)) for name in stages), default=0)
    id_width = min(28, max((len(control.id) for control in checklist.controls), default=0))
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    mine = [control for control in checklist.controls if control.dimension == dimension.id]
    mine.sort(key=lambda c: (stages.index(c.stage) if c.stage in stages else -1, ranks[c.severity], c.id))
    yield from heading(at.show(dimension.title, SHORT), words.count(len(mine), "control"), at)
    for control in mine:
        spans: list[Span] = [f"  {words.SEVERITIES[control.severity]:<9}"]
        if stages:
            spans.append((f"{at.show(words.stage(control.stage or '')):<{stage_width}}  ", "dim"))
        spans += [(set_cell_size(at.show(control.id, id_width), id_width), "cyan"), "  "]
        later = f"  counts from {conditions.counts_from(control)}" if control.enforce_from else ""
        yield from hanging(text(*spans), text(at.show(control.title, SHORT), (at.show(later), "dim")), at.width)


def checklists(listed: Sequence[Checklist], *, width: int = 80, colour: bool = False, ascii_only: bool = False) -> str:
    """Every checklist there is, with its version, its size and what it is called."""
    at = look(width, ascii_only)
    ordered = sorted(listed, key=lambda c: (c.id, c.released, c.version))
    return rendered(_list(ordered, at), at.width, colour)


def _list(listed: Sequence[Checklist], at: Look) -> Iterator[Text]:
    if not listed:
        yield text("No checklist was found.")
        return
    names = [at.show(f"{checklist.id}@{checklist.version}", SHORT) for checklist in listed]
    name_width = min(36, max(map(len, names)))
    for name, checklist in zip(names, listed, strict=True):
        about = f"{words.count(len(checklist.controls), 'control')}, released {checklist.released.isoformat()}"
        first = text((set_cell_size(name, name_width), "bold cyan"), "  ")
        body = text(at.show(checklist.title, SHORT), (f" {at.glyphs.dot} {about}", "dim"))
        yield from hanging(first, body, at.width)
