"""What the repository itself shows: the detectors of the practices that a run asks about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from readiness import library
from readiness.collect import ROOT_NAME, resolved
from readiness.kept import Kept
from readiness.model import Answer, Denied, Evidence, Practice, Proof
from readiness.repository import Repository
from readiness.scan import Hit, find_kept, scan_kept

Detections = Mapping[str, tuple[Evidence, ...]]
Progress = Callable[[int, int], None]


def detect(
    practices: Iterable[Practice],
    roots: Mapping[str, Repository],
    answers: Mapping[str, Answer],
    progress: Progress | None = None,
) -> Detections:
    """What is found for each practice that has a detector; an empty tuple where nothing is.

    Every repository is scanned whole. A file that the description names for a practice is shown to
    its detector as well, wherever it lies.
    """
    return detect_all(practices, (), roots, answers, progress, every=True)[0]


def detect_all(
    practices: Iterable[Practice],
    denials: Iterable[library.Denial],
    roots: Mapping[str, Repository],
    answers: Mapping[str, Answer],
    progress: Progress | None = None,
    *,
    every: bool = False,
) -> tuple[Detections, tuple[Denied, ...]]:
    """The same, and in the same scan what denies stated facts: of each fact the first that is found. With `every`,
    the repositories count all that they pass over."""
    kept = library.detectors()
    shelf = [practice.id for practice in practices if practice.detectable]
    doubts = {denial.detector: denial for denial in denials}
    found: dict[str, list[Evidence]] = {name: [] for name in (*shelf, *doubts)}
    for root, repository in roots.items():
        for name, hits in scan_kept(repository, kept, found, progress, every=every).items():
            found[name].extend(_evidence(hit, root) for hit in hits)
    for name in shelf:
        if name in answers:
            found[name].extend(_named(answers[name], kept, roots, found[name]))
    denied: dict[str, Denied] = {}
    for name, denial in doubts.items():
        if found[name]:
            denied.setdefault(denial.fact, Denied(denial.fact, denial.because, found[name][0]))
    return {name: tuple(found[name]) for name in shelf}, tuple(denied.values())


def _evidence(hit: Hit, root: str) -> Evidence:
    path = f"{root}:{hit.path}" if root else hit.path
    return Evidence("detection", Proof.VERIFIED, path, hit.line or None, hit.detail, None, None)


def _named(answer: Answer, kept: Kept, roots: Mapping[str, Repository], seen: Iterable[Evidence]) -> Iterable[Evidence]:
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
            added += [_evidence(hit, root) for hit in find_kept(roots[root], kept, answer.practice, files)]
    return added
