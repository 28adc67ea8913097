"""The whole tool in one readable function: `assess`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from readiness import library
from readiness.collect import collect
from readiness.condition import leaves
from readiness.document import Document, load
from readiness.errors import Diagnostic, InputError
from readiness.judging import score
from readiness.judging.facts import holds, questions
from readiness.loaders.project import Controls, Vocabulary, load_project, requested
from readiness.model import DIMENSIONS, Assessment, Checklist, Denied, Evidence, Mark, Practice, Project, Proof, Scan
from readiness.repository import Repository
from readiness.steps.decide import in_force, is_gap, stages, verdict, waiver_states
from readiness.steps.grade import Case, Same, grade
from readiness.steps.plan import plan
from readiness.steps.prove import contradictions, prove
from readiness.steps.removals import removals

DEFAULT_CHECKLIST = "core"
NO_CHECKLIST = "`readiness checklist list` names the shipped ones; `readiness schema checklist` is for one of your own"
DEFAULT_TARGET = "production"


class Inputs(NamedTuple):
    """A description and the checklist to judge it by, both read and found without fault.

    `unpinned` is the name by which the checklist was asked for, where that left the version open.
    """

    project: Project
    checklist: Checklist
    unpinned: str | None


def assess(
    project: str | Path,
    *,
    checklist: str | None = None,
    target: str | None = None,
    roots: Mapping[str, Path] | None = None,
    as_of: date | None = None,
    accept: Proof | None = None,
) -> Assessment:
    """Assess a project description against a checklist.

    `project` is the path of the description. `checklist` is an id, an `id@version` or a path, and
    `target` a stage; both default to what the description asks for, then to the newest `core` and
    to `production`. `roots` maps names to repositories, the project's own under ""; by default
    that is the folder of the description, and an empty mapping means that no repository is looked
    at. `as_of` is the day of the assessment, today in UTC by default. `accept` judges by lesser
    proof than the checklist asks.

    Raises InputError, with every fault found, where an input cannot be read.
    """
    path = Path(project)
    day = as_of or datetime.now(UTC).date()
    inputs = read_inputs(path, checklist)
    places = {"": path.parent} if roots is None else dict(roots)
    held = {name: _below(path, place) for name, place in places.items()}
    shown = held.get("") or path.name
    repositories = {n: Repository(place, exclude=[own] if (own := held[n]) else ()) for n, place in places.items()}
    aim = _target(target, inputs.project.target, inputs.checklist)
    return _assess(inputs._replace(project=inputs.project._replace(path=shown)), repositories, aim, day, accept)


def _assess(
    inputs: Inputs, repositories: Mapping[str, Repository], aim: str, day: date, accept: Proof | None
) -> Assessment:
    """The run itself: collect, prove, grade, decide."""
    described, judge, shown = inputs.project, inputs.checklist, inputs.project.path
    found = collect(described, practices(), repositories, *_detections(judge, described, repositories))
    states = prove(described, practices(), found)
    findings = grade(Case(described, judge, states, day, accept, shown, bool(repositories)))
    reached = stages(judge, findings, day)
    scores = next(result.dimensions for result in reached if result.stage.id == aim)
    asked = score.up_to(judge, findings, aim)
    gaps = [finding for finding in asked if is_gap(finding) and not in_force(finding.waiver, day)]
    named = {name for finding in findings for name in finding.practices} | set(described.answers)
    return Assessment(
        tool_version=version(),
        project=described,
        checklist=judge,
        as_of=day,
        target=aim,
        accepted_proof=accept,
        repository=bool(repositories),
        verdict=verdict(reached, aim),
        score=score.overall(judge, scores, asked),
        stages=reached,
        dimensions=scores,
        findings=findings,
        plan=plan(judge, gaps),
        practices=tuple(states[name] for name in sorted(named)),
        contradictions=contradictions(described, states, found, shown),
        removals=removals(findings, states, shown),
        waivers=waiver_states(described, judge, findings, day, shown),
        notices=_notices(inputs),
    )


def version() -> str:
    """The version of the tool."""
    from readiness import __version__

    return __version__


# --------------------------------------------------------------------------- inputs


def read_inputs(path: Path, checklist: str | None = None) -> Inputs:
    """Read a description and the checklist that it is to be judged by."""
    document = load(path, str(path))
    wanted, mark = requested(document)
    own, own_unpinned = _checklist(wanted or DEFAULT_CHECKLIST, document, mark)
    judge, unpinned = _checklist(checklist) if checklist else (own, own_unpinned)
    described = load_project(document, _vocabulary(own, judge))
    return Inputs(described, judge, unpinned)


def _checklist(
    reference: str, document: Document | None = None, mark: Mark | None = None
) -> tuple[Checklist, str | None]:
    """The checklist for a reference, and the reference again where it leaves the version open."""
    if library.is_path(reference):
        path = (Path(document.path).parent if document else Path()) / reference
        if document and mark and not path.exists():
            message = f"there is no checklist file `{reference}`, seen from the description's folder"
            raise InputError([document.fault(mark, message, NO_CHECKLIST, document.span(mark))])
        return load_checklist(path), None
    try:
        entry = library.find(reference)
    except library.Missing as missing:
        if document and mark:
            raise InputError([document.fault(mark, str(missing), missing.help, document.span(mark))]) from None
        raise InputError([Diagnostic("--checklist", 0, 0, str(missing), missing.help)]) from None
    return library.checklist(entry), None if reference == f"{entry.id}@{entry.version}" else reference


def ruler(reference: str) -> Checklist:
    """The checklist for an id, an `id@version` or a path. Raises InputError where there is none."""
    return _checklist(reference)[0]


def load_checklist(path: Path) -> Checklist:
    """A checklist from a file of the user's own. Raises InputError with every fault in it."""
    from readiness.loaders import checklist as checklists

    document = load(path, str(path), hint=NO_CHECKLIST)
    checklists.check(document, practices())
    return checklists.build(document.data, document.digest)


def practices() -> Mapping[str, Practice]:
    """The vocabulary by id; read once in a process."""
    return library.practices()


def _vocabulary(own: Checklist, judge: Checklist) -> Vocabulary:
    return Vocabulary(practices(), tuple(stage.id for stage in own.stages), own.id, _controls_of(own, judge))


def _controls_of(*rulers: Checklist) -> Callable[[str], Controls | None]:
    """The controls of each checklist that takes part in the run. Two versions of one checklist count
    as one: a waiver of a control that either has is no fault."""

    def controls_of(name: str) -> Controls | None:
        held = list({id(ruler): _controls(Same(ruler)) for ruler in rulers if ruler.id == name}.values())
        if len(held) == 1:
            return held[0]
        return {control: asked for controls in held for control, asked in controls.items()} if held else None

    return controls_of


@lru_cache(maxsize=8)
def _controls(same: Same) -> Controls:
    controls = same.checklist.controls
    return {control.id: tuple(leaf.practice for leaf in leaves(control.met_when)) for control in controls}


def _target(wanted: str | None, described: str | None, judge: Checklist) -> str:
    """The target stage, which the checklist must have. A description's target belongs to its own
    checklist: where another judges that has no such stage, the default takes its place."""
    order = [stage.id for stage in judge.stages]
    if wanted is None and described in order:
        return str(described)
    if wanted is None:
        return DEFAULT_TARGET if DEFAULT_TARGET in order else order[-1]
    if wanted not in order:
        known = ", ".join(f"`{stage}`" for stage in order)
        raise InputError(
            [Diagnostic("--target", 0, 0, f"`{judge.id}` has no stage `{wanted}`", f"its stages are {known}")]
        )
    return wanted


def _below(path: Path, root: Path) -> str | None:
    """The description's path below a root; None where it lies elsewhere."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return None


def _detections(
    judge: Checklist, described: Project, repositories: Mapping[str, Repository]
) -> tuple[Mapping[str, tuple[Evidence, ...]], tuple[Denied, ...]]:
    """What the detectors find of the practices that the checklist asks about, and which stated facts
    the repository denies. The scan is loaded only where there is something to scan for."""
    if not repositories:
        return {}, ()
    asked = {
        leaf.practice
        for control in judge.controls
        if control.applies_when is None or holds(control.applies_when, described.facts) is not False
        for leaf in leaves(control.met_when)
    }
    wanted = [practice for name, practice in practices().items() if name in asked and practice.detectable]
    denials = [d for d in library.denials() if described.facts.get(d.fact) in d.values] if described.facts else []
    if not wanted and not denials:
        return {}, ()
    from readiness.detect import detect_all

    return detect_all(wanted, denials, repositories, described.answers)


def scan_folder(folder: Path, progress: Callable[[int, int], None] | None = None) -> Scan:
    """What a repository shows of every practice that has a detector."""
    from readiness.detect import detect

    repository = Repository(folder)
    wanted = tuple(practice for practice in practices().values() if practice.detectable)
    ordered = sorted(wanted, key=lambda p: (DIMENSIONS.index(p.dimension), p.id))
    found = detect(ordered, {"": repository}, {}, progress)
    return Scan(version(), tuple(ordered), found, len(repository.files), repository.skipped)


def first_description(
    folder: Path, checklist: str, target: str | None, progress: Callable[[int, int], None] | None = None
) -> tuple[str, int, int]:
    """The text of a first description for a repository, the number of its questions, and the number
    of practices that the scan found."""
    from readiness.init import describe, guess

    judge = ruler(checklist)
    seen = scan_folder(folder, progress)
    guesses = guess(Repository(folder), library.guesses())
    named = os.path.relpath(checklist, folder) if library.is_path(checklist) else None
    return describe(folder.resolve().name, judge, _target(target, None, judge), practices(), seen, guesses, named)


# --------------------------------------------------------------------------- notices


def _notices(inputs: Inputs) -> tuple[str, ...]:
    """What a reader should know beside the verdict."""
    judge = inputs.checklist
    notices = []
    if inputs.unpinned is not None:
        pin = f"{judge.id}@{judge.version}"
        notices.append(
            f"No version of the checklist is pinned, so {pin} judges; pin it with `assess: {{checklist: {pin}}}`."
        )
    for fact, count in questions(judge.controls, inputs.project.facts).items():
        plural = "controls apply" if count > 1 else "control applies"
        notices.append(f"The fact `{fact}` is not stated: {count} {plural} until it is.")
    return tuple(notices)
