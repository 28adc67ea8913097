"""Checklist files become `Checklist` values.

`check` finds the faults of a checklist that someone wrote; `build` makes the value from data that
holds none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from readiness.document import Document, Map, Seq
from readiness.errors import nearest
from readiness.fields import Reader, kind, quoted, several
from readiness.loaders.controls import (
    Known,
    build_control,
    build_waivers,
    check_control,
    check_filled,
    check_version,
    check_waivers,
    days,
    is_id,
)
from readiness.loaders.relations import check_circles, check_twins, out_of_reach
from readiness.loaders.scoring import build_bands, build_scheme, check_scoring
from readiness.model import (
    BASE_STAGE,
    DIMENSIONS,
    Checklist,
    Dimension,
    Mark,
    Practice,
    Proof,
    Published,
    Requirement,
    Stage,
)

TOP = (
    "id", "version", "title", "released", "changes", "source", "scoring", "dimensions", "base", "stages",
    "requirements", "aliases", "waivers", "controls",
)  # fmt: skip
NEEDED = ("id", "version", "title", "released", "scoring", "dimensions", "controls")
SOURCE = ("title", "edition", "url", "note")


# --------------------------------------------------------------------------- building


def build(data: Mapping[str, Any], digest: str) -> Checklist:
    """The checklist that faultless data describes. `digest` is that of the file's bytes."""
    scoring = data["scoring"]
    default = Proof[scoring["default_proof"].upper()]
    base = data.get("base") or {"id": BASE_STAGE, "title": "Proof of concept"}
    return Checklist(
        id=data["id"],
        version=data["version"],
        title=data["title"],
        released=date.fromisoformat(data["released"]),
        digest=digest,
        dimensions=tuple(Dimension(d["id"], d["title"]) for d in data["dimensions"]),
        stages=tuple(Stage(s["id"], s["title"], s.get("threshold")) for s in data.get("stages") or ()),
        weights=dict(scoring["weights"]),
        attestation_age=days(scoring.get("attestation_age")),
        controls=tuple(build_control(control, default) for control in data["controls"]),
        changes=several(data, "changes"),
        scheme=build_scheme(scoring),
        bands=build_bands(scoring),
        base=Dimension(base["id"], base["title"]),
        source=_source(data.get("source")),
        requirements=tuple(Requirement(r["id"], r["title"], r.get("outside")) for r in data.get("requirements") or ()),
        aliases=tuple((data.get("aliases") or {}).items()),
        default_proof=default,
        **build_waivers(data),
    )


def _source(data: Mapping[str, str] | None) -> Published | None:
    return None if data is None else Published(data["title"], data["edition"], data.get("url"), data["note"])


# --------------------------------------------------------------------------- checking


def check(document: Document, practices: Mapping[str, Practice]) -> None:
    """Raise InputError with every fault of a checklist file."""
    reader = Reader(document, strict=True)
    data = document.data
    if not isinstance(data, Map):
        reader.fault(Mark(1, 1), f"a checklist holds fields, not {kind(data)}", "begin with `id:` and `version:`")
        reader.finish()
    reader.known(data, TOP, "a checklist")
    reader.required(data, NEEDED, "the checklist")
    check_identity(reader, data)
    check_scoring(reader, data)
    dimensions = listed(reader, data, "dimensions", ("id", "title"))
    stages = listed(reader, data, "stages", ("id", "title", "threshold"))
    _base(reader, data, stages)
    _published(reader, data)
    requirements = _requirements(reader, data)
    check_waivers(reader, data)
    _controls(reader, data, practices, dimensions or DIMENSIONS, stages, requirements)
    reader.finish()


def check_identity(reader: Reader, data: Map) -> None:
    """Report the faults of what every checklist file begins with."""
    is_id(reader, data, "id")
    check_version(reader, data, "version")
    reader.content(data, "title", "the checklist")
    reader.date(data, "released")
    reader.texts(data, "changes")
    check_filled(reader, data, ("changes",), "the checklist")


def listed(reader: Reader, data: Map, key: str, fields: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the dimensions or stages, checked."""
    found: list[str] = []
    entries = reader.sequence(data, key)
    summed = _summed(data)
    for entry, mark in zip(entries or (), entries.marks if entries else (), strict=True):
        if not isinstance(entry, Map):
            reader.fault(mark, f"each entry of `{key}` holds fields, not {kind(entry)}", "write {id: ..., title: ...}")
            continue
        reader.known(entry, fields, f"an entry of `{key}`")
        reader.required(entry, ("id", "title"), f"an entry of `{key}`")
        name, limit = is_id(reader, entry, "id"), entry.get("threshold")
        reader.content(entry, "title", f"an entry of `{key}`")
        if name and name in found:
            reader.at_value(entry, "id", f"`{name}` stands twice in `{key}`")
        if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or not 0 <= limit <= 100):
            unit = "points" if summed else "percent"
            reader.at_value(
                entry, "threshold", f"a threshold must be a whole number of {unit} from 0 to 100, not {kind(limit)}"
            )
        found.append(name or "")
    if entries is not None and not found:
        reader.at_value(data, key, f"`{key}` is empty", "name at least one")
    return tuple(found)


def _summed(data: Map) -> bool:
    scoring = data.get("scoring")
    scheme = scoring.get("scheme") if isinstance(scoring, Map) else None
    return isinstance(scheme, Map) and scheme.get("within") == "sum"


def _base(reader: Reader, data: Map, stages: tuple[str, ...]) -> None:
    if "base" not in data and BASE_STAGE in stages:
        help = "name another under `base:`, or leave that stage out"
        reader.at_key(data, "stages", f"`{BASE_STAGE}` is where a project stands that has reached no stage", help)
    base = reader.mapping(data, "base", "`id:` and `title:`")
    if base is not None:
        reader.known(base, ("id", "title"), "`base`")
        reader.required(base, ("id", "title"), "`base`")
        name = is_id(reader, base, "id")
        reader.content(base, "title", "`base`")
        if name in stages:
            reader.at_value(base, "id", f"{quoted(base['id'])} is a stage, and `base` lies below all of them")


def _published(reader: Reader, data: Map) -> None:
    source = reader.mapping(data, "source", "`title:`, `edition:` and `note:`")
    if source is not None:
        reader.known(source, SOURCE, "`source`")
        reader.required(source, ("title", "edition", "note"), "`source`")
        for key in SOURCE:
            reader.content(source, key, "`source`")
        check_filled(reader, source, ("url",), "`source`")


def _requirements(reader: Reader, data: Map) -> tuple[str, ...]:
    """The ids of the requirements. Each is judged by a control, or says why it lies outside; never both."""
    entries = reader.sequence(data, "requirements")
    controls = data.get("controls")
    judged = {
        name
        for control in (controls if isinstance(controls, list) else ())
        if isinstance(control, Map) and isinstance(control.get("requirement"), (str, list))
        for name in several(control, "requirement")
        if isinstance(name, str)
    }
    found: list[str] = []
    for entry, mark in zip(entries or (), entries.marks if entries else (), strict=True):
        if not isinstance(entry, Map):
            reader.fault(mark, f"each requirement holds fields, not {kind(entry)}", "write {id: ..., title: ...}")
            continue
        reader.known(entry, ("id", "title", "outside"), "a requirement")
        reader.required(entry, ("id", "title"), "a requirement")
        for key in ("id", "title", "outside"):
            reader.content(entry, key, "a requirement")
        check_filled(reader, entry, ("outside",), "a requirement")
        name = entry.get("id")
        if not isinstance(name, str):
            continue
        if name in found:
            reader.at_value(entry, "id", f"the requirement {quoted(name)} stands twice")
        if entry.get("outside") is None and name not in judged:
            help = "name it as `requirement` of a control, or say with `outside` why a project cannot show it"
            reader.at_value(entry, "id", f"no control judges the requirement {quoted(name)}", help)
        elif entry.get("outside") is not None and name in judged:
            reader.at_key(entry, "outside", f"the requirement {quoted(name)} is outside, and yet a control judges it")
        found.append(name)
    return tuple(found)


def _controls(
    reader: Reader,
    data: Map,
    practices: Mapping[str, Practice],
    dimensions: tuple[str, ...],
    stages: tuple[str, ...],
    requirements: tuple[str, ...],
) -> None:
    entries = reader.sequence(data, "controls")
    if entries is None:
        return
    controls = maps(reader, entries, "a control")
    ids = tuple(entry["id"] for entry in controls if isinstance(entry.get("id"), str))
    for entry in controls:
        check_control(reader, entry, Known(practices, dimensions, stages, requirements, ids))
    check_once(reader, controls)
    check_circles(reader, controls)
    check_twins(reader, controls)
    check_aliases(reader, data, ids)
    if not controls:
        reader.at_value(data, "controls", "a checklist needs at least one control")
    used = [entry.get("stage") for entry in controls]
    for stage in stages if controls else ():
        if stage and stage not in used:
            said = f"no control belongs to the stage `{stage}`, so it would be reached with the one below it"
            reader.at_key(data, "stages", said)
    if stages and _summed(data):
        _reachable(reader, data, controls)


def maps(reader: Reader, entries: Seq, what: str) -> list[Map]:
    """The entries of a list that hold fields; each other one is a fault."""
    for entry, mark in zip(entries, entries.marks, strict=True):
        if not isinstance(entry, Map):
            reader.fault(mark, f"{what} holds fields, not {kind(entry)}")
    return [entry for entry in entries if isinstance(entry, Map)]


def check_once(reader: Reader, controls: list[Map]) -> None:
    """Fault each control whose id another before it has."""
    seen: dict[str, int] = {}
    for entry in controls:
        name = entry.get("id")
        if isinstance(name, str) and name in seen:
            reader.at_value(entry, "id", f"the control `{name}` stands twice, first on line {seen[name]}")
        elif isinstance(name, str):
            seen[name] = entry.mark.line


def check_aliases(reader: Reader, data: Map, ids: tuple[str, ...]) -> None:
    """A former id leads to a control of today, and is none itself."""
    aliases = reader.mapping(data, "aliases", "each former id with the id of today") or Map()
    reader.required(aliases, aliases, "`aliases`")
    for former, today in aliases.items():
        reader.text(aliases, former)
        if former in ids:
            reader.at_key(aliases, former, f"{quoted(former)} is a control here, so it cannot be a former id")
        if isinstance(today, str) and today.strip() and today not in ids:
            near = nearest(today, ids)
            help = f"did you mean `{near}`?" if near else "write `former-id: id-of-today`"
            reader.at_value(aliases, former, f"{quoted(today)} is no control here", help)


def _reachable(reader: Reader, data: Map, controls: list[Map]) -> None:
    """A threshold in points must be within what the controls up to its stage can earn."""
    weights = data["scoring"].get("weights")
    if not isinstance(weights, Map):
        return
    listed = {
        entry["id"]: entry for entry in data["stages"] if isinstance(entry, Map) and isinstance(entry.get("id"), str)
    }
    limits = [
        (name, limit if isinstance(limit := entry.get("threshold"), int) else None) for name, entry in listed.items()
    ]
    points = [
        (control["stage"], control["dimension"], weight)
        for control in controls
        if all(isinstance(control.get(key), str) for key in ("stage", "dimension", "severity"))
        if isinstance(weight := weights.get(control["severity"]), int)
    ]
    for stage, said in out_of_reach(limits, points).items():
        reader.at_value(listed[stage], "threshold", said)
