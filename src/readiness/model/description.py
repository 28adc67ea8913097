"""A project description: answers, evidence as named, and waivers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from readiness.model.vocabulary import Facts, Level, Mark
from readiness.tuples import NamedTuple


class Reference(NamedTuple):
    """One piece of evidence as a description names it: a `path` (with a root's `name:` before it
    where it lies in a further repository), or a `url`.

    `at` is a JSON pointer, a Markdown heading or a range of lines; `minimum` and `maximum` are
    limits on the figure that `at` points to.
    """

    path: str | None
    url: str | None
    at: str | None
    as_of: date | None
    minimum: float | None
    maximum: float | None
    mark: Mark


class Attestation(NamedTuple):
    """A named person's word, given on a date."""

    by: str
    date: date
    link: str | None
    mark: Mark


class Entry(NamedTuple):
    """One entry of a measure: a limit and an actual figure in `unit`. `actual` may be a figure
    in a file. `evidence` belongs to this entry alone."""

    name: str
    unit: str | None
    minimum: float | None
    maximum: float | None
    baseline: float | None
    actual: float | Reference | None
    as_of: date | None
    evidence: tuple[Reference, ...]
    mark: Mark


class Record(NamedTuple):
    """One record: its fields as written. `evidence` and `as_of` belong to this record alone."""

    fields: Mapping[str, str]
    as_of: date | None
    evidence: tuple[Reference, ...]
    mark: Mark


class Answer(NamedTuple):
    """What the description says of a practice.

    At most one of `level`, `not_applicable`, `entries` and `records` speaks; where none does
    (an empty list, or evidence without an answer) the practice is unanswered.
    """

    practice: str
    level: Level | None
    not_applicable: str | None
    entries: tuple[Entry, ...]
    records: tuple[Record, ...]
    up_to: str | None
    evidence: tuple[Reference, ...]
    attested: Attestation | None
    note: str | None
    owner: str | None
    due: date | None
    mark: Mark


class Waiver(NamedTuple):
    """An accepted exception. `checklist` is the id of the ruler whose control it names.
    It is in force up to and including the day `expires`, in UTC, and from the day `granted` where that is stated."""

    checklist: str
    control: str
    reason: str
    owner: str
    approved_by: str
    expires: date
    mark: Mark
    granted: date | None = None


class Project(NamedTuple):
    """A project description that has been read and found without fault.

    `dimension_marks` tells where each dimension is declared, for a message about a practice that
    is missing there, `fact_marks` where each fact is stated. `digest` is `sha256:` and the hexadecimal
    digest of the file's bytes. `mode` and `baseline` are what `assess:` asks for, and `commit` is the commit that the
    description says it describes.
    """

    path: str
    digest: str
    name: str
    summary: str | None
    owner: str | None
    owner_mark: Mark | None
    model: Mapping[str, str]
    facts: Facts
    checklist: str | None
    target: str | None
    answers: Mapping[str, Answer]
    waivers: tuple[Waiver, ...]
    dimension_marks: Mapping[str, Mark]
    fact_marks: Mapping[str, Mark] = MappingProxyType({})
    mode: str | None = None
    baseline: str | None = None
    commit: str | None = None
