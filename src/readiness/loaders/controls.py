"""The controls of a checklist: checking what someone wrote, and building the values.

An overlay changes single fields of a control, so both work on any part of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from readiness.condition import Fault
from readiness.document import Map, Seq
from readiness.errors import nearest
from readiness.fields import Reader, is_blank, kind, quoted, several
from readiness.lazy import Lazy
from readiness.model import Control, Practice, Proof, Severity, Source, Start
from readiness.terms import check_facts, read_facts, read_practices, report
from readiness.tuples import NamedTuple

CONTROL = (
    "id", "requirement", "dimension", "title", "met_when", "stage", "severity", "proof", "max_age", "applies_when",
    "since", "enforce_from", "waivable", "effort", "needs", "why", "fix", "references", "cases",
)  # fmt: skip
NEEDED = ("id", "dimension", "title", "met_when", "severity", "effort", "why", "fix")
EFFORTS = ("hours", "days", "weeks")
PROOFS = tuple(proof.name.lower() for proof in Proof)
SEVERITIES = tuple(severity.value for severity in Severity)
AGE = Lazy(r"[0-9]{1,5}d\Z")
VERSION = Lazy(r"(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}\Z")
IDENTIFIER = Lazy(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*\Z")


class Known(NamedTuple):
    """What a control may name: the practices, and the checklist's dimensions, stages, requirements and
    controls. `stages` is empty in a checklist that has none."""

    practices: Mapping[str, Practice]
    dimensions: tuple[str, ...]
    stages: tuple[str, ...]
    requirements: tuple[str, ...]
    controls: tuple[str, ...]


# --------------------------------------------------------------------------- building


def fields_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a control that faultless data states, as `Control` holds them."""
    read: dict[str, Callable[[Any], Any]] = {
        "id": str, "dimension": str, "title": str, "met_when": read_practices, "stage": str, "severity": Severity,
        "proof": _proof, "max_age": days, "applies_when": read_facts, "effort": str, "why": str, "fix": str,
        "since": str, "enforce_from": _starts, "references": _sources,
    }  # fmt: skip
    found = {key: reads(data[key]) for key, reads in read.items() if data.get(key) is not None}
    if data.get("waivable") is not None:
        found["waivable"] = bool(data["waivable"])
    if data.get("needs") is not None:
        found["needs"] = several(data, "needs")
    if data.get("requirement") is not None:
        found["requirements"] = several(data, "requirement")
    return found


def build_control(data: Mapping[str, Any], default: Proof) -> Control:
    """The control that faultless data describes. `default` is the proof asked where it names none."""
    absent: dict[str, Any] = {
        "stage": None, "proof": default, "max_age": None, "applies_when": None, "needs": (), "references": (),
    }  # fmt: skip
    return Control(**{**absent, **fields_of(data)})


def days(text: str | None) -> int | None:
    """The number of days in an age such as 180d."""
    return int(text[:-1]) if text else None


def _proof(name: str) -> Proof:
    return Proof[name.upper()]


def _sources(listed: Iterable[Mapping[str, str]]) -> tuple[Source, ...]:
    return tuple(Source(entry["source"], entry["id"]) for entry in listed)


def _starts(data: Any) -> tuple[Start, ...]:
    if isinstance(data, str):
        return (Start(date.fromisoformat(data), None),)
    return tuple(
        Start(date.fromisoformat(entry["date"]), read_facts(entry["when"]) if entry.get("when") else None)
        for entry in data
    )


# --------------------------------------------------------------------------- checking


def check_control(reader: Reader, entry: Map, known: Known, *, whole: bool = True, extra: tuple[str, ...] = ()) -> None:
    """Report every fault of a control; of the fields that it states alone, where it is not `whole`.
    `extra` are fields that may stand beside those of a control."""
    name = entry.get("id")
    owner = f"the control {quoted(name)}" if isinstance(name, str) else "the control"
    reader.known(entry, (*CONTROL, *extra), owner)
    if whole:
        needed = (*NEEDED, "stage") if known.stages else NEEDED
        reader.required(entry, needed, owner)
        is_id(reader, entry, "id")
    if known.stages:
        reader.choice(entry, "stage", known.stages)
    elif entry.get("stage") is not None:
        reader.at_key(entry, "stage", f"{owner} has a stage, and this checklist has none", "list it under `stages:`")
    if known.dimensions:
        reader.choice(entry, "dimension", known.dimensions)
    reader.choice(entry, "severity", SEVERITIES)
    reader.choice(entry, "proof", PROOFS)
    reader.choice(entry, "effort", EFFORTS)
    check_age(reader, entry, "max_age")
    check_version(reader, entry, "since")
    for key in ("title", "why", "fix"):
        reader.content(entry, key, owner)
    check_filled(reader, entry, ("needs", "requirement"), owner)
    if entry.get("applies_when") is not None:
        check_facts(reader, entry, "applies_when")
    if isinstance(entry.get("met_when"), Seq):
        help = "write `{all: [...]}` where each must hold, or `{any: [...]}` where one is enough"
        reader.at_value(entry, "met_when", "`met_when` is a list, and does not say how much of it must hold", help)
    elif entry.get("met_when") is not None:
        faults: list[Fault] = []
        read_practices(entry["met_when"], faults, known.practices)
        report(reader, entry, "met_when", faults)
    _among(reader, entry, "needs", known.controls, owner, "needs", "no control here")
    _among(reader, entry, "requirement", known.requirements, owner, "judges", "none of the `requirements`")
    if not isinstance(entry.get("waivable", False), bool | None):
        reader.at_value(entry, "waivable", f"`waivable` must be `true` or `false`, not {kind(entry['waivable'])}")
    _starts_checked(reader, entry)
    _references(reader, entry)


def is_id(reader: Reader, parent: Map, key: str) -> str | None:
    """The id at a key, which must be written like one."""
    name = reader.text(parent, key)
    if name and not IDENTIFIER.match(parent[key]):
        help = "use lower-case letters and digits, with single hyphens or underscores between them"
        reader.at_value(parent, key, f"{quoted(parent[key])} cannot be an id", help)
    return name


def check_filled(reader: Reader, parent: Map, keys: Iterable[str], owner: str) -> None:
    """Report each text at one of the keys in which nothing is written."""
    for key in keys:
        if isinstance(parent.get(key), str) and is_blank(parent[key]):
            reader.at_value(parent, key, f"`{key}` of {owner} is empty", "write something there, or leave it out")


def check_age(reader: Reader, parent: Map, key: str) -> None:
    """Report an age that is not a number of days."""
    value = parent.get(key)
    if value is not None and not (isinstance(value, str) and AGE.match(value)):
        reader.at_value(parent, key, f"`{key}` must be a number of days, not {kind(value)}", "write it like 180d")


def check_version(reader: Reader, parent: Map, key: str) -> None:
    """Report a version that is not three numbers."""
    value = parent.get(key)
    if value is not None and not (isinstance(value, str) and VERSION.match(value)):
        help = f'write it quoted: {key}: "1.0.0"'
        reader.at_value(parent, key, f"`{key}` must be three numbers, not {kind(value)}", help)


def _among(reader: Reader, entry: Map, key: str, names: tuple[str, ...], owner: str, verb: str, what: str) -> None:
    """Report each text at a key that is not one of the names."""
    for text in reader.texts(entry, key):
        if text not in names:
            near = nearest(text, names)
            listed = entry[key]
            mark = listed.marks[listed.index(text)] if isinstance(listed, Seq) else entry.value_marks[key]
            reader.fault(
                mark, f"{owner} {verb} {quoted(text)}, which is {what}", f"did you mean `{near}`?" if near else None
            )


def _starts_checked(reader: Reader, entry: Map) -> None:
    """Report the faults of `enforce_from`: a date, or a list whose last entry alone has no condition."""
    value = entry.get("enforce_from")
    if not isinstance(value, Seq):
        reader.date(entry, "enforce_from")
        return
    for number, (start, mark) in enumerate(zip(value, value.marks, strict=True)):
        if not isinstance(start, Map):
            reader.fault(
                mark, f"each entry of `enforce_from` holds fields, not {kind(start)}", "write {date: ..., when: {...}}"
            )
            continue
        reader.known(start, ("date", "when"), "an entry of `enforce_from`")
        reader.required(start, ("date",), "an entry of `enforce_from`")
        reader.date(start, "date")
        last = number == len(value) - 1
        if start.get("when") is not None:
            check_facts(reader, start, "when")
        if last == (start.get("when") is not None):
            said = "the last entry of `enforce_from` holds under any facts, so it has no `when`"
            reader.fault(mark, said if last else "only the last entry of `enforce_from` goes without `when`")
    if not value:
        reader.at_value(entry, "enforce_from", "`enforce_from` is empty", "write a date")


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


# --------------------------------------------------------------------------- waivers


def build_waivers(data: Mapping[str, Any]) -> dict[str, Any]:
    """What faultless data says of waivers, as `Checklist` holds it."""
    said = data.get("waivers") or {}
    found: dict[str, Any] = {"waiver_days": days(said["max"])} if said.get("max") else {}
    return {**found, "approvers": several(said, "approvers")} if said.get("approvers") else found


def check_waivers(reader: Reader, data: Map) -> None:
    """Report every fault of what a checklist says of waivers."""
    said = reader.mapping(data, "waivers", "`max:` and `approvers:`")
    if said is not None:
        reader.known(said, ("max", "approvers"), "`waivers`")
        check_age(reader, said, "max")
        reader.texts(said, "approvers")
