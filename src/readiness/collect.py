"""What the repository holds for one project: the named evidence, looked at.

The only step that reads the assessed tree. Nothing here judges: each piece of evidence comes out
with the proof that it could be, and with the reason where it is worth less.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from readiness import content
from readiness.document import parse_lenient
from readiness.model import Answer, Collected, Evidence, Looked, Practice, Project, Proof, Reference
from readiness.phrases import miss, number
from readiness.repository import Repository, own_file

ROOT_NAME = re.compile(r"([A-Za-z][A-Za-z0-9_-]+):(?!/)(.+)\Z")
MAY_SHARE = 3
"""A whole file may be named for this many practices; named for more, it shows none of them."""

Roots = Mapping[str, Repository]
"""The repositories by name; the main one has the name ""."""


def collect(
    project: Project, practices: Mapping[str, Practice], roots: Roots, detections: Mapping[str, tuple[Evidence, ...]]
) -> Collected:
    """Look at every piece of evidence that a description names."""
    look = Looker(roots, project.path)
    named: dict[str, tuple[Looked, ...]] = {}
    parts: dict[tuple[str, int], tuple[Looked, ...]] = {}
    actuals: dict[tuple[str, int], Looked] = {}
    for name, answer in project.answers.items():
        named[name] = tuple(look.at(piece) for piece in answer.evidence)
        for number, entry in enumerate(answer.entries):
            parts[name, number] = tuple(look.at(piece) for piece in entry.evidence)
            if isinstance(entry.actual, Reference):
                actuals[name, number] = look.at(entry.actual)
        for number, record in enumerate(answer.records):
            fields = _file_fields(record.fields, practices[name], look, answer)
            parts[name, number] = (*fields, *(look.at(piece) for piece in record.evidence))
    named = _shared(named, detections)
    return Collected(named, parts, actuals, detections)


def _file_fields(fields: Mapping[str, str], practice: Practice, look: Looker, answer: Answer) -> tuple[Looked, ...]:
    """The files that a record's own fields name. A value that is no file is no fault there: it
    may just as well be a word."""
    found = []
    for key in practice.file_fields:
        value = fields.get(key, "")
        if re.fullmatch(r"[\w.][\w./ -]*", value) and ".." not in value and ("/" in value or "." in value):
            seen = look.at(Reference(value, None, None, None, None, None, answer.mark))
            if seen.evidence.proof > Proof.CLAIMED:
                found.append(seen)
    return tuple(found)


def _shared(
    named: Mapping[str, tuple[Looked, ...]], detections: Mapping[str, tuple[Evidence, ...]]
) -> dict[str, tuple[Looked, ...]]:
    """Lower whole files that are named for too many practices to a claim, but for the practices
    whose detectors find them there."""
    uses = Counter(files for looked in named.values() for files in {item.files for item in looked if item.files})
    return {
        name: tuple(_lower(item, uses, detections.get(name, ())) for item in looked) for name, looked in named.items()
    }


def _lower(item: Looked, uses: Counter[tuple[str, ...]], found: Iterable[Evidence]) -> Looked:
    count = uses[item.files] if item.files else 0
    if count <= MAY_SHARE or any(hit.path in item.files for hit in found) or item.evidence.proof == Proof.CLAIMED:
        return item
    problem = f"it is named whole for {count} practices: point to the part that shows this one with `at`"
    return item._replace(evidence=item.evidence._replace(proof=Proof.CLAIMED, problem=problem))


class Looker:
    """Looks at references; each file is read at most once."""

    def __init__(self, roots: Roots, description: str) -> None:
        self.roots = roots
        self.description = description
        self._read: dict[tuple[str, str], bytes] = {}
        self._data: dict[tuple[str, str], Any] = {}

    def at(self, piece: Reference) -> Looked:
        """One piece of evidence, looked at."""
        if piece.path is None:
            link = Evidence("link", Proof.CLAIMED, None, None, piece.url or "", piece.as_of, "a link alone is a claim")
            return Looked(link, (), None, None)
        root, path = self._root(piece.path)
        repository = self.roots.get(root)
        if repository is None:
            return _claim(
                piece,
                f"the repository `{root}` was not given (`--root {root}=DIR`)"
                if root
                else "no repository was looked at",
            )
        files = tuple(f for f in repository.resolve(path) if root or f != self.description)
        if not files:
            reason = (
                "the description itself is no evidence" if not root and path == self.description else _trouble(path)
            )
            return _claim(piece, reason)
        if piece.at is not None:
            return self._part(piece, root, files)
        return self._whole(piece, root, files)

    def _root(self, path: str) -> tuple[str, str]:
        found = ROOT_NAME.match(path)
        main = self.roots.get("")
        if found and (found.group(1) in self.roots or main is None or not main.resolve(path)):
            return found.group(1), found.group(2)
        return "", path

    def _bytes(self, root: str, path: str) -> bytes:
        key = root, path
        if key not in self._read:
            self._read[key] = self.roots[root].read(path)
        return self._read[key]

    # ------------------------------------------------------------------ whole files

    def _whole(self, piece: Reference, root: str, files: tuple[str, ...]) -> Looked:
        """A file, or a folder or glob: it counts when one file of it has real content."""
        problems: list[str] = []
        for path in files:
            problem = self._emptiness(root, path)
            if problem is None:
                detail = "has content" if len(files) == 1 else f"{len(files)} files, among them {path}"
                seen = Evidence("file", Proof.DOCUMENTED, piece.path, None, detail, piece.as_of, None)
                return Looked(seen, tuple(f"{root}:{f}" if root else f for f in files), None, None)
            problems.append(problem)
        reason = (
            problems[0] if len(files) == 1 else f"none of its {len(files)} files has content: {files[0]}: {problems[0]}"
        )
        return _claim(piece, reason)

    def _emptiness(self, root: str, path: str) -> str | None:
        raw = self._bytes(root, path)
        if not raw:
            return "it is empty or cannot be read"
        if own_file(raw[:4096]):
            return "it is a description, checklist or report of readiness, which proves nothing"
        if b"\0" in raw[:8192]:
            return None
        return content.emptiness(raw.decode("utf-8", "replace"), PurePosixPath(path).suffix.lower())

    # ------------------------------------------------------------------ parts of a file

    def _part(self, piece: Reference, root: str, files: tuple[str, ...]) -> Looked:
        at = piece.at or ""
        if len(files) > 1:
            return _claim(piece, f"`at` needs one file, and `{piece.path}` names {len(files)}")
        raw = self._bytes(root, files[0])
        if not raw or own_file(raw[:4096]):
            return _claim(piece, self._emptiness(root, files[0]) or "it is empty")
        if at.startswith("/"):
            return self._figure(piece, root, files[0], raw)
        text = raw.decode("utf-8", "replace")
        suffix = PurePosixPath(files[0]).suffix.lower()
        if content.is_line_range(at):
            return _text_part(piece, "lines", content.line_range(text, at), suffix, f"the file has no lines {at}")
        if suffix not in content.MARKDOWN:
            return _claim(piece, "`at` names a heading, which only Markdown files have; write lines as L20-L60")
        return _text_part(piece, "section", content.section(text, at), ".md", f"no heading reads “{at}”")

    def _figure(self, piece: Reference, root: str, path: str, raw: bytes) -> Looked:
        try:
            value = content.figure(self._parsed(root, path, raw), piece.at or "")
        except content.NoFigure as problem:
            return _claim(piece, str(problem))
        missed = miss(value, piece.minimum, piece.maximum)
        limited = piece.minimum is not None or piece.maximum is not None
        proof = Proof.CLAIMED if missed else Proof.VERIFIED if limited else Proof.DOCUMENTED
        seen = Evidence("figure", proof, piece.path, None, f"{piece.at} is {number(value)}", piece.as_of, missed)
        return Looked(seen, (), value, missed)

    def _parsed(self, root: str, path: str, raw: bytes) -> Any:
        key = root, path
        if key not in self._data:
            yaml = PurePosixPath(path).suffix.lower() in (".yaml", ".yml")
            self._data[key] = _first(parse_lenient(raw)) if yaml else content.read_json(raw)
        return self._data[key]


def _trouble(path: str) -> str:
    return f"no file or folder `{path}` lies below the root"


def _first(documents: list[Any]) -> Any:
    if not documents:
        raise content.NoFigure("it is not valid YAML")
    return documents[0]


def _text_part(piece: Reference, kind: str, part: content.Part | None, suffix: str, absent: str) -> Looked:
    if part is None:
        return _claim(piece, absent)
    problem = content.emptiness(part.text, suffix)
    if problem:
        return _claim(piece, f"“{piece.at}”: {problem}")
    return Looked(
        Evidence(kind, Proof.DOCUMENTED, piece.path, part.line, f"“{piece.at}” has content", piece.as_of, None),
        (),
        None,
        None,
    )


def _claim(piece: Reference, problem: str) -> Looked:
    return Looked(Evidence("file", Proof.CLAIMED, piece.path, None, "", piece.as_of, problem), (), None, None)
