"""An organisation's own checklist, made from another: `extends`, `add`, `remove` and `override`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from readiness.digest import sha256
from readiness.document import Map
from readiness.fields import several
from readiness.loaders.controls import build_control, build_waivers, days, fields_of
from readiness.model import Checklist, Control, Dimension, Proof, Removed, Stage, Step

WRITTEN = {"requirements": "requirement"}
"""The names of a control's fields in a file, where they are others."""


def is_overlay(data: Any) -> bool:
    """Whether a checklist's data extends another."""
    return isinstance(data, Map) and "extends" in data


# --------------------------------------------------------------------------- building


def build(data: Mapping[str, Any], digest: str, base: Checklist) -> Checklist:
    """The checklist that faultless data makes of its base. Its digest covers the base's as well."""
    scoring = data.get("scoring") or {}
    default = Proof[scoring["default_proof"].upper()] if scoring.get("default_proof") else base.default_proof
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
        aliases=(*base.aliases, *(data.get("aliases") or {}).items()),
        default_proof=default,
        **build_waivers(data),
    )


def _added(entry: Mapping[str, Any], default: Proof, pin: str) -> Control:
    return build_control(entry, default)._replace(history=(Step(pin, "added", entry["because"]),))


def _changed(control: Control, entry: Mapping[str, Any] | None, pin: str) -> Control:
    """A control with the fields that an override states, and a line of its history for each."""
    if entry is None:
        return control
    changed = changed_fields(entry)
    said = ", ".join(_change(WRITTEN.get(key, key), getattr(control, key), value) for key, value in changed.items())
    step = Step(pin, f"changed {said}", entry["because"])
    return control._replace(**changed, history=(*control.history, step))


def changed_fields(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that a faultless override states, as `Control` holds them."""
    return fields_of({key: value for key, value in entry.items() if key not in ("control", "because")})


def _change(key: str, before: Any, after: Any) -> str:
    """A changed field, with both values where they are short."""
    one, other = _said(before), _said(after)
    return f"`{key}`" if one is None or other is None else f"`{key}` {one} → {other}"


def _said(value: Any) -> str | None:
    """A value in a word or two; None where it is more than that."""
    if value is None or value == ():
        return "none"
    if isinstance(value, Proof):
        return value.name.lower()
    return str(value) if isinstance(value, (str, int)) and len(str(value)) <= 20 else None
