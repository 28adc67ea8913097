"""The words of the tool: dimensions, facts, levels, proofs, outcomes, places and conditions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Any

from readiness.tuples import NamedTuple

DIMENSIONS: tuple[str, ...] = (
    "data_pipelines",
    "infrastructure",
    "governance",
    "monitoring",
    "integration",
    "business_alignment",
)
"""The six dimensions, in the order in which every report shows them."""

STAGES = ("pilot", "production", "scale")
"""The stages of a project, from the first; a checklist may have others, or none."""

BASE_STAGE = "proof_of_concept"
"""Where a project stands that has reached no stage of its checklist."""

FACTS: Mapping[str, tuple[str | bool, ...]] = {
    "system": ("predictive", "generative", "agentic"),
    "serving": ("online", "batch", "streaming", "edge"),
    "exposure": ("internal", "customers", "public"),
    "risk": ("minimal", "limited", "high"),
    "personal_data": (True, False),
    "trains_model": (True, False),
    "retrieves": ("none", "open", "restricted"),
    "acts": ("none", "reads", "writes"),
    "role": ("provider", "deployer"),
    "high_risk_by": ("product", "use_case"),
    "interacts_with_people": (True, False),
    "generates_content": (True, False),
    "biometric": (True, False),
    "public_service": (True, False),
}
"""Each fact with the values that it can have. The last six are asked by law: who one is for the system,
what makes it high-risk, and what it does with people."""

LISTED_FACTS = ("serving", "role")
"""The facts that hold a list of their values."""

Facts = Mapping[str, str | bool | tuple[str, ...]]
"""The stated facts; a fact that is not stated is absent."""


class Level(IntEnum):
    """How far a practice or control is fulfilled, in half points: no 0, partial 1, yes 2."""

    NO = 0
    PARTIAL = 1
    YES = 2


class Proof(IntEnum):
    """How good a piece of evidence is. A greater proof satisfies a demand for a lesser one."""

    CLAIMED = 0
    DOCUMENTED = 1
    ATTESTED = 2
    VERIFIED = 3


# Judging reads these some two thousand times in a run, and in Python 3.11 reading a member by way of its class takes
# ten times as long as reading a name.
NO, PARTIAL, YES = Level
CLAIMED, DOCUMENTED, ATTESTED, VERIFIED = Proof


class Severity(StrEnum):
    """How much a control weighs: a blocker also holds back its stage."""

    BLOCKER = "blocker"
    MAJOR = "major"
    MINOR = "minor"


class Outcome(StrEnum):
    """How one control was judged."""

    MET = "met"
    PARTIAL = "partial"
    UNPROVEN = "unproven"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Mark(NamedTuple):
    """A place in a text file; both numbers start at 1."""

    line: int
    column: int


class Location(NamedTuple):
    """A place in a named file, relative to the repository's root, `/` between its parts."""

    path: str
    line: int
    column: int


class Condition(NamedTuple):
    """A tree of `all`, `any` and `not` over leaves.

    `op` is one of these three, with `parts`, or `leaf`, with `leaf` set. What a leaf is depends
    on whose condition it is: a `PracticeLeaf`, a `FactLeaf`, or a probe.
    """

    op: str
    parts: tuple[Condition, ...] = ()
    leaf: Any = None


class PracticeLeaf(NamedTuple):
    """A practice; where `at_least` is PARTIAL, that level already counts as fulfilled."""

    practice: str
    at_least: Level = Level.YES


class FactLeaf(NamedTuple):
    """A fact, and the values of which it must have one."""

    fact: str
    values: tuple[str | bool, ...]
