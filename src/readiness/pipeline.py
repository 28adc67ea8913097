"""The whole tool in one readable function: `assess`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from readiness import library
from readiness.collect import collect
from readiness.condition import leaves
from readiness.document import load
from readiness.errors import Diagnostic, InputError
from readiness.judging import score
from readiness.judging.facts import holds
from readiness.loaders.project import Controls, Vocabulary, load_project, requested
from readiness.model import DIMENSIONS, STAGES, Assessment, Checklist, Denied, Evidence, Practice, Project, Proof, Scan
from readiness.repository import Repository
from readiness.rulers import Ruler, Rulers
from readiness.steps.decide import in_force, is_gap, stages, verdict, waiver_states
from readiness.steps.enforce import enforce
from readiness.steps.grade import Case, grade
from readiness.steps.notices import notices
from readiness.steps.plan import plan
from readiness.steps.prove import contradictions, prove
from readiness.steps.removals import removals

DEFAULT_CHECKLIST = "core"
DEFAULT_TARGET = "production"
Detections = Mapping[str, tuple[Evidence, ...]]


class Inputs(NamedTuple):
    """A description and the checklists to judge it by, all read and found without fault."""

    project: Project
    rulers: tuple[Ruler, ...]


class Run(NamedTuple):
    """What every checklist of a run is held against: the description, the repositories and the vocabulary."""

    project: Project
    repositories: Mapping[str, Repository]
    rulers: Rulers
    as_of: date
    accept: Proof | None


def assess(
    project: str | Path,
    *,
    checklist: str | None = None,
    target: str | None = None,
    roots: Mapping[str, Path] | None = None,
    as_of: date | None = None,
    accept: Proof | None = None,
    shelves: Iterable[Path] = (),
) -> Assessment:
    """Assess a project description against a checklist.

    `project` is the path of the description. `checklist` is an id, an `id@version` or a path, and
    `target` a stage; both default to what the description asks for, then to the newest `core` and
    to `production`. `roots` maps names to repositories, the project's own under ""; by default
    that is the folder of the description, and an empty mapping means that no repository is looked
    at. `as_of` is the day of the assessment, today in UTC by default. `accept` judges by lesser
    proof than the checklist asks. `shelves` are folders of further checklists and practices.

    Raises InputError, with every fault found, where an input cannot be read.
    """
    named = () if checklist is None else (checklist,)
    return assess_all(
        project, checklists=named, target=target, roots=roots, as_of=as_of, accept=accept, shelves=shelves
    )[0]


def assess_all(
    project: str | Path,
    *,
    checklists: Sequence[str] = (),
    target: str | None = None,
    roots: Mapping[str, Path] | None = None,
    as_of: date | None = None,
    accept: Proof | None = None,
    shelves: Iterable[Path] = (),
) -> tuple[Assessment, ...]:
    """Assess a description against several checklists, and scan the repository once for all of them.

    The options are those of `assess`, and each assessment is the same as when its checklist judges
    alone. A target counts for the checklists that have such a stage. Raises InputError as `assess` does.
    """
    path = Path(project)
    rulers = Rulers(shelves)
    inputs = read_inputs(path, checklists, rulers)
    places = {"": path.parent} if roots is None else dict(roots)
    held = {name: _below(path, place) for name, place in places.items()}
    repositories = {n: Repository(place, exclude=[own] if (own := held[n]) else ()) for n, place in places.items()}
    judges = [ruler.checklist for ruler in inputs.rulers]
    aims = _targets(target, inputs.project.target, judges)
    described = inputs.project._replace(path=held.get("") or path.name)
    run = Run(described, repositories, rulers, as_of or datetime.now(UTC).date(), accept)
    seen = _detections(judges, run)
    return tuple(_assess(run, ruler, aim, *seen) for ruler, aim in zip(inputs.rulers, aims, strict=True))


def _assess(run: Run, ruler: Ruler, aim: str | None, detections: Detections, denied: tuple[Denied, ...]) -> Assessment:
    """One checklist held against the project: collect, prove, grade, decide."""
    judge, day, path = ruler.checklist, run.as_of, run.project.path
    described, renamed = _renamed(run.project, judge)
    vocabulary = run.rulers.practices()
    asked_for = _asks(judge, described)
    own = {name: found for name, found in detections.items() if name in asked_for}
    found = collect(described, vocabulary, run.repositories, own, denied)
    states = prove(described, vocabulary, found)
    graded = grade(Case(described, judge, states, day, run.accept, path, bool(run.repositories)))
    findings = enforce(graded, described.facts, day)
    reached = stages(judge, findings, day)
    scores = next((result.dimensions for result in reached if result.stage.id == aim), None)
    scores = scores or score.dimensions(judge, findings, None)
    asked = score.up_to(judge, findings, aim)
    gaps = [finding for finding in asked if is_gap(finding) and not in_force(finding.waiver, day)]
    named = {name for finding in findings for name in finding.practices} | set(described.answers)
    return Assessment(
        tool_version=version(),
        project=described,
        checklist=judge,
        as_of=day,
        target=aim,
        accepted_proof=run.accept,
        repository=bool(run.repositories),
        verdict=verdict(reached, aim, judge.base.id),
        score=score.overall(judge, scores, asked),
        stages=reached,
        dimensions=scores,
        findings=findings,
        plan=plan(judge, gaps),
        practices=tuple(states[name] for name in sorted(named)),
        contradictions=contradictions(described, states, found, path),
        removals=removals(findings, states, path),
        waivers=waiver_states(described, judge, findings, day, path),
        notices=(*notices(ruler.checklist, ruler.unpinned, described, findings), *renamed),
    )


def version() -> str:
    """The version of the tool."""
    from readiness import __version__

    return __version__


# --------------------------------------------------------------------------- inputs


def read_inputs(path: Path, checklists: Sequence[str] = (), rulers: Rulers | None = None) -> Inputs:
    """Read a description and the checklists that it is to be judged by: its own, or others."""
    shelves = rulers or Rulers()
    document = load(path, str(path))
    wanted, mark = requested(document)
    own = shelves.find(wanted, document, mark) if wanted else shelves.find(DEFAULT_CHECKLIST)
    judges = tuple(shelves.find(reference) for reference in checklists) or (own,)
    described = load_project(document, _vocabulary(shelves, own.checklist, [judge.checklist for judge in judges]))
    return Inputs(described, judges)


def _vocabulary(rulers: Rulers, own: Checklist, judges: Iterable[Checklist]) -> Vocabulary:
    """The words of a description. Its stages are those of all who judge it, and the usual ones where none has any."""
    several = (own, *judges)
    order = tuple(dict.fromkeys(stage.id for judge in several for stage in judge.stages)) or STAGES
    return Vocabulary(rulers.practices(), order, own.id, _controls_of(*several))


def _controls_of(*rulers: Checklist) -> Callable[[str], Controls | None]:
    """The controls of each checklist that takes part in the run. Two versions of one checklist count
    as one: a waiver of a control that either has is no fault."""

    def controls_of(name: str) -> Controls | None:
        held = [_controls(ruler) for ruler in rulers if ruler.id == name]
        return {control: asked for controls in held for control, asked in controls.items()} if held else None

    return controls_of


def _controls(judge: Checklist) -> Controls:
    """The practices that each control asks about, under its id and its former ones."""
    found = {control.id: tuple(leaf.practice for leaf in leaves(control.met_when)) for control in judge.controls}
    return {**found, **{former: found[today] for former, today in judge.aliases if today in found}}


def _renamed(described: Project, judge: Checklist) -> tuple[Project, tuple[str, ...]]:
    """The project with today's ids in its waivers, and a notice for each that bears a former one."""
    former = dict(judge.aliases)
    taken = {waiver.control for waiver in described.waivers if waiver.checklist == judge.id}
    if taken.isdisjoint(former):
        return described, ()
    told = []
    waivers = []
    for waiver in described.waivers:
        today = former.get(waiver.control) if waiver.checklist == judge.id else None
        if today is not None and today in taken:
            told.append(f"The waiver of `{waiver.control}` is left aside: `{today}`, as it is called now, has another.")
        elif today is not None:
            taken.add(today)
            told.append(
                f"The waiver of `{waiver.control}` is taken as one of `{today}`, as that control is called now."
            )
            waiver = waiver._replace(control=today)
        waivers.append(waiver)
    return described._replace(waivers=tuple(waivers)), tuple(told)


def _targets(wanted: str | None, described: str | None, judges: Sequence[Checklist]) -> list[str | None]:
    """The target stage of each checklist; None of one that has no stages."""
    if wanted is not None and not any(wanted == stage.id for judge in judges for stage in judge.stages):
        known = ", ".join(f"`{s}`" for s in dict.fromkeys(stage.id for judge in judges for stage in judge.stages))
        names = " or ".join(f"`{judge.id}`" for judge in judges)
        help = f"its stages are {known}" if known else "it has a score, and no stages: leave --target out"
        raise InputError([Diagnostic("--target", 0, 0, f"{names} has no stage `{wanted}`", help)])
    return [_target(wanted, described, judge) for judge in judges]


def _target(wanted: str | None, described: str | None, judge: Checklist) -> str | None:
    """The first of the stage wanted, the described one and the usual one that the checklist has, or its last. A
    description's target belongs to its own checklist, and another may have no such stage."""
    order = [stage.id for stage in judge.stages]
    usual = (wanted, described, DEFAULT_TARGET)
    return next((stage for stage in usual if stage in order), order[-1] if order else None)


def _below(path: Path, root: Path) -> str | None:
    """The description's path below a root; None where it lies elsewhere."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return None


def _asks(judge: Checklist, described: Project) -> set[str]:
    """The practices that a checklist asks about, of such a project."""
    return {
        leaf.practice
        for control in judge.controls
        if control.applies_when is None or holds(control.applies_when, described.facts) is not False
        for leaf in leaves(control.met_when)
    }


def _detections(judges: Iterable[Checklist], run: Run) -> tuple[Detections, tuple[Denied, ...]]:
    """What the detectors find of the practices that the checklists ask about, and which stated facts
    the repository denies. The scan is loaded only where there is something to scan for."""
    if not run.repositories:
        return {}, ()
    facts, vocabulary = run.project.facts, run.rulers.practices()
    asked = {name for judge in judges for name in _asks(judge, run.project)}
    wanted = [vocabulary[name] for name in sorted(asked) if vocabulary[name].detectable]
    denials = [d for d in library.denials() if facts.get(d.fact) in d.values] if facts else []
    if not wanted and not denials:
        return {}, ()
    from readiness.detect import detect_all

    return detect_all(wanted, denials, run.repositories, run.project.answers, own=run.rulers.detectors())


def practices() -> Mapping[str, Practice]:
    """The shipped vocabulary by id; read once in a process."""
    return library.practices()


def scan_folder(folder: Path, progress: Callable[[int, int], None] | None = None) -> Scan:
    """What a repository shows of every practice that has a detector."""
    from readiness.detect import detect

    repository = Repository(folder)
    wanted = tuple(practice for practice in practices().values() if practice.detectable)
    ordered = sorted(wanted, key=lambda p: (DIMENSIONS.index(p.dimension), p.id))
    found = detect(ordered, {"": repository}, {}, progress)
    return Scan(version(), tuple(ordered), found, len(repository.files), repository.skipped)


def first_description(
    folder: Path,
    checklist: str,
    target: str | None,
    progress: Callable[[int, int], None] | None = None,
    shelves: Iterable[Path] = (),
) -> tuple[str, int, int]:
    """The text of a first description for a repository, the number of its questions, and the number
    of practices that the scan found."""
    from readiness.init import describe, guess
    from readiness.shelves import is_path

    rulers = Rulers(shelves)
    judge = rulers.find(checklist).checklist
    aim = _targets(target, None, [judge])[0]
    seen = scan_folder(folder, progress)
    guesses = guess(Repository(folder), library.guesses())
    named = os.path.relpath(checklist, folder) if is_path(checklist) else None
    return describe(folder.resolve().name, judge, aim, rulers.practices(), seen, guesses, named)
