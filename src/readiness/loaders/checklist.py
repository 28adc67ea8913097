"""Checklist files become `Checklist` values.

`check` finds the faults of a checklist that someone wrote; `build` makes the value from data that
holds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from readiness.condition import Fault
from readiness.document import Document, Map, Seq
from readiness.errors import nearest
from readiness.fields import Reader, kind, quoted, several
from readiness.lazy import Lazy
from readiness.model import (
    DIMENSIONS,
    Checklist,
    Control,
    Dimension,
    Mark,
    Practice,
    Proof,
    Severity,
    Source,
    Stage,
)
from readiness.terms import check_facts, read_facts, read_practices, report

TOP = ("id", "version", "title", "released", "changes", "scoring", "dimensions", "stages", "controls")
SCORING = ("scheme", "weights", "default_proof", "attestation_age")
SCHEME = {"within": ("share",), "across": ("mean",), "rounding": ("down",)}
CONTROL = (
    "id", "dimension", "title", "met_when", "stage", "severity", "proof", "max_age",
    "applies_when", "effort", "needs", "why", "fix", "references",
)  # fmt: skip
NEEDED = ("id", "dimension", "title", "met_when", "stage", "severity", "effort", "why", "fix")
EFFORTS = ("hours", "days", "weeks")
PROOFS = tuple(proof.name.lower() for proof in Proof)
SEVERITIES = tuple(severity.value for severity in Severity)
AGE = Lazy(r"[0-9]{1,5}d\Z")
VERSION = Lazy(r"(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}\Z")
IDENTIFIER = Lazy(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*\Z")


# --------------------------------------------------------------------------- building


def build(data: Mapping[str, Any], digest: str) -> Checklist:
    """The checklist that faultless data describes. `digest` is that of the file's bytes."""
    scoring = data["scoring"]
    default = Proof[scoring["default_proof"].upper()]
    return Checklist(
        id=data["id"],
        version=data["version"],
        title=data["title"],
        released=date.fromisoformat(data["released"]),
        digest=digest,
        dimensions=tuple(Dimension(d["id"], d["title"]) for d in data["dimensions"]),
        stages=tuple(Stage(s["id"], s["title"], s.get("threshold")) for s in data["stages"]),
        weights=dict(scoring["weights"]),
        attestation_age=_days(scoring.get("attestation_age")),
        controls=tuple(_control(control, default) for control in data["controls"]),
        changes=several(data, "changes"),
    )


def _control(data: Mapping[str, Any], default: Proof) -> Control:
    return Control(
        id=data["id"],
        dimension=data["dimension"],
        title=data["title"],
        met_when=read_practices(data["met_when"]),
        stage=data["stage"],
        severity=Severity(data["severity"]),
        proof=Proof[data["proof"].upper()] if data.get("proof") else default,
        max_age=_days(data.get("max_age")),
        applies_when=read_facts(data["applies_when"]) if data.get("applies_when") else None,
        effort=data["effort"],
        needs=several(data, "needs"),
        why=data["why"],
        fix=data["fix"],
        references=tuple(Source(r["source"], r["id"]) for r in data.get("references") or ()),
    )


def _days(text: str | None) -> int | None:
    return int(text[:-1]) if text else None


# --------------------------------------------------------------------------- checking


def check(document: Document, practices: Mapping[str, Practice]) -> None:
    """Raise InputError with every fault of a checklist file."""
    reader = Reader(document, strict=True)
    data = document.data
    if not isinstance(data, Map):
        reader.fault(Mark(1, 1), f"a checklist holds fields, not {kind(data)}", "begin with `id:` and `version:`")
        reader.finish()
    reader.known(data, TOP, "a checklist")
    reader.required(data, [key for key in TOP if key != "changes"], "the checklist")
    _identity(reader, data)
    _scoring(reader, data)
    dimensions = _listed(reader, data, "dimensions", ("id", "title"))
    stages = _listed(reader, data, "stages", ("id", "title", "threshold"))
    _controls(reader, data, practices, dimensions, stages)
    reader.finish()


def _is_id(reader: Reader, parent: Map, key: str) -> str | None:
    """The id at a key, which must be written like one."""
    name = reader.text(parent, key)
    if name and not IDENTIFIER.match(name):
        help = "use lower-case letters and digits, with single hyphens or underscores between them"
        reader.at_value(parent, key, f"{quoted(name)} cannot be an id", help)
    return name


def _identity(reader: Reader, data: Map) -> None:
    _is_id(reader, data, "id")
    version = data.get("version")
    if version is not None and not (isinstance(version, str) and VERSION.match(version)):
        reader.at_value(
            data,
            "version",
            f"`version` must be three numbers, not {kind(version)}",
            'write it quoted: version: "1.0.0"',
        )
    reader.content(data, "title", "the checklist")
    reader.date(data, "released")
    reader.texts(data, "changes")


def _scoring(reader: Reader, data: Map) -> None:
    scoring = reader.mapping(data, "scoring", "`weights:` and the rest")
    if scoring is None:
        return
    reader.known(scoring, SCORING, "`scoring`")
    reader.required(scoring, ("scheme", "weights", "default_proof"), "`scoring`")
    scheme = reader.mapping(scoring, "scheme", "`within:`, `across:` and `rounding:`") or Map()
    reader.known(scheme, tuple(SCHEME), "`scheme`")
    for key, allowed in SCHEME.items():
        reader.choice(scheme, key, allowed)
    weights = reader.mapping(scoring, "weights", "a weight for each severity") or Map()
    reader.known(weights, SEVERITIES, "`weights`")
    if weights:
        reader.required(weights, SEVERITIES, "`weights`")
    for key, value in weights.items():
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1000:
            reader.at_value(weights, key, f"a weight must be a whole number from 1 to 1,000, not {kind(value)}")
    reader.choice(scoring, "default_proof", PROOFS)
    _age(reader, scoring, "attestation_age")


def _age(reader: Reader, parent: Map, key: str) -> None:
    value = parent.get(key)
    if value is not None and not (isinstance(value, str) and AGE.match(value)):
        reader.at_value(parent, key, f"`{key}` must be a number of days, not {kind(value)}", "write it like 180d")


def _listed(reader: Reader, data: Map, key: str, fields: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the dimensions or stages, checked."""
    found: list[str] = []
    listed = reader.sequence(data, key)
    for entry, mark in zip(listed or (), listed.marks if listed else (), strict=True):
        if not isinstance(entry, Map):
            reader.fault(mark, f"each entry of `{key}` holds fields, not {kind(entry)}", "write {id: ..., title: ...}")
            continue
        reader.known(entry, fields, f"an entry of `{key}`")
        reader.required(entry, ("id", "title"), f"an entry of `{key}`")
        name, limit = _is_id(reader, entry, "id"), entry.get("threshold")
        reader.content(entry, "title", f"an entry of `{key}`")
        if name and name in found:
            reader.at_value(entry, "id", f"`{name}` stands twice in `{key}`")
        if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or not 0 <= limit <= 100):
            reader.at_value(entry, "threshold", f"a threshold must be a whole number from 0 to 100, not {kind(limit)}")
        found.append(name or "")
    if listed is not None and not found:
        reader.at_value(data, key, f"`{key}` is empty", "name at least one")
    return tuple(found)


def _controls(
    reader: Reader, data: Map, practices: Mapping[str, Practice], dimensions: tuple[str, ...], stages: tuple[str, ...]
) -> None:
    listed = reader.sequence(data, "controls")
    if listed is None:
        return
    controls = [entry for entry in listed if isinstance(entry, Map)]
    for entry, mark in zip(listed, listed.marks, strict=True):
        if not isinstance(entry, Map):
            reader.fault(mark, f"a control holds fields, not {kind(entry)}")
    seen: dict[str, int] = {}
    ids = [entry["id"] for entry in controls if isinstance(entry.get("id"), str)]
    for entry in controls:
        _check_control(reader, entry, practices, dimensions, stages, ids)
        name = entry.get("id")
        if isinstance(name, str) and name in seen:
            reader.at_value(entry, "id", f"the control `{name}` stands twice, first on line {seen[name]}")
        elif isinstance(name, str):
            seen[name] = entry.mark.line
    _circles(reader, controls)
    used = [entry.get("stage") for entry in controls]
    if not controls:
        reader.at_value(data, "controls", "a checklist needs at least one control")
    for stage in stages:
        if controls and stage not in used:
            reader.at_key(
                data,
                "stages",
                f"no control belongs to the stage `{stage}`, so it would be reached with the one below it",
            )


def _check_control(
    reader: Reader,
    entry: Map,
    practices: Mapping[str, Practice],
    dimensions: tuple[str, ...],
    stages: tuple[str, ...],
    ids: list[str],
) -> None:
    name = entry.get("id")
    owner = f"the control {quoted(name)}" if isinstance(name, str) else "the control"
    reader.known(entry, CONTROL, owner)
    reader.required(entry, NEEDED, owner)
    _is_id(reader, entry, "id")
    reader.choice(entry, "dimension", dimensions or DIMENSIONS)
    reader.choice(entry, "stage", stages)
    reader.choice(entry, "severity", SEVERITIES)
    reader.choice(entry, "proof", PROOFS)
    reader.choice(entry, "effort", EFFORTS)
    _age(reader, entry, "max_age")
    for key in ("title", "why", "fix"):
        reader.content(entry, key, owner)
    if entry.get("applies_when") is not None:
        check_facts(reader, entry, "applies_when")
    if entry.get("met_when") is not None:
        _met_when(reader, entry, practices)
    for needed in reader.texts(entry, "needs"):
        if needed not in ids:
            near = nearest(needed, ids)
            listed = entry["needs"]
            mark = listed.marks[listed.index(needed)] if isinstance(listed, Seq) else entry.value_marks["needs"]
            message = f"{owner} needs {quoted(needed)}, which is no control here"
            reader.fault(mark, message, f"did you mean `{near}`?" if near else None)
    _references(reader, entry)


def _met_when(reader: Reader, entry: Map, practices: Mapping[str, Practice]) -> None:
    faults: list[Fault] = []
    read_practices(entry["met_when"], faults, practices)
    report(reader, entry, "met_when", faults)


def _references(reader: Reader, entry: Map) -> None:
    listed = reader.sequence(entry, "references")
    for value, mark in zip(listed or (), listed.marks if listed else (), strict=True):
        if not isinstance(value, Map):
            reader.fault(mark, f"a reference holds fields, not {kind(value)}", "write {source: ..., id: ...}")
            continue
        reader.known(value, ("source", "id"), "a reference")
        reader.required(value, ("source", "id"), "a reference")
        reader.text(value, "source")
        reader.text(value, "id")


def _circles(reader: Reader, controls: Iterable[Map]) -> None:
    """Fault each control that needs itself by way of others."""
    needs = {
        c["id"]: [n for n in several(c, "needs") if isinstance(n, str)]
        for c in controls
        if isinstance(c.get("id"), str) and isinstance(c.get("needs"), (str, list))
    }
    for entry in controls:
        name = entry.get("id")
        if isinstance(name, str) and entry.get("needs") and name in _beyond(needs, needs.get(name, ())):
            reader.at_value(entry, "needs", f"the control `{name}` needs itself, directly or by way of others")


def _beyond(needs: Mapping[str, list[str]], first: Iterable[str]) -> set[str]:
    """Every control that the first ones are or need."""
    found: set[str] = set()
    waiting = list(first)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(needs.get(name, ()))
    return found
