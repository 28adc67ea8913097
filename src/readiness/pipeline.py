"""The whole tool in one readable function: `assess`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from readiness import library
from readiness.collect import collect
from readiness.condition import leaves
from readiness.inputs import read_inputs, renamed, targets
from readiness.judging import score
from readiness.judging.facts import Same, applies
from readiness.judging.gaps import is_gap
from readiness.model import DIMENSIONS, Assessment, Checklist, Denied, Evidence, Practice, Project, Proof, Scan
from readiness.repository import Repository
from readiness.rulers import Ruler, Rulers
from readiness.steps.decide import stages, verdict
from readiness.steps.enforce import enforce
from readiness.steps.grade import Case, grade, practices_of
from readiness.steps.notices import notices
from readiness.steps.plan import plan
from readiness.steps.prove import contradictions, prove
from readiness.steps.removals import removals
from readiness.steps.waive import waived, waiver_states

Detections = Mapping[str, tuple[Evidence, ...]]


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
    session = Session(project, checklists, target, roots, as_of, accept, shelves)
    return session.assess()


class Session:
    """A description, its checklists and its repositories, read and scanned once, and judged on any day."""

    def __init__(
        self,
        project: str | Path,
        checklists: Sequence[str] = (),
        target: str | None = None,
        roots: Mapping[str, Path] | None = None,
        as_of: date | None = None,
        accept: Proof | None = None,
        shelves: Iterable[Path] = (),
    ) -> None:
        path = Path(project)
        self.library = Rulers(shelves)
        inputs = read_inputs(path, checklists, self.library)
        places = {"": path.parent} if roots is None else dict(roots)
        held = {name: _below(path, place) for name, place in places.items()}
        self.repositories = {
            n: Repository(place, exclude=[own] if (own := held[n]) else ()) for n, place in places.items()
        }
        self.project = inputs.project._replace(path=held.get("") or path.name)
        self.rulers = inputs.rulers
        self.aims = targets(target, inputs.project.target, [ruler.checklist for ruler in inputs.rulers])
        self.as_of = as_of or datetime.now(UTC).date()
        self.accept = accept
        self.detections, self.denied = self._scan()

    def assess(self, day: date | None = None, *, everything: bool = False) -> tuple[Assessment, ...]:
        """The assessment by each checklist, on the day of the session or on another. With `everything`, what is
        advisory on that day counts too."""
        both = zip(self.rulers, self.aims, strict=True)
        return tuple(self._judge(ruler, aim, day or self.as_of, everything) for ruler, aim in both)

    def _judge(self, ruler: Ruler, aim: str | None, day: date, everything: bool) -> Assessment:
        """One checklist held against the project: collect, prove, grade, decide."""
        judge, path = ruler.checklist, self.project.path
        described, told = renamed(self.project, judge)
        vocabulary = self.library.practices()
        asked_for = _asks(judge, described) if self.detections else ()
        own = {name: found for name, found in self.detections.items() if name in asked_for}
        found = collect(described, vocabulary, self.repositories, own, self.denied)
        spoken_of = sorted(practices_of(Same(judge)) | described.answers.keys())
        states = prove(described, {name: vocabulary[name] for name in spoken_of}, found)
        graded = grade(Case(described, judge, states, day, self.accept, path, bool(self.repositories)))
        findings = graded if everything else enforce(graded, described.facts, day)
        waivers = waiver_states(described, judge, findings, day, path)
        excused = waived(waivers)
        reached = stages(judge, findings, excused)
        scores = next((result.dimensions for result in reached if result.stage.id == aim), None)
        scores = scores or score.dimensions(judge, findings, None)
        asked = score.up_to(judge, findings, aim)
        stands = verdict(reached, aim, judge.base.id)
        return Assessment(
            tool_version=version(),
            project=described,
            checklist=judge,
            as_of=day,
            target=aim,
            accepted_proof=self.accept,
            repository=bool(self.repositories),
            verdict=stands,
            score=score.overall(judge, scores, asked),
            stages=reached,
            dimensions=scores,
            findings=findings,
            plan=plan(judge, [f for f in asked if is_gap(f) and f.control.id not in excused]),
            practices=tuple(states[name] for name in spoken_of),
            contradictions=contradictions(described, states, found, path),
            removals=removals(findings, states, path),
            waivers=waivers,
            notices=(*notices(judge, ruler.unpinned, described, findings), *told),
            unwaived=verdict(stages(judge, findings, frozenset()), aim, judge.base.id) if excused else stands,
        )

    def _scan(self) -> tuple[Detections, tuple[Denied, ...]]:
        """What the detectors find of the practices that the checklists ask about, and which stated facts
        the repository denies. The scan is loaded only where there is something to scan for."""
        if not self.repositories:
            return {}, ()
        facts, vocabulary = self.project.facts, self.library.practices()
        asked = {name for ruler in self.rulers for name in _asks(ruler.checklist, self.project)}
        wanted = [vocabulary[name] for name in sorted(asked) if vocabulary[name].detectable]
        denials = [d for d in library.denials() if facts.get(d.fact) in d.values] if facts else []
        if not wanted and not denials:
            return {}, ()
        from readiness.detect import detect_all

        own = self.library.detectors()
        return detect_all(wanted, denials, self.repositories, self.project.answers, own=own)


def version() -> str:
    """The version of the tool."""
    from readiness import __version__

    return __version__


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
        for control, fits in zip(judge.controls, applies(judge, described.facts), strict=True)
        if fits is not False
        for leaf in leaves(control.met_when)
    }


def practices() -> Mapping[str, Practice]:
    """The shipped vocabulary by id; read once in a process."""
    return library.practices()


def scan_folder(folder: Path, progress: Callable[[int, int], None] | None = None, rulers: Rulers | None = None) -> Scan:
    """What a repository shows of every practice that has a detector, on the shelves in use."""
    from readiness.detect import detect

    repository, shelves = Repository(folder), rulers or Rulers()
    wanted = tuple(practice for practice in shelves.practices().values() if practice.detectable)
    ordered = sorted(wanted, key=lambda p: (DIMENSIONS.index(p.dimension), p.id))
    found = detect(ordered, {"": repository}, {}, progress, shelves.detectors())
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
    aim = targets(target, None, [judge])[0]
    seen = scan_folder(folder, progress, rulers)
    guesses = guess(Repository(folder), library.guesses())
    named = os.path.relpath(checklist, folder) if is_path(checklist) else None
    return describe(folder.resolve().name, judge, aim, rulers.practices(), seen, guesses, named)
