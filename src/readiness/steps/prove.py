"""The claimed level of each practice, and the evidence for it.

A level comes from the answer; where nobody answered, from the detector. Figures and limits decide
a measure; the fields of its records decide records.
"""

from __future__ import annotations

from collections.abc import Mapping

from readiness.model import (
    ATTESTED,
    CLAIMED,
    DOCUMENTED,
    NO,
    PARTIAL,
    VERIFIED,
    YES,
    Answer,
    Collected,
    Contradiction,
    Denied,
    Entry,
    Evidence,
    Level,
    Location,
    Looked,
    Mark,
    Part,
    Practice,
    PracticeState,
    Project,
    Record,
)
from readiness.phrases import is_empty_word, miss, number

OWNER_PRACTICE = "accountable_owner"
"""The practice to which `project.owner` is the claimed answer."""


SAID = {level: f"answered `{level.name.lower()}`" for level in Level}


def prove(project: Project, practices: Mapping[str, Practice], found: Collected) -> Mapping[str, PracticeState]:
    """The state of every practice of the vocabulary."""
    spoken_of = {*project.answers, *(name for name, hits in found.detections.items() if hits), OWNER_PRACTICE}
    return {
        name: state(project, practice, found)
        if practice.id in spoken_of
        else PracticeState(practice, None, None, (), (), None, None, False, False)
        for name, practice in practices.items()
    }


def state(project: Project, practice: Practice, found: Collected) -> PracticeState:
    """How one practice stands of which something is said or seen."""
    answer = project.answers.get(practice.id)
    hits = found.detections.get(practice.id, ())
    named = found.named.get(practice.id, ())
    if answer is not None and len(answer.entries) == 1:
        named = tuple(_agreeing(item, answer.entries[0]) for item in named)
    parts = _parts(answer, practice, found) if answer and practice.kind != "level" else ()
    missed = _missed(named) if named else None
    level = _stated(project, practice, answer, parts)
    refused = answer.not_applicable if answer else None
    if refused is not None and hits:
        refused = None
    detected = level is None and refused is None and bool(hits)
    if detected:
        level = practice.detected
    capped = missed if level == YES else None
    return PracticeState(
        practice=practice,
        answer=answer,
        level=PARTIAL if capped else level,
        evidence=_evidence(project, practice, answer, named, hits),
        parts=parts,
        not_applicable=refused,
        capped=capped,
        bare=practice.kind != "level"
        and not parts
        and answer is not None
        and answer.level is not None
        and not detected,
        detected=detected,
    )


def _missed(named: tuple[Looked, ...]) -> str | None:
    """What a named figure that misses its limit says."""
    item = next((item for item in named if item.missed), None)
    if item is None or item.missed is None:
        return None
    return f"{item.evidence.path} says {item.missed.replace(' misses', ', which misses', 1)}"


def _stated(project: Project, practice: Practice, answer: Answer | None, parts: tuple[Part, ...]) -> Level | None:
    """The level that the description gives, None where it gives none."""
    if answer is not None and answer.not_applicable is not None:
        return None
    if parts:
        return _least(practice, parts)
    if answer is not None and answer.level is not None:
        return answer.level
    return YES if practice.id == OWNER_PRACTICE and project.owner else None


def _least(practice: Practice, parts: tuple[Part, ...]) -> Level:
    """A measure is the least of its entries. Records are `yes` when all are complete and
    `partial` when some are begun."""
    if practice.kind == "measure":
        return min(part.level for part in parts)
    if all(part.level == YES for part in parts):
        return YES
    return PARTIAL if any(part.level > NO for part in parts) else NO


# --------------------------------------------------------------------------- evidence


def _evidence(
    project: Project, practice: Practice, answer: Answer | None, named: tuple[Looked, ...], hits: tuple[Evidence, ...]
) -> tuple[Evidence, ...]:
    """Every piece for the practice as a whole, the claim itself first."""
    pieces: list[Evidence] = []
    if answer is not None and answer.level is not None:
        pieces.append(
            Evidence(
                "answer",
                CLAIMED,
                project.path,
                answer.mark.line,
                SAID[answer.level],
                None,
                None,
            )
        )
    if practice.id == OWNER_PRACTICE and project.owner and project.owner_mark:
        pieces.append(
            Evidence(
                "answer",
                CLAIMED,
                project.path,
                project.owner_mark.line,
                f"`project.owner` is {project.owner}",
                None,
                None,
            )
        )
    pieces.extend(item.evidence for item in named)
    if answer is not None and answer.attested is not None:
        word = answer.attested
        detail = f"{word.by} on {word.date.isoformat()}" + (f", {word.link}" if word.link else "")
        pieces.append(Evidence("attestation", ATTESTED, project.path, word.mark.line, detail, word.date, None))
    return (*pieces, *hits)


# --------------------------------------------------------------------------- measures and records


def _parts(answer: Answer, practice: Practice, found: Collected) -> tuple[Part, ...]:
    key = practice.id
    if practice.kind == "measure":
        return tuple(
            _entry(entry, found.parts.get((key, i), ()), found.actuals.get((key, i)))
            for i, entry in enumerate(answer.entries)
        )
    if practice.kind == "records":
        return tuple(
            _record(record, practice, found.parts.get((key, i), ())) for i, record in enumerate(answer.records)
        )
    return ()


def _entry(entry: Entry, named: tuple[Looked, ...], read: Looked | None) -> Part:
    """One entry of a measure: `yes` when its actual meets the limit, `partial` when a limit stands
    without an actual or the actual misses it, else `no`."""
    own = [_agreeing(item, entry).evidence for item in named]
    actual, trouble = _actual(entry, read)
    limited = entry.minimum is not None or entry.maximum is not None
    if read is not None and read.figure is not None:
        own.append(read.evidence._replace(proof=VERIFIED if limited else DOCUMENTED))
    elif read is not None:
        own.append(read.evidence)
    missed = miss(actual, entry.minimum, entry.maximum) if actual is not None else None
    missed = missed or _missed(named if read is None else (read, *named))
    level = NO if not limited else YES if actual is not None and not missed else PARTIAL
    said = (trouble or missed if limited else None) or _standing(entry, actual, limited)
    when = entry.as_of or (read.evidence.when if read else None)
    return Part(entry.name, level, tuple(own), when, said)


def _actual(entry: Entry, read: Looked | None) -> tuple[float | None, str | None]:
    """The actual figure of an entry, and why there is none where a file should give it."""
    if read is not None:
        if read.figure is None:
            return None, f"its actual cannot be read from {read.evidence.path}: {read.evidence.problem}"
        return read.figure, None
    return (entry.actual, None) if isinstance(entry.actual, (int, float)) else (None, None)


def _agreeing(item: Looked, entry: Entry) -> Looked:
    """A figure that differs from the one typed beside it is no reason to believe that one."""
    if not isinstance(entry.actual, (int, float)) or item.figure in (None, entry.actual) or item.missed:
        return item
    problem = f"it says {number(item.figure or 0)}, not the {number(entry.actual)} that is given as the actual"
    return item._replace(evidence=item.evidence._replace(proof=CLAIMED, problem=problem))


def _standing(entry: Entry, actual: float | None, limited: bool) -> str:
    unit = f" {entry.unit}" if entry.unit else ""
    if not limited:
        return "no limit (`min` or `max`) is set"
    bounds = [
        f"at least {number(entry.minimum)}" if entry.minimum is not None else "",
        f"at most {number(entry.maximum)}" if entry.maximum is not None else "",
    ]
    limit = " and ".join(b for b in bounds if b)
    if actual is None:
        return f"the limit is {limit}{unit}, and no actual figure is given"
    return f"{number(actual)}{unit} meets the limit of {limit}"


def _record(record: Record, practice: Practice, named: tuple[Looked, ...]) -> Part:
    """One record: `yes` when every field has content, `partial` when it is begun."""
    absent = [key for key, value in record.fields.items() if is_empty_word(value)]
    missed = _missed(named)
    level = YES if not absent else PARTIAL if len(absent) < len(record.fields) else NO
    said = "lacks " + ", ".join(f"`{key}`" for key in absent) if absent else missed or "is complete"
    level = min(level, PARTIAL) if missed else level
    first = next(iter(practice.fields), "")
    name = record.fields.get(first, "")
    name = f"the record on line {record.mark.line}" if is_empty_word(name) else name
    return Part(name, level, tuple(item.evidence for item in named), record.as_of, said)


# --------------------------------------------------------------------------- contradictions


def contradictions(
    project: Project, states: Mapping[str, PracticeState], found: Collected, path: str
) -> tuple[Contradiction, ...]:
    """Answers and facts that the repository denies, and typed figures that differ from the file."""
    result = [_denied(project, each, path) for each in found.denied]
    for name, answer in project.answers.items():
        hits = found.detections.get(name, ())
        if not hits and not answer.entries:
            continue
        place = Location(path, answer.mark.line, answer.mark.column)
        if hits and answer.not_applicable is not None:
            result.append(
                Contradiction(name, "answered not applicable", f"{_seen(hits[0])}; the answer is ignored", place)
            )
        elif hits and answer.level == NO:
            result.append(Contradiction(name, "answered `no`", f"{_seen(hits[0])}; the answer stands", place))
        for number_, entry in enumerate(answer.entries):
            shared = found.named.get(name, ()) if len(answer.entries) == 1 else ()
            result.extend(_differing(name, entry, (*found.parts.get((name, number_), ()), *shared), place))
    return tuple(sorted(result, key=lambda c: (c.location.line, c.practice or "", c.seen)))


def _denied(project: Project, denied: Denied, path: str) -> Contradiction:
    """A fact that the repository denies; it stands, for facts are for people to state."""
    stated = project.facts.get(denied.fact)
    value = str(stated).lower() if isinstance(stated, bool) else str(stated)
    hit = denied.evidence
    where = f"{hit.path}:{hit.line}" if hit.line else f"{hit.path}"
    return Contradiction(
        None,
        f"the fact `{denied.fact}` is stated as `{value}`",
        f"{denied.because}, seen at {where} ({hit.detail}); the stated fact stands",
        Location(path, *project.fact_marks.get(denied.fact, Mark(1, 1))),
    )


def _differing(name: str, entry: Entry, named: tuple[Looked, ...], place: Location) -> list[Contradiction]:
    """A typed actual beside a figure from a file that differs."""
    if not isinstance(entry.actual, (int, float)):
        return []
    own = [item for item in named if item.figure is not None]
    return [
        Contradiction(
            name,
            f"{entry.name}: the actual is given as {number(entry.actual)}",
            f"{item.evidence.path} says {number(item.figure)}",
            place,
        )
        for item in own
        if item.figure is not None and item.figure != entry.actual
    ]


def _seen(hit: Evidence) -> str:
    where = f"{hit.path}:{hit.line}" if hit.line else f"{hit.path}"
    return f"the repository shows it at {where} ({hit.detail})"
