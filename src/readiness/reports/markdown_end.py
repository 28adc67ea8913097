"""The end of the Markdown report: exceptions, open questions and method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readiness.model import Assessment, Outcome
from readiness.reports import select, words
from readiness.reports.markdown_tables import Rows, section, table
from readiness.reports.safe import code, md, prose


def exceptions(assessment: Assessment) -> Iterator[str]:
    """Waivers, removals by answer and contradictions."""
    yield from section(
        "Waivers",
        ("Control", "State", "Last day", "Reason", "Owner", "Approved by", "Remark"),
        [
            (code(s.waiver.control), words.WAIVER_STATES.get(s.status, s.status), s.waiver.expires.isoformat(),
             md(s.waiver.reason), md(s.waiver.owner), md(s.waiver.approved_by), prose(s.why))
            for s in select.waivers(assessment)
        ],
        "waiver",
    )  # fmt: skip
    yield from section(
        "Taken out by answer",
        ("Practice", "Reason", "Controls", "Effect", "Where"),
        [
            (code(r.practice), md(r.reason), ", ".join(map(code, r.controls)), prose(r.effect),
             code(select.place(r.location.path, r.location.line)))
            for r in select.removals(assessment)
        ],
        "practice",
    )  # fmt: skip
    yield from section(
        "Contradictions",
        ("Practice", "Said", "Seen", "Where"),
        [
            (code(c.practice) if c.practice else "a fact", prose(c.said), prose(c.seen),
             code(select.place(c.location.path, c.location.line)))
            for c in select.contradictions(assessment)
        ],
        "contradiction",
    )  # fmt: skip


def questions(assessment: Assessment) -> Iterator[str]:
    """What nobody has answered, and the notices."""
    known = select.states(assessment)
    unknown = [f for f in select.within_target(assessment) if f.outcome is Outcome.UNKNOWN]
    asked = dict.fromkeys(practice for finding in unknown for practice in finding.practices)
    open_states = [known[name] for name in asked if name in known and known[name].level is None]
    rows: Rows = [(code(s.practice.id), prose(s.practice.ask)) for s in open_states]
    yield from section("Questions that nobody has answered", ("Practice", "Question"), rows, "question")
    if assessment.notices:
        yield "\n### Notices\n"
        yield from _bullets(assessment.notices)


def _bullets(entries: Iterable[str]) -> Iterator[str]:
    return (f"- {prose(entry)}" for entry in entries)


def method(assessment: Assessment) -> Iterator[str]:
    """How the scores come about, and what went in."""
    checklist = assessment.checklist
    yield "\n### Method\n"
    yield md(words.scoring(checklist)) + "\n"
    yield from table(
        ("Input", "Value"),
        [
            ("Checklist", f"{md(checklist.title)} {code(f'{checklist.id}@{checklist.version}')}"),
            ("Checklist digest", code(checklist.digest)),
            ("Description digest", code(assessment.project.digest)),
            ("Repository", "read" if assessment.repository else "none given"),
            ("As of", assessment.as_of.isoformat()),
            ("Tool", code(f"readiness {assessment.tool_version}")),
        ],
    )
