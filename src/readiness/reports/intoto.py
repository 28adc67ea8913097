"""The assessment as an in-toto Statement v1, ready to be signed: what was judged, by which rulers, with which result.

`cosign attest-blob --statement FILE` signs it as it is. `cosign attest --type TYPE --predicate FILE IMAGE`, which makes
its own statement about an image, takes its `predicate` alone, with `PREDICATE` as the type. `readiness verify` holds
either against the project.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from readiness.model import Assessment, Outcome, Project, Severity
from readiness.reports import CannotWrite, safe, select
from readiness.reports.json import report
from readiness.reports.json_text import dumps

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "tag:readiness,2026:assessment/v1"
"""The type of the predicate. None of the types that the in-toto project keeps fits: `test-result` knows passed and
failed, and `svr` names of properties, but neither a ruler with a version nor claimed against proven. A type is a URI
that need not lead anywhere; a `tag:` URI says so, where an `https:` one would name a host that is not ours to name.
The number at its end changes when a field is taken away or means something else."""

Value = dict[str, Any]


def render(assessment: Assessment, **_terminal: object) -> str:
    """The statement on one checklist's assessment."""
    return render_all((assessment,))


def render_all(assessments: Sequence[Assessment], **_terminal: object) -> str:
    """One statement on the assessments by several checklists, for they are about one subject.

    Raises CannotWrite where the description names nothing that a statement could be about.
    """
    about = subjects(assessments[0].project)
    if not about:
        raise CannotWrite(
            "an in-toto statement is about an artifact, and the description names none",
            "state `project.model.digest` (`sha256:` and 64 hexadecimal digits), or `project.commit`, or both",
        )
    return dumps(
        {"_type": STATEMENT, "subject": about, "predicateType": PREDICATE, "predicate": predicate(assessments)}
    )


def subjects(project: Project) -> list[Value]:
    """What a statement on a project is about: the model's artifact and the commit, as far as they are named."""
    found = []
    digest = project.model.get("digest")
    if digest:
        algorithm, _, value = digest.partition(":")
        name = project.model.get("name") or project.name
        found.append({"name": safe.plain(name), "digest": {algorithm: value}})
    if project.commit:
        found.append({"name": safe.plain(project.name), "digest": {"gitCommit": project.commit}})
    return found


def predicate(assessments: Sequence[Assessment]) -> Value:
    """What a statement says. It has one shape for one checklist and for several, so that a policy is written once."""
    first = assessments[0]
    whole = report(first)
    return {
        "tool": whole["tool"],
        "project": {"name": safe.plain(first.project.name)},
        "description": whole["description"],
        "repository": first.repository,
        "as_of": whole["as_of"],
        "accepted_proof": whole["accepted_proof"],
        "assessments": [_assessment(each) for each in assessments],
    }


def _assessment(assessment: Assessment) -> Value:
    whole = report(assessment)
    verdict = whole["verdict"]
    counts = select.totals(assessment)
    blockers = [f.control.id for f in assessment.plan if f.control.severity is Severity.BLOCKER]
    figures = ("id", "earned", "claimed_earned", "possible", "threshold")
    return {
        "checklist": {key: whole["checklist"][key] for key in ("id", "version", "digest")},
        "target": whole["target"],
        "verdict": {key: verdict[key] for key in ("ready", "stage", "without_waivers")},
        "score": {key: whole["score"][key] for key in ("proven", "claimed", "coverage", "band", "unit", "max")},
        "dimensions": [{key: entry[key] for key in figures} for entry in whole["dimensions"]],
        "counts": {outcome.value: counts[outcome] for outcome in Outcome},
        "open_blockers": sorted(blockers),
        "waivers": [_waiver(entry) for entry in whole["waivers"] if entry["status"] == "in_force"],
        "report": {"schema": whole["schema"], "digest": digest(whole)},
    }


def _waiver(entry: Value) -> Value:
    said = {key: safe.plain(entry[key]) for key in ("reason", "owner", "approved_by")}
    return {"control": entry["control"], "expires": entry["expires"], **said}


def digest(whole: Value) -> str:
    """The digest of a JSON report in one certain form: keys sorted, no white space, ASCII, and without what depends on
    how it was asked for and not on the project: `notices`, `baseline` and each finding's `change`."""
    from hashlib import sha256

    kept = {key: value for key, value in whole.items() if key not in ("notices", "baseline")}
    kept["findings"] = [{key: value for key, value in f.items() if key != "change"} for f in whole["findings"]]
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return f"sha256:{sha256(text.encode('ascii')).hexdigest()}"
