"""Running the example answers of controls: each says the outcome that its answers must give.

The answers are taken as wholly proven, and the steps of an assessment judge them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from readiness.condition import Fault, leaves
from readiness.document import Document, Map
from readiness.errors import nearest
from readiness.fields import Reader, kind, options, quoted
from readiness.model import (
    LISTED_FACTS,
    Checklist,
    Control,
    Evidence,
    Facts,
    Level,
    Mark,
    Outcome,
    Practice,
    PracticeState,
    Project,
    Proof,
)
from readiness.steps.grade import Case, grade
from readiness.terms import read_facts, report
from readiness.tuples import NamedTuple

OUTCOMES = ("met", "partial", "unmet", "not_applicable")
LEVELS = {"no": Level.NO, "partial": Level.PARTIAL, "yes": Level.YES}
NOT_APPLICABLE = "not_applicable"
DAY = date(2000, 1, 1)
"""Example answers have no dates, so that any day will do."""


class Example(NamedTuple):
    """Answers to a control's practices, with facts, and the outcome that they must have."""

    outcome: str
    answers: Mapping[str, str]
    facts: Facts
    mark: Mark


def run(document: Document, checklist: Checklist, practices: Mapping[str, Practice], keys: Iterable[str]) -> int:
    """Run the example answers of the controls that a document lists under `keys`, and say how many there were.

    Raises InputError with every one that gives another outcome or cannot be read.
    """
    reader = Reader(document, strict=True)
    by_id = {control.id: control for control in checklist.controls}
    count = 0
    for key in keys:
        for entry in document.data.get(key) or ():
            for example in _examples(reader, entry, by_id[entry["id"]]):
                count += 1
                found = outcome(by_id[entry["id"]], example, checklist, practices)
                if found != example.outcome:
                    said = f"these answers make `{entry['id']}` {found}, and not {example.outcome}"
                    reader.fault(example.mark, said, "change the example, or what the control asks")
    reader.finish()
    return count


def outcome(control: Control, example: Example, checklist: Checklist, practices: Mapping[str, Practice]) -> str:
    """The outcome that the example's answers give."""
    shown = Evidence("detection", Proof.VERIFIED, None, None, "an example", None, None)

    def state(name: str) -> PracticeState:
        answer = example.answers.get(name, "no")
        out = "an example" if answer == NOT_APPLICABLE else None
        level = LEVELS.get(answer)
        return PracticeState(practices[name], None, level, (shown,), (), out, None, False, False)

    states = {leaf.practice: state(leaf.practice) for leaf in leaves(control.met_when)}
    project = Project(
        path="", digest="", name="example", summary=None, owner=None, owner_mark=None, model={}, facts=example.facts,
        checklist=None, target=None, answers={}, waivers=(), dimension_marks={}, fact_marks={},
    )  # fmt: skip
    alone = checklist._replace(controls=(control,))
    found: Outcome = grade(Case(project, alone, states, DAY, None, "", True))[0].outcome
    return found.value


def _examples(reader: Reader, entry: Map, control: Control) -> Iterator[Example]:
    """The readable examples of a control; each other one is a fault."""
    asked = {leaf.practice for leaf in leaves(control.met_when)}
    cases = reader.sequence(entry, "cases")
    for value, mark in zip(cases or (), cases.marks if cases else (), strict=True):
        words = [word for word in OUTCOMES if isinstance(value, Map) and word in value]
        if not isinstance(value, Map) or len(words) != 1:
            given = "" if isinstance(value, Map) else f", not {kind(value)}"
            help = "write `- met: {practice: yes}`"
            reader.fault(mark, f"an example names one outcome ({options(OUTCOMES)}) with answers{given}", help)
            continue
        before = len(reader.faults)
        reader.known(value, (words[0], "facts"), "an example")
        answers = reader.mapping(value, words[0], "the answers") or Map()
        for name in answers:
            if name not in asked:
                near = nearest(name, asked)
                help = f"did you mean `{near}`?" if near else f"it asks about {options(sorted(asked))}"
                reader.at_key(answers, name, f"`{control.id}` does not ask about {quoted(name)}", help)
            reader.choice(answers, name, (*LEVELS, NOT_APPLICABLE))
        reader.required(answers, answers, "an example")
        facts = _facts(reader, value)
        if len(reader.faults) == before:
            yield Example(words[0], {name: str(answers[name]) for name in answers}, facts, mark)


def _facts(reader: Reader, value: Map) -> Facts:
    """The facts of an example, one value each."""
    if value.get("facts") is None:
        return {}
    faults: list[Fault] = []
    found = read_facts(value["facts"], faults)
    if not faults and {"all", "any"} & set(value["facts"]):
        faults.append(((), "an example states facts, and no condition over them"))
    for leaf in leaves(found) if not faults else ():
        if len(leaf.values) > 1 and leaf.fact not in LISTED_FACTS:
            faults.append(((leaf.fact,), f"an example states one value of `{leaf.fact}`"))
    report(reader, value, "facts", faults)
    return {
        leaf.fact: tuple(map(str, leaf.values)) if leaf.fact in LISTED_FACTS else leaf.values[0]
        for leaf in leaves(found)
    }
