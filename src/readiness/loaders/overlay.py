"""An organisation's own checklist, made from another: `extends`, `add`, `remove` and `override`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from readiness.digest import sha256
from readiness.document import Document, Map
from readiness.errors import nearest
from readiness.fields import Reader, kind, quoted, several
from readiness.loaders.checklist import check_identity, check_once, listed, maps
from readiness.loaders.controls import (
    PROOFS,
    Known,
    build_control,
    build_waivers,
    check_age,
    check_circles,
    check_control,
    check_twins,
    check_waivers,
    days,
    fields_of,
)
from readiness.model import Checklist, Control, Dimension, Mark, Practice, Proof, Removed, Stage, Step

TOP = (
    "id", "version", "title", "released", "changes", "extends", "scoring", "dimensions", "waivers", "add", "remove",
    "override",
)  # fmt: skip
NEEDED = ("id", "version", "title", "released", "extends")
SCORING = ("default_proof", "attestation_age")
FIXED = ("id", "cases")
"""What of a control an override does not change."""


def is_overlay(data: Any) -> bool:
    """Whether a checklist's data extends another."""
    return isinstance(data, Map) and "extends" in data


# --------------------------------------------------------------------------- building


def build(data: Mapping[str, Any], digest: str, base: Checklist) -> Checklist:
    """The checklist that faultless data makes of its base. Its digest covers the base's as well."""
    scoring = data.get("scoring") or {}
    default = Proof[scoring["default_proof"].upper()] if scoring.get("default_proof") else Proof.ATTESTED
    pin = f"{data['id']}@{data['version']}"
    out = {entry["control"]: entry["because"] for entry in data.get("remove") or ()}
    changes = {entry["control"]: entry for entry in data.get("override") or () if "control" in entry}
    kept = [_changed(c, changes.get(c.id), pin) for c in base.controls if c.id not in out]
    added = [_added(entry, default, pin) for entry in data.get("add") or ()]
    stages = {
        entry["stage"]: entry["threshold"]
        for entry in data.get("override") or ()
        if "stage" in entry and "control" not in entry
    }
    removed = [Removed(c.id, c.title, pin, out[c.id]) for c in base.controls if c.id in out]
    age = days(scoring["attestation_age"]) if scoring.get("attestation_age") else base.attestation_age
    return base._replace(
        id=data["id"],
        version=data["version"],
        title=data["title"],
        released=date.fromisoformat(data["released"]),
        digest=f"sha256:{sha256(f'{digest} {base.digest}'.encode()).hexdigest()}",
        changes=several(data, "changes"),
        dimensions=(*base.dimensions, *(Dimension(d["id"], d["title"]) for d in data.get("dimensions") or ())),
        stages=tuple(Stage(s.id, s.title, stages.get(s.id, s.threshold)) for s in base.stages),
        attestation_age=age,
        controls=(*kept, *added),
        layers=(f"{base.id}@{base.version}", *base.layers),
        removed=(*base.removed, *removed),
        **build_waivers(data),
    )


def _added(entry: Mapping[str, Any], default: Proof, pin: str) -> Control:
    return build_control(entry, default)._replace(history=(Step(pin, "added", entry["because"]),))


def _changed(control: Control, entry: Mapping[str, Any] | None, pin: str) -> Control:
    """A control with the fields that an override states, and a line of its history for each."""
    if entry is None:
        return control
    stated = fields_of({key: value for key, value in entry.items() if key not in ("control", "because")})
    said = ", ".join(f"`{key}` {_said(getattr(control, key))} → {_said(value)}" for key, value in stated.items())
    step = Step(pin, f"changed {said}", entry["because"])
    return control._replace(**stated, history=(*control.history, step))


def _said(value: Any) -> str:
    """A former or a new value in a word or two; "other" where it is more than that."""
    if value is None or value == ():
        return "none"
    if isinstance(value, Proof):
        return value.name.lower()
    return str(value) if isinstance(value, (str, int)) and len(str(value)) <= 20 else "other"


# --------------------------------------------------------------------------- checking


def check(document: Document, base: Checklist, practices: Mapping[str, Practice]) -> None:
    """Raise InputError with every fault of an overlay, held against the checklist that it extends."""
    reader = Reader(document, strict=True)
    data = document.data
    reader.known(data, TOP, "a checklist that extends another")
    reader.required(data, NEEDED, "the checklist")
    check_identity(reader, data)
    scoring = reader.mapping(data, "scoring", "`default_proof:` or `attestation_age:`") or Map()
    reader.known(scoring, SCORING, "`scoring` of a checklist that extends another")
    reader.choice(scoring, "default_proof", PROOFS)
    check_age(reader, scoring, "attestation_age")
    check_waivers(reader, data)
    dimensions = (
        *(d.id for d in base.dimensions),
        *(listed(reader, data, "dimensions", ("id", "title")) if "dimensions" in data else ()),
    )
    out = _removed(reader, data, base)
    added = maps(reader, entries, "a control") if (entries := reader.sequence(data, "add")) else []
    own = tuple(entry["id"] for entry in added if isinstance(entry.get("id"), str))
    left = tuple(control.id for control in base.controls if control.id not in out)
    stages = tuple(stage.id for stage in base.stages)
    known = Known(practices, dimensions, stages, tuple(r.id for r in base.requirements), (*left, *own))
    for entry in added:
        _because(reader, entry, "an added control")
        check_control(reader, entry, known, extra=("because",))
        if entry.get("id") in left:
            help = "change it under `override`, or give yours another id"
            reader.at_value(entry, "id", f"`{base.id}@{base.version}` has a control `{entry['id']}` already", help)
    check_once(reader, added)
    _overridden(reader, data, base, known, out)
    _left_over(reader, data, base, out, added)
    stays = [control for control in base.controls if control.id in left]
    needs = {control.id: control.needs for control in stays}
    needs |= {e["id"]: several(e, "needs") for e in added if isinstance(e.get("id"), str) and not reader.faults}
    changed = [e for e in data.get("override") or () if isinstance(e, Map)]
    check_circles(reader, changed, needs, "control")
    check_circles(reader, added, needs)
    rewritten = {e.get("control") for e in changed if "met_when" in e or "applies_when" in e}
    check_twins(reader, added, [control for control in stays if control.id not in rewritten])
    if not any(data.get(key) for key in ("add", "remove", "override", "scoring", "waivers")):
        reader.at_key(data, "extends", "nothing is added, removed or changed", "use the checklist itself")
    reader.finish()


def _because(reader: Reader, entry: Map, owner: str) -> None:
    reader.required(entry, ("because",), owner)
    reader.content(entry, "because", owner)


def _names(reader: Reader, entry: Map, key: str, names: Iterable[str], base: Checklist) -> str | None:
    """The id at a key, which must be one of the base's."""
    name = reader.text(entry, key)
    if name is not None and name not in names:
        near = nearest(name, names)
        pin = f"{base.id}@{base.version}"
        help = f"did you mean `{near}`?" if near else f"`readiness checklist show {pin}` lists what it has"
        reader.at_value(entry, key, f"`{pin}` has no {key} {quoted(name)}", help)
        return None
    return name


def _removed(reader: Reader, data: Map, base: Checklist) -> dict[str, Map]:
    """The controls taken out, each once."""
    found: dict[str, Map] = {}
    entries = reader.sequence(data, "remove")
    for entry in maps(reader, entries, "what is removed") if entries else ():
        reader.known(entry, ("control", "because"), "what is removed")
        reader.required(entry, ("control",), "what is removed")
        _because(reader, entry, "what is removed")
        name = _names(reader, entry, "control", [c.id for c in base.controls], base)
        if name in found:
            reader.at_value(entry, "control", f"`{name}` is removed twice")
        elif name is not None:
            found[name] = entry
    return found


def _overridden(reader: Reader, data: Map, base: Checklist, known: Known, out: Mapping[str, Map]) -> None:
    entries = reader.sequence(data, "override")
    seen: set[str] = set()
    by_id = {control.id: control for control in base.controls}
    for entry in maps(reader, entries, "an override") if entries else ():
        _because(reader, entry, "an override")
        if "stage" in entry and "control" not in entry:
            reader.known(entry, ("stage", "threshold", "because"), "an override of a stage")
            reader.required(entry, ("threshold",), "an override of a stage")
            _names(reader, entry, "stage", known.stages, base)
            limit = entry.get("threshold")
            if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or not 0 <= limit <= 100):
                reader.at_value(
                    entry, "threshold", f"a threshold must be a whole number from 0 to 100, not {kind(limit)}"
                )
            continue
        if not reader.required(entry, ("control",), "an override"):
            continue
        name = _names(reader, entry, "control", by_id, base)
        for key in FIXED:
            if key in entry:
                reader.at_key(
                    entry, key, f"an override cannot change `{key}`", "remove the control, and add one of your own"
                )
        check_control(reader, entry, known, whole=False, extra=("control", "because"))
        if name in seen:
            reader.at_value(entry, "control", f"`{name}` is overridden twice", "put both changes into one entry")
        elif name in out:
            reader.at_value(entry, "control", f"`{name}` is removed, so it cannot be changed")
        elif name is not None and not reader.faults:
            _changes_something(reader, entry, by_id[name])
        seen.add(name or "")


def _changes_something(reader: Reader, entry: Map, control: Control) -> None:
    """Fault an override that states what the control has anyway: someone expected another base."""
    stated = fields_of({key: value for key, value in entry.items() if key not in ("control", "because")})
    if not stated:
        reader.fault(entry.mark, f"the override of `{control.id}` changes nothing", "name a field, such as `severity`")
    for key, value in stated.items():
        if getattr(control, key) == value:
            written = "requirement" if key == "requirements" else key
            reader.at_key(entry, written, f"`{written}` of `{control.id}` has that value already", "leave it out")


def _left_over(reader: Reader, data: Map, base: Checklist, out: Mapping[str, Map], added: list[Map]) -> None:
    """What a removal leaves behind: controls that need what is gone, and stages without a control."""
    overridden = {
        entry.get("control"): several(entry, "needs")
        for entry in (data.get("override") or ())
        if isinstance(entry, Map) and "needs" in entry
    }
    for control in base.controls:
        missing = [name for name in overridden.get(control.id, control.needs) if name in out]
        if control.id not in out and missing:
            help = f"override `needs` of `{control.id}`, or keep `{missing[0]}`"
            reader.at_value(out[missing[0]], "control", f"the control `{control.id}` needs `{missing[0]}`", help)
    moved = {
        entry["control"]: entry["stage"]
        for entry in (data.get("override") or ())
        if isinstance(entry, Map) and isinstance(entry.get("control"), str) and entry.get("stage")
    }
    used = [*(moved.get(c.id, c.stage) for c in base.controls if c.id not in out), *(e.get("stage") for e in added)]
    for stage in base.stages:
        if stage.id not in used:
            mark = data.key_marks.get("remove", Mark(1, 1))
            reader.fault(
                mark, f"no control is left of the stage `{stage.id}`, so it would be reached with the one below it"
            )
