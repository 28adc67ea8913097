"""What tells two findings apart, for the programs that follow one from run to run."""

from __future__ import annotations

from hashlib import sha256

from readiness.model import Assessment, Finding


def fingerprint(assessment: Assessment, ruler: str, finding: Finding) -> str:
    """A digest of what a finding is about: the project by its name, the checklist, the control and its practices.
    It stays the same when lines move, when wording changes and when the checklist has a new version. `ruler` is what
    the checklist is called beside the others of the run."""
    parts = (assessment.project.name, ruler, finding.control.id, *sorted(finding.practices))
    return sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()
