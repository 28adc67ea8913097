"""What the repository itself shows: the detectors of the practices that a run asks about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from readiness import library
from readiness.collect import ROOT_NAME, resolved
from readiness.kept import Kept
from readiness.model import Answer, Condition, Denied, Evidence, Practice, Proof
from readiness.repository import Repository
from readiness.scan import Hit, find_in, find_kept, scan, scan_kept

Detections = Mapping[str, tuple[Evidence, ...]]
Progress = Callable[[int, int], None]


def detect(
    practices: Iterable[Practice],
    roots: Mapping[str, Repository],
    answers: Mapping[str, Answer],
    progress: Progress | None = None,
    own: Mapping[str, Condition] | None = None,
) -> Detections:
    """What is found for each practice that has a detector; an empty tuple where nothing is.

    Every repository is scanned whole. A file that the description names for a practice is shown to
    its detector as well, wherever it lies.
    """
    return detect_all(practices, (), roots, answers, progress, own, every=True)[0]


def detect_all(
    practices: Iterable[Practice],
    denials: Iterable[library.Denial],
    roots: Mapping[str, Repository],
    answers: Mapping[str, Answer],
    progress: Progress | None = None,
    own: Mapping[str, Condition] | None = None,
    *,
    every: bool = False,
) -> tuple[Detections, tuple[Denied, ...]]:
    """The same, and in the same scan what denies stated facts: of each fact the first that is found. `own` holds the
    detectors of practices that are not shipped. With `every`, the repositories count all that they pass over."""
    kept, others = library.detectors(), own or {}
    shelf = [practice.id for practice in practices if practice.detectable]
    doubts = {denial.detector: denial for denial in denials}
    found: dict[str, list[Evidence]] = {name: [] for name in (*shelf, *doubts)}
    theirs = {name: others[name] for name in shelf if name in others}
    for root, repository in roots.items():
        shipped = [name for name in found if name not in theirs]
        hits_of = scan_kept(repository, kept, shipped, progress, every=every)
        if theirs:
            hits_of = {**hits_of, **scan(repository, theirs, progress)}
        for name, hits in hits_of.items():
            found[name].extend(_evidence(hit, root) for hit in hits)
    for name in shelf:
        if name in answers:
            found[name].extend(_named(answers[name], theirs.get(name) or kept, roots, found[name]))
    denied: dict[str, Denied] = {}
    for name, denial in doubts.items():
        if found[name]:
            denied.setdefault(denial.fact, Denied(denial.fact, denial.because, found[name][0]))
    return {name: tuple(found[name]) for name in shelf}, tuple(denied.values())


def _evidence(hit: Hit, root: str) -> Evidence:
    path = f"{root}:{hit.path}" if root else hit.path
    return Evidence("detection", Proof.VERIFIED, path, hit.line or None, hit.detail, None, None)


def _named(
    answer: Answer, detector: Kept | Condition, roots: Mapping[str, Repository], seen: Iterable[Evidence]
) -> Iterable[Evidence]:
    """What the files show that an answer names and that the scan has not shown yet."""
    known = {piece.path for piece in seen}
    added: list[Evidence] = []
    for piece in answer.evidence:
        if piece.path is None:
            continue
        named = ROOT_NAME.match(piece.path)
        root, path = (named.group(1), named.group(2)) if named and named.group(1) in roots else ("", piece.path)
        files = resolved(roots[root], path) if root in roots else ()
        if files and not any((f"{root}:{f}" if root else f) in known for f in files):
            added += [_evidence(hit, root) for hit in _found_in(roots[root], detector, answer.practice, files)]
    return added


def _found_in(
    repository: Repository, detector: Kept | Condition, practice: str, files: Iterable[str]
) -> tuple[Hit, ...]:
    """What some files show of a practice, by a kept detector or by one that is not shipped."""
    if isinstance(detector, Condition):
        return find_in(repository, detector, files)
    return find_kept(repository, detector, practice, files)
