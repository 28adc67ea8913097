"""What the repository itself shows: the detectors of the practices that a run asks about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from readiness import library
from readiness.collect import ROOT_NAME, resolved
from readiness.model import Answer, Condition, Denied, Evidence, Practice, Proof
from readiness.repository import Repository
from readiness.scan import Hit, find_in, scan

Detections = Mapping[str, tuple[Evidence, ...]]
Progress = Callable[[int, int], None]


def detect(
    practices: Iterable[Practice],
    roots: Mapping[str, Repository],
    answers: Mapping[str, Answer],
    progress: Progress | None = None,
    own: Mapping[str, library.Detector] | None = None,
) -> Detections:
    """What is found for each practice that has a detector; an empty tuple where nothing is.

    Every repository is scanned whole. A file that the description names for a practice is shown to
    its detector as well, wherever it lies.
    """
    return detect_all(practices, (), roots, answers, progress, own)[0]


def detect_all(
    practices: Iterable[Practice],
    denials: Iterable[library.Denial],
    roots: Mapping[str, Repository],
    answers: Mapping[str, Answer],
    progress: Progress | None = None,
    own: Mapping[str, library.Detector] | None = None,
) -> tuple[Detections, tuple[Denied, ...]]:
    """The same, and in the same scan what denies stated facts: of each fact the first that is found.
    `own` holds the detectors of practices that are not shipped."""
    others = own or {}
    shelf = {p.id: others.get(p.id) or library.detectors()[p.id] for p in practices if p.detectable}
    doubts = {f"facts.{number}": denial for number, denial in enumerate(denials)}
    all_ = {**shelf, **{key: denial.detector for key, denial in doubts.items()}}
    detectors = {name: held.condition for name, held in all_.items()}
    prepared = {name: held.prepared for name, held in all_.items()}
    found: dict[str, list[Evidence]] = {name: [] for name in detectors}
    for root, repository in roots.items():
        for name, hits in scan(repository, detectors, progress, prepared).items():
            found[name].extend(_evidence(hit, root) for hit in hits)
    for name in shelf:
        if name in answers:
            found[name].extend(_named(answers[name], detectors[name], roots, found[name]))
    denied: dict[str, Denied] = {}
    for key, denial in doubts.items():
        if found[key]:
            denied.setdefault(denial.fact, Denied(denial.fact, denial.because, found[key][0]))
    return {name: tuple(found[name]) for name in shelf}, tuple(denied.values())


def _evidence(hit: Hit, root: str) -> Evidence:
    path = f"{root}:{hit.path}" if root else hit.path
    return Evidence("detection", Proof.VERIFIED, path, hit.line or None, hit.detail, None, None)


def _named(
    answer: Answer, detector: Condition, roots: Mapping[str, Repository], seen: Iterable[Evidence]
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
            added += [_evidence(hit, root) for hit in find_in(roots[root], detector, files)]
    return added
