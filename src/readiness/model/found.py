"""What was found for a project, and how each control was judged on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from readiness.model.content import Control, Practice
from readiness.model.description import Answer, Waiver
from readiness.model.vocabulary import Level, Location, Outcome, PracticeLeaf, Proof
from readiness.tuples import NamedTuple


class Evidence(NamedTuple):
    """A located reason to believe an answer.

    `kind` is `answer`, `file`, `section`, `lines`, `figure`, `attestation`, `link` or
    `detection`. `proof` is what it is worth; where that is less than its kind could be, `problem`
    says why in one sentence. `when` is its declared date. `detail` is what was seen.
    """

    kind: str
    proof: Proof
    path: str | None
    line: int | None
    detail: str
    when: date | None
    problem: str | None


class Looked(NamedTuple):
    """One named piece of evidence after it was looked at.

    `files` holds the files that a whole-file reference stands for, empty where `at` names a part.
    `figure` is the number read, where one was; `missed` says by how much it misses its limit.
    """

    evidence: Evidence
    files: tuple[str, ...]
    figure: float | None
    missed: str | None


class Denied(NamedTuple):
    """A stated fact that the repository contradicts: why, and where that was seen."""

    fact: str
    because: str
    evidence: Evidence


class Collected(NamedTuple):
    """All that was found for one project, by practice. `parts` and `actuals` have a practice and
    the number of an entry or record as their key. `detections` holds what the detectors found;
    a practice whose detector ran and found nothing has an empty tuple there. `denied` holds the stated
    facts that the repository contradicts."""

    named: Mapping[str, tuple[Looked, ...]]
    parts: Mapping[tuple[str, int], tuple[Looked, ...]]
    actuals: Mapping[tuple[str, int], Looked]
    detections: Mapping[str, tuple[Evidence, ...]]
    denied: tuple[Denied, ...] = ()


class Part(NamedTuple):
    """One entry of a measure, or one record, as found: its own level and evidence.

    `when` is its own declared date; `said` says in words how it stands.
    """

    name: str
    level: Level
    evidence: tuple[Evidence, ...]
    when: date | None
    said: str


class Later:
    """A sentence that is put together when somebody reads it: judging a thousand projects, nobody reads most."""

    __slots__ = ("_given", "_make", "_text")

    def __init__(self, make: Callable[..., str], *given: Any) -> None:
        self._make = make
        self._given = given
        self._text: str | None = None

    def __str__(self) -> str:
        if self._text is None:
            self._text = self._make(*self._given)
        return self._text

    def __repr__(self) -> str:
        return repr(str(self))

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, str | Later) else NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


class _Finding(NamedTuple):
    control: Control
    outcome: Outcome
    claimed: Level
    proven: Level
    proof: Proof
    required_proof: Proof
    observed: str | Later
    passes: str | Later
    practices: tuple[str, ...]
    location: Location
    waiver: Waiver | None
    reason: str | None
    advisory: date | None = None
    lapsed: bool = False
    change: str | None = None


class Finding(_Finding):
    """One control judged against the practices of one project.

    `claimed` and `proven` are the levels of its condition over claimed and over proven levels.
    `proof` is the least of the best proofs of the practices that the outcome rests on;
    `required_proof` is what the control asks. `observed` and `passes` are the two halves of
    `message`: what is there, and what would pass. `advisory` is the day from which the control counts,
    where that has not come: until then the finding is shown and counted nowhere. `lapsed` says that
    evidence was good enough once and is too old now. `change` is `new`, `worse`, `better`, `fixed` or
    `same` against a baseline, None where there is none.
    """

    __slots__ = ()

    @property
    def observed(self) -> str:
        """What was observed, in one sentence."""
        return str(self[6])

    @property
    def passes(self) -> str:
        """What would pass, in one sentence; empty where the control is met."""
        return str(self[7])

    @property
    def message(self) -> str:
        """What was observed and what would pass, in plain sentences."""
        return f"{self.observed} {self.passes}".strip()


class Contradiction(NamedTuple):
    """Two things that cannot both be true: what is said, and what was seen."""

    practice: str | None
    said: str
    seen: str
    location: Location


class Removal(NamedTuple):
    """A practice that an answer `not_applicable` took out, and the controls that it touches."""

    practice: str
    reason: str
    controls: tuple[str, ...]
    effect: str
    location: Location


class WaiverState(NamedTuple):
    """A waiver and how it stands on the day of the assessment.

    `status` is `in_force`, `expired`, `refused` (the checklist does not accept it), `unneeded` (the control is
    met) or `unmatched` (the control does not apply, or is not in this version). `why` says more about the last four.
    """

    waiver: Waiver
    status: str
    location: Location
    why: str = ""


class PracticeState(NamedTuple):
    """One practice as the project stands: the claimed level (None where nobody answered and
    nothing was detected), and every piece of evidence.

    `parts` holds a measure's entries or the records. `capped` says why the level is less than the
    answer, where it is. `bare` marks a plain level given for a measure or records: it stays
    claimed whatever stands beside it. `detected` marks a level that the detector gave.
    """

    practice: Practice
    answer: Answer | None
    level: Level | None
    evidence: tuple[Evidence, ...]
    parts: tuple[Part, ...]
    not_applicable: str | None
    capped: str | None
    bare: bool
    detected: bool

    @property
    def proof(self) -> Proof:
        """The best proof of all its evidence, with no regard to age."""
        if self.bare:
            return Proof.CLAIMED
        own = [max((e.proof for e in p.evidence), default=Proof.CLAIMED) for p in self.parts]
        shared = max((e.proof for e in self.evidence), default=Proof.CLAIMED)
        return max(min(own), shared) if own else shared


class Terms(NamedTuple):
    """What a control asks of evidence, on the day of the assessment.

    `age` is the greatest age in days of a document or figure, None where any age counts; then an
    undated one counts too. `attestation_age` is that of an attestation. `later_than` holds the
    stages that come before the control's: an answer that holds up to one of them is partial here.
    """

    proof: Proof
    age: int | None
    attestation_age: int | None
    as_of: date
    later_than: tuple[str, ...]


class Shortfall(NamedTuple):
    """Why evidence does not reach what a control asks.

    `kind` is `unshown` (nothing is named), `weak` (its proof is less than is asked), `bare` (a plain
    answer where entries are asked), `stale`, `undated`, `future` (the evidence's own date), or `old`
    and `ahead` (the date of an entry or record). `said` says it in a few words.
    """

    kind: str
    said: str


class Weight(NamedTuple):
    """What a practice counts for one control: its claimed and its proven level, the proof that is
    asked of it, why its evidence falls short where it does, and a piece of evidence that counts."""

    claimed: Level
    proven: Level
    needed: Proof
    problem: Shortfall | None
    shown: Evidence | None


class Seen(NamedTuple):
    """One leaf of a control's condition as it was found. `removed` marks a practice that an
    answer takes out of the control."""

    leaf: PracticeLeaf
    state: PracticeState
    weight: Weight
    removed: bool

    @property
    def lacking(self) -> bool:
        """Whether this leaf keeps the control from being met."""
        return not self.removed and self.weight.proven < self.leaf.at_least
