"""Every immutable type of the tool. Read this first.

The types are NamedTuples throughout, not dataclasses: creating one frozen, slotted dataclass
costs about six times as much start-up time as creating a NamedTuple (0.85 ms against 0.15 ms,
CPython 3.11), and this tool runs in pre-commit hooks. For the same reason these modules do without
`from __future__ import annotations`: NamedTuple compiles every annotation that is a string.

The order of the modules is the order in which a run creates them: the vocabulary, the project
description, the content of a checklist, what was found in the repository, and the assessment.
"""

from __future__ import annotations

from readiness.model.assessment import Assessment, DimensionScore, Scan, Score, StageResult, Verdict
from readiness.model.content import Checklist, Control, Dimension, Practice, Source, Stage
from readiness.model.description import Answer, Attestation, Entry, Project, Record, Reference, Waiver
from readiness.model.found import (
    Collected,
    Contradiction,
    Denied,
    Evidence,
    Finding,
    Later,
    Looked,
    Part,
    PracticeState,
    Removal,
    Seen,
    Shortfall,
    Terms,
    WaiverState,
    Weight,
)
from readiness.model.vocabulary import (
    BASE_STAGE,
    DIMENSIONS,
    FACTS,
    Condition,
    FactLeaf,
    Facts,
    Level,
    Location,
    Mark,
    Outcome,
    PracticeLeaf,
    Proof,
    Severity,
)

__all__ = [
    "BASE_STAGE",
    "DIMENSIONS",
    "FACTS",
    "Answer",
    "Assessment",
    "Attestation",
    "Checklist",
    "Collected",
    "Condition",
    "Contradiction",
    "Control",
    "Denied",
    "Dimension",
    "DimensionScore",
    "Entry",
    "Evidence",
    "FactLeaf",
    "Facts",
    "Finding",
    "Later",
    "Level",
    "Location",
    "Looked",
    "Mark",
    "Outcome",
    "Part",
    "Practice",
    "PracticeLeaf",
    "PracticeState",
    "Project",
    "Proof",
    "Record",
    "Reference",
    "Removal",
    "Scan",
    "Score",
    "Seen",
    "Severity",
    "Shortfall",
    "Source",
    "Stage",
    "StageResult",
    "Terms",
    "Verdict",
    "Waiver",
    "WaiverState",
    "Weight",
]
