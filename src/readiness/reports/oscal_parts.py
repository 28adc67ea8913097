"""The parts of an OSCAL document that say nothing of a single control: ids, properties, texts, evidence, its head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from readiness.model import Assessment, Evidence
from readiness.reports import safe, words

OSCAL = "1.1.3"
NAMESPACE = "tag:readiness,2026:oscal"
"""The namespace of our properties: a URI that leads nowhere, for the reason that the in-toto predicate's type has."""
EMPTY = "(empty)"

Value = dict[str, Any]


class Ids:
    """UUIDs out of names: the same project, checklist and control have the same one in every report."""

    def __init__(self, name: str, within: UUID | None = None) -> None:
        self._root = uuid5(within or uuid5(NAMESPACE_URL, NAMESPACE), safe.plain(name))

    def __call__(self, name: str) -> str:
        """The UUID of what has this name."""
        return str(uuid5(self._root, name))

    def below(self, name: str) -> Ids:
        """The ids of what belongs to something with this name."""
        return Ids(name, self._root)


def when(day: date) -> str:
    """A day as the moment of its beginning."""
    return f"{day.isoformat()}T00:00:00Z"


_CODE = re.compile(r"(`[A-Za-z0-9_.:/=-]+`)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SIGNS = re.compile(r"[&<>`\\\[\]*~^{}$|#!]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_LEADING = re.compile(r"^(\d{1,9})(?=[.)](?: |$))|^(?=[-+=])")


def text(said: str) -> str:
    """A paragraph. OSCAL's texts are CommonMark with a few signs more (`^`, `~`, `{{`), so all of these are escaped;
    what stands between backticks is code where its characters allow that. No text may be empty."""
    pieces = _CODE.split(safe.plain(said))
    return _unled("".join(piece if number % 2 else _escape(piece) for number, piece in enumerate(pieces))) or EMPTY


def line(said: str) -> str:
    """A title: the same on one line, with no code."""
    return _unled(_escape(safe.plain(said))) or EMPTY


def _escape(said: str) -> str:
    return _SIGNS.sub(lambda match: _ENTITIES.get(match.group(), f"\\{match.group()}"), said)


def _unled(safe_text: str) -> str:
    """The same with no sign at its beginning that would make it a list or a heading."""
    return _LEADING.sub(lambda match: f"{match.group(1) or ''}\\", safe_text)


def prop(name: str, value: object, kind: str | None = None) -> Value:
    """A property of ours; `kind` becomes its class. Its value is plain text, not Markdown."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    said = {"name": name, "ns": NAMESPACE, "value": safe.plain(str(value)) or EMPTY}
    return {**said, "class": kind} if kind else said


def props(values: Mapping[str, object]) -> list[Value]:
    """Properties; what is None or empty is left out, for an empty value is no value in OSCAL."""
    return [prop(name, value) for name, value in values.items() if value is not None and safe.plain(str(value))]


def evidence(piece: Evidence, part: str | None) -> Value:
    """A piece of evidence: where it is, what was seen, and what it is worth."""
    seen = safe.cut(piece.detail, 2000) or piece.kind
    made = {
        "href": href(piece.path) if piece.path else _address(piece.detail),
        "description": text(f"{seen} {piece.problem or ''}"),
        "props": props(
            {
                "kind": piece.kind,
                "proof": words.PROOFS[piece.proof],
                "line": piece.line,
                "part": part,
                "dated": piece.when,
            }
        ),
    }
    return {key: value for key, value in made.items() if value}


def href(path: str) -> str:
    """A path of the repository as a relative reference."""
    return quote(path.encode("utf-8", "surrogatepass"), safe="/")


def _address(link: str) -> str | None:
    """A link's address, where it is one of the web."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return quote(link.strip().encode("utf-8", "surrogatepass"), safe="%/:?#@!$&'()*+,;=~")


# --------------------------------------------------------------------------- the head and the back


def metadata(assessment: Assessment) -> Value:
    """The head of a document."""
    project = assessment.project
    return {
        "title": line(f"Readiness of {project.name}"),
        "last-modified": when(assessment.as_of),
        "version": assessment.as_of.isoformat(),
        "oscal-version": OSCAL,
        "props": [
            {"name": "keywords", "value": "readiness-report"},
            *props(
                {
                    "tool": f"readiness {assessment.tool_version}",
                    "project": project.name,
                    "owner": project.owner,
                    "model": " ".join(project.model[key] for key in ("name", "version") if key in project.model),
                    "model-digest": project.model.get("digest"),
                    "commit": project.commit,
                    "description-digest": project.digest,
                }
            ),
        ],
    }


def plan(assessments: Iterable[Assessment], uuid: str) -> Value:
    """The resource that stands for an assessment plan, which every document must import."""
    told = "; ".join(f"{each.checklist.title} ({each.checklist.id}@{each.checklist.version})" for each in assessments)
    return {
        "uuid": uuid,
        "title": "Assessment plan",
        "description": text(f"No plan was written apart: the controls of these checklists are the plan: {told}."),
    }


def description(assessment: Assessment, uuid: str) -> Value:
    """The project description as a resource, with its digest."""
    project = assessment.project
    value = project.digest.partition(":")[2]
    link = {
        "href": href(project.path),
        "media-type": "application/yaml",
        "hashes": [{"algorithm": "SHA-256", "value": value}],
    }
    return {"uuid": uuid, "title": "Project description", "rlinks": [link]}
