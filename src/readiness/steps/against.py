"""An assessment held against a baseline: which findings are new, worse, better or fixed, and which of them only time
made worse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from readiness.judging.gaps import RANK, is_gap
from readiness.model import Assessment, Checklist, Finding, Outcome
from readiness.model.assessment import Against
from readiness.model.baseline import Baseline, Earlier, Growth
from readiness.phrases import listed

CHANGES = ("new", "worse", "better", "fixed", "same")
NOT_APPLICABLE = Outcome.NOT_APPLICABLE.value


def against(found: Assessment, baseline: Baseline, then: Assessment | None, growth: Iterable[Growth]) -> Assessment:
    """The assessment with the change of each finding. `then` is the same project judged as of the day of the
    baseline: what is no worse there, time made worse."""
    before = matched(found.checklist, found.findings, baseline)
    findings = tuple(f._replace(change=change(f, before.get(f.control.id))) for f in found.findings)
    by_id = {f.control.id: f for f in findings}
    aged = _by_time(findings, before, then)
    counts = {name: sum(f.change == name for f in findings) for name in CHANGES}
    told = (*_moved(findings, before), *_gone(found, baseline), *_versions(found, baseline), *_grown(growth))
    return found._replace(
        findings=findings,
        plan=tuple(by_id[gap.control.id] for gap in found.plan),
        baseline=Against(baseline.as_of, baseline.version, counts, aged),
        notices=(*found.notices, *told),
    )


def matched(checklist: Checklist, findings: Iterable[Finding], baseline: Baseline) -> Mapping[str, Earlier]:
    """The earlier finding of each control, by today's id: under that id, a former one, or, where neither is
    there, one that is gone now and asked about the same practices."""
    today = dict(checklist.aliases)
    every = list(findings)
    known = {today.get(name, name): earlier for name, earlier in baseline.findings.items()} | {
        name: earlier for name, earlier in baseline.findings.items() if name not in today
    }
    now = {finding.control.id for finding in every}
    left = {frozenset(e.practices): e for name, e in known.items() if name not in now}
    for finding in every:
        if finding.control.id not in known and (twin := left.pop(frozenset(finding.practices), None)) is not None:
            known[finding.control.id] = twin
    return {name: earlier for name, earlier in known.items() if name in now}


def change(finding: Finding, earlier: Earlier | None) -> str:
    """How a finding changed. A move to or from not applicable is no change, and neither is what is advisory."""
    if finding.advisory is not None:
        return "same"
    if earlier is None:
        return "new" if is_gap(finding) else "same"
    if NOT_APPLICABLE in (finding.outcome.value, earlier.outcome):
        return "same"
    step = RANK[finding.outcome.value] - RANK[earlier.outcome]
    if step < 0:
        return "worse"
    if step > 0:
        return "better" if is_gap(finding) else "fixed"
    return "same"


def _by_time(findings: Iterable[Finding], before: Mapping[str, Earlier], then: Assessment | None) -> tuple[str, ...]:
    """The controls that are worse now and would not be on the day of the baseline."""
    worse = [f for f in findings if f.change in ("worse", "new")]
    if then is None or not worse:
        return ()
    at = {f.control.id: f for f in then.findings}
    return tuple(
        f.control.id
        for f in worse
        if f.control.id in at and change(at[f.control.id], before.get(f.control.id)) not in ("worse", "new")
    )


# --------------------------------------------------------------------------- notices


def _moved(findings: Iterable[Finding], before: Mapping[str, Earlier]) -> Iterable[str]:
    """Controls that began or ceased to apply: no change, but worth knowing."""
    moves: dict[str, list[str]] = {"no longer applies": [], "applies now": []}
    for finding in findings:
        earlier = before.get(finding.control.id)
        if earlier is None or (earlier.outcome == NOT_APPLICABLE) == (finding.outcome == Outcome.NOT_APPLICABLE):
            continue
        moves["applies now" if earlier.outcome == NOT_APPLICABLE else "no longer applies"].append(finding.control.id)
    for what, names in moves.items():
        if names:
            verb = what if len(names) == 1 else what.replace("applies", "apply")
            yield f"Since the baseline, {listed(names)} {verb}."


def _gone(found: Assessment, baseline: Baseline) -> Iterable[str]:
    today = dict(found.checklist.aliases)
    now = {finding.control.id for finding in found.findings}
    names = [name for name in baseline.findings if today.get(name, name) not in now]
    if names:
        pin = f"{found.checklist.id}@{found.checklist.version}"
        yield f"The baseline holds {listed(names)}, which {pin} does not have."


def _versions(found: Assessment, baseline: Baseline) -> Iterable[str]:
    if baseline.version != found.checklist.version:
        yield (
            f"The baseline was judged by {baseline.checklist}@{baseline.version}: `readiness checklist diff` shows "
            f"what {found.checklist.version} changes."
        )
    elif baseline.digest != found.checklist.digest:
        yield f"{baseline.checklist}@{baseline.version} has changed since the baseline, though its version has not."
    if baseline.as_of > found.as_of:
        yield f"The baseline is of {baseline.as_of.isoformat()}, after the day of this assessment."


def _grown(growth: Iterable[Growth]) -> Iterable[str]:
    for entry in growth:
        yield f"The baseline grew on {entry.day.isoformat()} by {listed(entry.controls)}: {entry.reason}"
