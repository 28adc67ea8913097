"""The content of a checklist: practices and controls."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from readiness.model.vocabulary import Condition, Level, Proof, Severity


class Practice(NamedTuple):
    """One thing that a project does on its way to production.

    `kind` is `level`, `measure` or `records`. `fields` names a record's required fields and says
    what each holds; those in `file_fields` may name a file of the repository. `detectable` says
    whether a detector can find the practice in files; `detected` is the level that holds where
    nobody answered and it does.
    """

    id: str
    dimension: str
    title: str
    ask: str
    partial: str
    yes: str
    kind: str
    applies_when: Condition | None
    counts: tuple[str, ...]
    does_not_count: tuple[str, ...]
    tools: tuple[str, ...]
    fields: Mapping[str, str]
    file_fields: tuple[str, ...]
    detectable: bool
    detected: Level


class Source(NamedTuple):
    """Where a control's demand comes from: a published source and the id it has there."""

    source: str
    id: str


class Control(NamedTuple):
    """One requirement over practices.

    `max_age` is the greatest age in days of dated evidence, None where age does not matter.
    `needs` names controls to do first; it orders the plan and never decides an outcome.
    """

    id: str
    dimension: str
    title: str
    met_when: Condition
    stage: str | None
    severity: Severity
    proof: Proof
    max_age: int | None
    applies_when: Condition | None
    effort: str
    needs: tuple[str, ...]
    why: str
    fix: str
    references: tuple[Source, ...]


class Stage(NamedTuple):
    """A stage of a checklist: the least proven score (0 to 100) that each dimension needs there,
    None where the blockers alone decide."""

    id: str
    title: str
    threshold: int | None


class Dimension(NamedTuple):
    """A dimension as a checklist names it."""

    id: str
    title: str


class Checklist(NamedTuple):
    """One version of a ruler.

    `weights` maps a severity to its weight, a positive integer. `attestation_age` is the greatest
    age in days of an attestation for a control that has no `max_age` of its own.
    """

    id: str
    version: str
    title: str
    released: date
    digest: str
    dimensions: tuple[Dimension, ...]
    stages: tuple[Stage, ...]
    weights: Mapping[str, int]
    attestation_age: int | None
    controls: tuple[Control, ...]
    changes: tuple[str, ...]
