"""An earlier report, as far as a later one is held against it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from readiness.tuples import NamedTuple


class Earlier(NamedTuple):
    """One finding of an earlier report. `weight` and the levels are in half points, as in its figures."""

    control: str
    dimension: str
    stage: str | None
    severity: str
    outcome: str
    claimed: int
    practices: tuple[str, ...]
    advisory: bool
    lapsed: bool
    waived: bool


class Baseline(NamedTuple):
    """An earlier report by one checklist. `weights` and `scheme` are those of its scoring; `dimensions` maps a
    dimension to what it had earned and could have earned, in half points."""

    checklist: str
    version: str
    digest: str
    as_of: date
    target: str | None
    project: str
    description: str
    findings: Mapping[str, Earlier]
    weights: Mapping[str, int]
    scheme: Mapping[str, str]
    stages: tuple[str, ...]
    dimensions: Mapping[str, tuple[int, int]]
    verdict: Mapping[str, object]
    score: Mapping[str, object]


class Growth(NamedTuple):
    """A time at which a baseline was allowed to grow: the day, the reason, and the controls that it took in."""

    day: date
    reason: str
    controls: tuple[str, ...]


class Kept(NamedTuple):
    """A baseline file: a report for each checklist, and when it was allowed to grow."""

    reports: Mapping[str, Baseline]
    growth: tuple[Growth, ...]
