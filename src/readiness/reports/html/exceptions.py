"""Waivers, removals, contradictions, open questions, notices, and how the figures come about."""

from __future__ import annotations

from collections.abc import Iterator

from readiness.model import Assessment, Outcome
from readiness.reports import select, words
from readiness.reports.html.markup import Section, bullets, code, day, pairs, prose, table, text


def sections(assessment: Assessment) -> Iterator[Section]:
    """What stands apart from the controls; a part is left out where it holds nothing."""
    yield from _waivers(assessment)
    yield from _removals(assessment)
    yield from _contradictions(assessment)
    yield from _questions(assessment)
    if assessment.notices:
        lines = tuple(bullets(prose(notice) for notice in assessment.notices))
        yield Section("notices", "Notices", lines, len(assessment.notices))
    yield _method(assessment)


def _waivers(assessment: Assessment) -> Iterator[Section]:
    rows = [
        (code(s.waiver.control), words.WAIVER_STATES.get(s.status, s.status), day(s.waiver.expires),
         text(s.waiver.reason), text(s.waiver.owner), text(s.waiver.approved_by), prose(s.why),
         code(select.place(s.location.path, s.location.line)))
        for s in select.waivers(assessment)
    ]  # fmt: skip
    head = ("Control", "State", "Last day", "Reason", "Owner", "Approved by", "Remark", "Where")
    caption = f"{words.count(len(rows), 'waiver')}; a waiver acts on the verdict alone, never on a score"
    if rows:
        yield Section("waivers", "Waivers", tuple(table(caption, head, rows)), len(rows))


def _removals(assessment: Assessment) -> Iterator[Section]:
    rows = [
        (code(r.practice), text(r.reason), ", ".join(code(c) for c in sorted(r.controls)), prose(r.effect),
         code(select.place(r.location.path, r.location.line)))
        for r in select.removals(assessment)
    ]  # fmt: skip
    caption = f"{words.count(len(rows), 'practice')} that an answer takes out of the ruler"
    if rows:
        lines = table(caption, ("Practice", "Reason", "Controls", "Effect", "Where"), rows)
        yield Section("removals", "Taken out by answer", tuple(lines), len(rows))


def _contradictions(assessment: Assessment) -> Iterator[Section]:
    rows = [
        (code(c.practice) if c.practice else "a fact", prose(c.said), prose(c.seen),
         code(select.place(c.location.path, c.location.line)))
        for c in select.contradictions(assessment)
    ]  # fmt: skip
    caption = f"{words.count(len(rows), 'contradiction')} between the description and the repository"
    if rows:
        lines = table(caption, ("Practice", "Said", "Seen", "Where"), rows)
        yield Section("contradictions", "Contradictions", tuple(lines), len(rows))


def _questions(assessment: Assessment) -> Iterator[Section]:
    known = select.states(assessment)
    unknown = [f for f in select.within_target(assessment) if f.outcome is Outcome.UNKNOWN]
    asked = dict.fromkeys(practice for finding in unknown for practice in finding.practices)
    open_ = [known[name].practice for name in asked if name in known and known[name].level is None]
    if open_:
        lines = pairs(((code(practice.id), prose(practice.ask)) for practice in open_), "asked")
        yield Section("questions", "Questions that nobody has answered", tuple(lines), len(open_))


def _method(assessment: Assessment) -> Section:
    checklist, project = assessment.checklist, assessment.project
    facts = [
        f"{code(name)} {text(', '.join(value) if isinstance(value, tuple) else str(value).lower())}"
        for name, value in sorted(project.facts.items())
    ]
    model = [f"{text(name)} {text(value)}" for name, value in sorted(project.model.items())]
    rows = [
        ("Checklist", f"{text(checklist.title)} {code(f'{checklist.id}@{checklist.version}')}"),
        ("Checklist digest", code(checklist.digest)),
        *([("Extends", ", ".join(code(layer) for layer in checklist.layers))] if checklist.layers else []),
        ("Description", code(project.path)),
        ("Description digest", code(project.digest)),
        *([("Commit", code(project.commit))] if project.commit else []),
        *([("Model", "; ".join(model))] if model else []),
        *([("Facts", "; ".join(facts))] if facts else []),
        ("Repository", "read" if assessment.repository else "none given"),
        ("As of", assessment.as_of.isoformat()),
        ("Tool", code(f"readiness {assessment.tool_version}")),
    ]
    proofs = ((name.capitalize(), words.PROOFS_EXPLAINED[proof]) for proof, name in words.PROOFS.items())
    lines = [
        f"<p>{prose(words.scoring(checklist))}</p>",
        "<p>Proof, from the least to the best:</p>",
        *pairs(proofs, "proofs"),
        *table("What this report was made from", ("Input", "Value"), rows),
    ]
    return Section("method", "Method", tuple(lines))
