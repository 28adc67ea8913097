"""Which findings are gaps, and how outcomes are ordered."""

from __future__ import annotations

from readiness.model import Finding, Outcome

OPEN = (Outcome.PARTIAL, Outcome.UNPROVEN, Outcome.UNMET, Outcome.UNKNOWN)

RANK = {
    Outcome.UNMET.value: 0, Outcome.UNKNOWN.value: 0, Outcome.UNPROVEN.value: 1, Outcome.PARTIAL.value: 2,
    Outcome.MET.value: 3,
}  # fmt: skip
"""The order of outcomes; one that is not applicable has no place in it."""


def is_gap(finding: Finding) -> bool:
    """Whether a finding is open, waived or not."""
    return finding.outcome in OPEN
