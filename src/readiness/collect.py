"""What the repository holds for one project: the named evidence, looked at.

The only step that reads the assessed tree. Nothing here judges: each piece of evidence comes out
with the proof that it could be, and with the reason where it is worth less.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from readiness import content
from readiness.document import parse_lenient
from readiness.lazy import Lazy
from readiness.missing import why_missing
from readiness.model import (
    CLAIMED,
    DOCUMENTED,
    VERIFIED,
    Answer,
    Collected,
    Denied,
    Evidence,
    Looked,
    Practice,
    Project,
    Reference,
)
from readiness.phrases import miss, number
from readiness.repository import TEXT_LIMIT, Loaded, Repository, own_file

ROOT_NAME = Lazy(r"([A-Za-z][A-Za-z0-9_-]+):(?!/)(.+)\Z")
MAY_SHARE = 3
"""A whole file may be named for this many practices; named for more, it shows none of them."""

OWN_FILE = "it is a description, checklist or report of readiness, which proves nothing"
UNREAD = {
    "unreadable": "it cannot be read: check its permissions",
    "special": "it is a device, pipe or socket, which is never read",
    "outside": "it is a link that leaves the repository, which is not followed",
    "binary": "it is no text, so that `at` has nothing to point to",
    "large": f"it has more than {TEXT_LIMIT >> 20} MB, too much to look for a part of it",
}
"""Why a file was not read, in words."""

Roots = Mapping[str, Repository]
"""The repositories by name; the main one has the name ""."""


def collect(
    project: Project,
    practices: Mapping[str, Practice],
    roots: Roots,
    detections: Mapping[str, tuple[Evidence, ...]],
    denied: tuple[Denied, ...] = (),
) -> Collected:
    """Look at every piece of evidence that a description names."""
    look = Looker(roots)
    named: dict[str, tuple[Looked, ...]] = {}
    parts: dict[tuple[str, int], tuple[Looked, ...]] = {}
    actuals: dict[tuple[str, int], Looked] = {}
    for name, answer in project.answers.items():
        named[name] = tuple([look.at(piece) for piece in answer.evidence])
        for index, entry in enumerate(answer.entries):
            parts[name, index] = tuple(look.at(piece) for piece in entry.evidence)
            if isinstance(entry.actual, Reference):
                actuals[name, index] = look.at(entry.actual)
        for index, record in enumerate(answer.records):
            fields = _file_fields(record.fields, practices[name], look, answer)
            parts[name, index] = (*fields, *(look.at(piece) for piece in record.evidence))
    uses = _uses(named, parts, detections)
    named = {name: _lower(looked, uses, detections.get(name, ())) for name, looked in named.items()}
    parts = {key: _lower(looked, uses, detections.get(key[0], ())) for key, looked in parts.items()}
    return Collected(named, parts, actuals, detections, denied)


def _file_fields(fields: Mapping[str, str], practice: Practice, look: Looker, answer: Answer) -> tuple[Looked, ...]:
    """The files that a record's own fields name. A value that is no file is no fault there: it
    may just as well be a word."""
    found = []
    for key in practice.file_fields:
        value = fields.get(key, "")
        if re.fullmatch(r"[\w.][\w./ -]*", value) and ".." not in value and ("/" in value or "." in value):
            seen = look.at(Reference(value, None, None, None, None, None, answer.mark))
            if seen.evidence.proof > CLAIMED:
                found.append(seen)
    return tuple(found)


def _uses(
    named: Mapping[str, tuple[Looked, ...]],
    parts: Mapping[tuple[str, int], tuple[Looked, ...]],
    detections: Mapping[str, tuple[Evidence, ...]],
) -> Counter[tuple[str, ...]]:
    """For how many practices each file, or set of files, is named whole whose detectors do not find
    them there."""
    pairs = {(name, item.files) for name, looked in named.items() for item in looked if item.files}
    pairs |= {(name, item.files) for (name, _), looked in parts.items() for item in looked if item.files}
    paths = {name: {hit.path for hit in found} for name, found in detections.items()}
    return Counter(files for name, files in pairs if paths.get(name, set()).isdisjoint(files))


def _lower(looked: tuple[Looked, ...], uses: Counter[tuple[str, ...]], found: Iterable[Evidence]) -> tuple[Looked, ...]:
    """Lower whole files that are named for too many practices to a claim, but for a practice whose
    detector finds it there."""
    if all(uses[item.files] <= MAY_SHARE or item.evidence.proof is CLAIMED for item in looked):
        return looked
    paths = {hit.path for hit in found}
    return tuple(
        item
        if uses[item.files] <= MAY_SHARE or paths.intersection(item.files) or item.evidence.proof is CLAIMED
        else _claimed(item, uses[item.files])
        for item in looked
    )


def _claimed(item: Looked, count: int) -> Looked:
    problem = f"it is named whole for {count} practices and shows none: point to the part for this one with `at`"
    return item._replace(evidence=item.evidence._replace(proof=CLAIMED, problem=problem))


class Looker:
    """Looks at references; each file is read at most once, and each reference looked at once wherever it stands."""

    def __init__(self, roots: Roots) -> None:
        self.roots = roots
        self._seen: dict[tuple[Any, ...], Looked] = {}
        self._read: dict[tuple[str, str], Loaded] = {}
        self._data: dict[tuple[str, str], Any] = {}

    def at(self, piece: Reference) -> Looked:
        """One piece of evidence, looked at."""
        same = piece[:-1]
        found = self._seen.get(same)
        if found is None:
            found = self._seen[same] = self._at(piece)
        return found

    def _at(self, piece: Reference) -> Looked:
        if piece.path is None:
            link = Evidence("link", CLAIMED, None, None, piece.url or "", piece.as_of, "a link alone is a claim")
            return Looked(link, (), None, None)
        root, path = self._root(piece.path)
        repository = self.roots.get(root)
        if repository is None:
            given = f"the repository `{root}` was not given (`--root {root}=DIR`)"
            return _claim(piece, given if root else "no repository was looked at")
        files = tuple(f for f in resolved(repository, path) if f not in repository.exclude)
        if not files:
            return _claim(piece, OWN_FILE if path in repository.exclude else why_missing(repository.root, path))
        if piece.at is not None:
            return self._part(piece, root, files)
        return self._whole(piece, root, files)

    def _root(self, path: str) -> tuple[str, str]:
        found = ROOT_NAME.match(path)
        main = self.roots.get("")
        if found and (found.group(1) in self.roots or main is None or not resolved(main, path)):
            return found.group(1), found.group(2)
        return "", path

    def _load(self, root: str, path: str) -> Loaded:
        key = root, path
        if key not in self._read:
            self._read[key] = self.roots[root].load(path)
        return self._read[key]

    # ------------------------------------------------------------------ whole files

    def _whole(self, piece: Reference, root: str, files: tuple[str, ...]) -> Looked:
        """A file, or a folder or glob: it counts when one file of it has real content."""
        problems: list[str] = []
        for path in files:
            problem = self._emptiness(root, path)
            if problem is None:
                detail = "has content" if len(files) == 1 else f"{len(files)} files, among them {path}"
                seen = Evidence("file", DOCUMENTED, piece.path, None, detail, piece.as_of, None)
                return Looked(seen, tuple(f"{root}:{f}" if root else f for f in files), None, None)
            problems.append(problem)
        if len(files) == 1 and files[0] == piece.path:
            return _claim(piece, problems[0])
        if len(files) == 1:
            return _claim(piece, f"its only file is `{files[0]}`: {problems[0]}")
        return _claim(piece, f"none of its {len(files)} files has content; of `{files[0]}`: {problems[0]}")

    def _emptiness(self, root: str, path: str) -> str | None:
        """Why a file shows nothing; None where it has content. A document in a binary format, such
        as PDF, counts as content: nobody here can look into it."""
        loaded = self._load(root, path)
        if loaded.skipped and loaded.skipped not in ("binary", "large"):
            return UNREAD.get(loaded.skipped, UNREAD["unreadable"])
        if own_file(loaded.data):
            return OWN_FILE
        if loaded.skipped:
            return None
        return content.emptiness(loaded.data.decode("utf-8", "replace"), path)

    # ------------------------------------------------------------------ parts of a file

    def _part(self, piece: Reference, root: str, files: tuple[str, ...]) -> Looked:
        at = piece.at or ""
        if len(files) > 1:
            return _claim(piece, f"`at` needs one file, and `{piece.path}` names {len(files)}")
        path = files[0]
        loaded = self._load(root, path)
        problem = self._emptiness(root, path)
        if loaded.skipped in ("binary", "large"):
            problem = UNREAD[loaded.skipped]
        if problem and (not loaded.data or problem == OWN_FILE or loaded.skipped):
            return _claim(piece, problem)
        if at.startswith("/"):
            return self._figure(piece, root, path, loaded.data)
        text = loaded.data.decode("utf-8-sig", "replace")
        if content.is_line_range(at):
            count = len(text.splitlines())
            absent = f"there are no lines {at}: the file has {count} line{'' if count == 1 else 's'}"
            part = content.line_range(text, at)
            return _text_part(piece, "lines", [part] if part else [], path, absent)
        suffix = content.suffix_of(path)
        if suffix in content.FIGURES:
            return _claim(piece, f"`at: {at}` is no JSON pointer: begin it with a slash, as in `/metrics/auc`")
        if suffix not in content.MARKDOWN:
            return _claim(piece, f"`at: {at}` names a heading, which only Markdown files have: name lines, as L20-L60")
        parts = list(content.sections(text, at))
        near = None if parts else content.nearest_heading(text, at)
        absent = f"no heading reads “{at}”" + (f"; did you mean “{near}”?" if near else "")
        return _text_part(piece, "section", parts, path, absent)

    def _figure(self, piece: Reference, root: str, path: str, raw: bytes) -> Looked:
        try:
            value = content.figure(self._parsed(root, path, raw), piece.at or "")
        except content.NoFigure as problem:
            return _claim(piece, str(problem))
        missed = miss(value, piece.minimum, piece.maximum)
        limited = piece.minimum is not None or piece.maximum is not None
        proof = CLAIMED if missed else VERIFIED if limited else DOCUMENTED
        seen = Evidence("figure", proof, piece.path, None, f"{piece.at} is {number(value)}", piece.as_of, missed)
        return Looked(seen, (), value, missed)

    def _parsed(self, root: str, path: str, raw: bytes) -> Any:
        key = root, path
        if key not in self._data:
            yaml = content.suffix_of(path) in (".yaml", ".yml")
            self._data[key] = _first(parse_lenient(raw)) if yaml else content.read_json(raw)
        return self._data[key]


def resolved(repository: Repository, path: str) -> tuple[str, ...]:
    """The files that a path or glob names; none where it is no valid glob."""
    try:
        return repository.resolve(path)
    except (ValueError, re.error):
        return ()


def _first(documents: list[Any]) -> Any:
    if not documents:
        raise content.NoFigure("it is not valid YAML")
    return documents[0]


def _text_part(piece: Reference, kind: str, parts: list[content.Part], path: str, absent: str) -> Looked:
    """Lines, or the sections that bear a heading: it counts when one of them has content."""
    problem = absent
    for part in parts:
        empty = content.emptiness(part.text, path, part=True)
        if empty is None:
            detail = f"“{piece.at}” has content"
            seen = Evidence(kind, DOCUMENTED, piece.path, part.line, detail, piece.as_of, None)
            return Looked(seen, (), None, None)
        problem = f"“{piece.at}”: {empty}" if problem == absent else problem
    return _claim(piece, problem)


def _claim(piece: Reference, problem: str) -> Looked:
    return Looked(Evidence("file", CLAIMED, piece.path, None, "", piece.as_of, problem), (), None, None)
