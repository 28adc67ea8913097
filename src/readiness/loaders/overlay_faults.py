"""The faults of a checklist that extends another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from readiness.document import Document, Map
from readiness.errors import nearest
from readiness.fields import Reader, kind, quoted
from readiness.loaders.checklist import check_aliases, check_identity, check_once, listed, maps
from readiness.loaders.controls import PROOFS, Known, check_age, check_control, check_waivers
from readiness.loaders.overlay import WRITTEN, build, changed_fields
from readiness.loaders.relations import (
    asked_by,
    check_circles,
    check_twins,
    needs_of,
    out_of_reach,
    stated,
    twin,
)
from readiness.model import Checklist, Control, Mark, Practice
from readiness.tuples import NamedTuple

TOP = (
    "id", "version", "title", "released", "changes", "extends", "scoring", "dimensions", "aliases", "waivers",
    "add", "remove", "override",
)  # fmt: skip
NEEDED = ("id", "version", "title", "released", "extends")
SCORING = ("default_proof", "attestation_age")
FIXED = ("id", "cases")
"""What of a control an override does not change."""


def check(document: Document, base: Checklist, practices: Mapping[str, Practice]) -> None:
    """Raise InputError with every fault of an overlay, held against the checklist that it extends."""
    reader = Reader(document, strict=True)
    data = document.data
    reader.known(data, TOP, "a checklist that extends another")
    reader.required(data, NEEDED, "the checklist")
    check_identity(reader, data)
    if (data.get("id"), data.get("version")) == (base.id, base.version):
        said = f"this checklist extends `{base.id}@{base.version}`, and bears the same id and version"
        reader.at_value(data, "id", said, "give it an id of its own, or a higher version")
    dimensions = (*(dimension.id for dimension in base.dimensions), *_dimensions(reader, data, base))
    out = _removed(reader, data, base)
    added, changed = _entries(reader, data, "add", "a control"), _entries(reader, data, "override", "an override")
    _scoring(reader, data, base, added)
    left = tuple(control for control in base.controls if control.id not in out)
    ids = (*(control.id for control in left), *(entry["id"] for entry in added if isinstance(entry.get("id"), str)))
    stages = tuple(stage.id for stage in base.stages)
    known = Known(practices, dimensions, stages, tuple(r.id for r in base.requirements), ids)
    check_aliases(reader, data, ids)
    check_waivers(reader, data)
    _added_checked(reader, added, base, left, known)
    _overridden(reader, changed, base, known, out)
    by_id = {entry["control"]: entry for entry in changed if isinstance(entry.get("control"), str)}
    _left_over(reader, data, base, out, Ours(added, by_id))
    _needs(reader, left, Ours(added, by_id))
    check_twins(reader, added, _rewritten(reader, left, by_id))
    if not any(data.get(key) for key in ("add", "remove", "override", "scoring", "waivers")):
        reader.at_key(data, "extends", "nothing is added, removed or changed", "use the checklist itself")
    reader.finish()
    _reachable(reader, data, base, build(data, "", base))
    reader.finish()


class Ours(NamedTuple):
    """What an overlay adds, and its overrides of controls by the control."""

    added: list[Map]
    changed: Mapping[str, Map]


def _entries(reader: Reader, data: Map, key: str, what: str) -> list[Map]:
    entries = reader.sequence(data, key)
    return maps(reader, entries, what) if entries else []


def _because(reader: Reader, entry: Map, owner: str) -> None:
    reader.required(entry, ("because",), owner)
    reader.content(entry, "because", owner)


def _names(reader: Reader, entry: Map, key: str, names: Iterable[str], base: Checklist) -> str | None:
    """The id at a key, which must be one of the base's."""
    name: str | None = entry.get(key) if reader.text(entry, key) else None
    if name is None or name in names:
        return name
    near, pin = nearest(name, names), f"{base.id}@{base.version}"
    gone = next((held for held in base.removed if held.control == name and key == "control"), None)
    help = f"did you mean `{near}`?" if near else f"`readiness checklist show {pin}` lists what it has"
    if name in dict(base.aliases):
        help = f"it is called `{dict(base.aliases)[name]}` now"
    elif gone:
        help = f"`{gone.checklist}` removed it"
    reader.at_value(entry, key, f"`{pin}` has no {key} {quoted(name)}", help)
    return None


# --------------------------------------------------------------------------- the parts


def _dimensions(reader: Reader, data: Map, base: Checklist) -> tuple[str, ...]:
    """The ids of the dimensions that are added to the base's."""
    own = listed(reader, data, "dimensions", ("id", "title")) if "dimensions" in data else ()
    for entry in data.get("dimensions") or () if own else ():
        if isinstance(entry, Map) and entry.get("id") in [dimension.id for dimension in base.dimensions]:
            said = f"`{base.id}@{base.version}` has a dimension `{entry['id']}` already"
            reader.at_value(entry, "id", said, "list only those that you add")
    return own


def _scoring(reader: Reader, data: Map, base: Checklist, added: list[Map]) -> None:
    scoring = reader.mapping(data, "scoring", "`default_proof:` or `attestation_age:`") or Map()
    reader.known(scoring, SCORING, "`scoring` of a checklist that extends another")
    check_age(reader, scoring, "attestation_age")
    if reader.choice(scoring, "default_proof", PROOFS) and not added:
        said = "`default_proof` is that of the added controls, and none is added"
        reader.at_key(scoring, "default_proof", said, "override `proof` of the controls that you mean")
    age = scoring.get("attestation_age")
    if isinstance(age, str) and age == f"{base.attestation_age}d":
        reader.at_key(scoring, "attestation_age", "`attestation_age` has that value already", "leave it out")


def _added_checked(reader: Reader, added: list[Map], base: Checklist, left: tuple[Control, ...], known: Known) -> None:
    taken, former, pin = {control.id for control in left}, dict(base.aliases), f"{base.id}@{base.version}"
    for entry in added:
        _because(reader, entry, "an added control")
        check_control(reader, entry, known, extra=("because",))
        name = entry.get("id")
        if isinstance(name, str) and name in taken:
            help = "change it under `override`, or give yours another id"
            reader.at_value(entry, "id", f"`{pin}` has a control `{name}` already", help)
        elif isinstance(name, str) and name in former:
            said = f"`{name}` is a former id of `{former[name]}` in `{pin}`"
            reader.at_value(entry, "id", said, "give yours another id")
    check_once(reader, added)


def _removed(reader: Reader, data: Map, base: Checklist) -> dict[str, Map]:
    """The controls taken out, each once."""
    found: dict[str, Map] = {}
    for entry in _entries(reader, data, "remove", "what is removed"):
        reader.known(entry, ("control", "because"), "what is removed")
        reader.required(entry, ("control",), "what is removed")
        _because(reader, entry, "what is removed")
        name = _names(reader, entry, "control", [c.id for c in base.controls], base)
        if name in found:
            reader.at_value(entry, "control", f"`{name}` is removed twice")
        elif name is not None:
            found[name] = entry
    return found


def _overridden(reader: Reader, changed: list[Map], base: Checklist, known: Known, out: Mapping[str, Map]) -> None:
    seen: set[str] = set()
    by_id = {control.id: control for control in base.controls}
    _thresholds(reader, [e for e in changed if "stage" in e and "control" not in e], base, out)
    for entry in changed:
        _because(reader, entry, "an override")
        if ("stage" in entry and "control" not in entry) or not reader.required(entry, ("control",), "an override"):
            continue
        name = _names(reader, entry, "control", by_id, base)
        for key in FIXED:
            if key in entry:
                reader.at_key(
                    entry, key, f"an override cannot change `{key}`", "remove the control, and add one of your own"
                )
        before = len(reader.faults)
        reader.required(entry, [key for key in entry if key not in (*FIXED, "because")], "an override")
        check_control(reader, entry, known, whole=False, extra=("control", "because"))
        if name in seen:
            reader.at_value(entry, "control", f"`{name}` is overridden twice", "put both changes into one entry")
        elif name in out:
            reader.at_value(entry, "control", f"`{name}` is removed, so it cannot be changed")
        elif name is not None and len(reader.faults) == before:
            _changes_something(reader, entry, by_id[name])
        seen.add(name or "")


def _changes_something(reader: Reader, entry: Map, control: Control) -> None:
    """Fault an override that states what the control has anyway: someone expected another base."""
    changed = changed_fields(entry)
    if not changed:
        reader.fault(entry.mark, f"the override of `{control.id}` changes nothing", "name a field, such as `severity`")
    for key, value in changed.items():
        if getattr(control, key) == value:
            written = WRITTEN.get(key, key)
            reader.at_key(entry, written, f"`{written}` of `{control.id}` has that value already", "leave it out")


def _thresholds(reader: Reader, entries: list[Map], base: Checklist, out: Mapping[str, Map]) -> None:
    """Check the overrides of stages: each changes one threshold of the base, once."""
    before = {stage.id: stage.threshold for stage in base.stages}
    seen: set[str] = set()
    for entry in entries:
        reader.known(entry, ("stage", "threshold", "because"), "an override of a stage")
        reader.required(entry, ("stage", "threshold"), "an override of a stage")
        name, limit = _names(reader, entry, "stage", before, base), entry.get("threshold")
        if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or not 0 <= limit <= 100):
            said = f"a threshold must be a whole number from 0 to 100, not {kind(limit)}"
            reader.at_value(entry, "threshold", said)
        elif name in seen:
            reader.at_value(entry, "stage", f"the stage `{name}` is overridden twice")
        elif name is not None and limit is not None and limit == before[name]:
            reader.at_key(entry, "threshold", f"`threshold` of `{name}` has that value already", "leave it out")
        seen.add(name or "")


# --------------------------------------------------------------------------- among themselves


def _left_over(reader: Reader, data: Map, base: Checklist, out: Mapping[str, Map], ours: Ours) -> None:
    """What a removal leaves behind: controls that need what is gone, and stages without a control."""
    again = [entry.get("id") for entry in ours.added]
    for control in base.controls:
        entry = ours.changed.get(control.id, Map())
        needs = needs_of(entry) if "needs" in entry else control.needs
        missing = [name for name in needs if name in out and name not in again]
        if control.id not in out and missing:
            help = f"override `needs` of `{control.id}`, or keep `{missing[0]}`"
            reader.at_value(out[missing[0]], "control", f"the control `{control.id}` needs `{missing[0]}`", help)
    moved = {name: entry["stage"] for name, entry in ours.changed.items() if entry.get("stage")}
    used = [
        *(moved.get(c.id, c.stage) for c in base.controls if c.id not in out),
        *(e.get("stage") for e in ours.added),
    ]
    for stage in base.stages:
        if stage.id not in used:
            mark = data.key_marks.get("remove") or data.key_marks.get("override") or Mark(1, 1)
            said = f"no control is left of the stage `{stage.id}`, so it would be reached with the one below it"
            reader.fault(mark, said)


def _needs(reader: Reader, left: Iterable[Control], ours: Ours) -> None:
    """Fault each control that needs itself, by way of the base's controls or of one's own."""
    needs = {control.id: control.needs for control in left}
    needs |= {name: needs_of(entry) for name, entry in ours.changed.items() if "needs" in entry}
    needs |= {entry["id"]: needs_of(entry) for entry in ours.added if isinstance(entry.get("id"), str)}
    check_circles(reader, [entry for entry in ours.changed.values() if "needs" in entry], needs, "control")
    check_circles(reader, ours.added, needs)


def _rewritten(reader: Reader, left: Iterable[Control], changed: Mapping[str, Map]) -> list[Control]:
    """The base's controls with what overrides make them ask; a fault where that is what another asks."""
    found = []
    for control in left:
        entry = changed.get(control.id, Map())
        asked = stated(entry, control)
        if asked is not None:
            found.append((control._replace(met_when=asked[0], applies_when=asked[1]), entry))
    seen: dict[object, list[str]] = {}
    for control, _ in found:
        seen.setdefault(asked_by(control.met_when, control.applies_when), []).append(control.id)
    for control, entry in found:
        others = [name for name in seen[asked_by(control.met_when, control.applies_when)] if name != control.id]
        if others and ("met_when" in entry or "applies_when" in entry):
            twin(reader, entry, control.id, others[0])
    return [control for control, _ in found]


def _reachable(reader: Reader, data: Map, base: Checklist, kept: Checklist) -> None:
    """A threshold in points must be within what the controls that are left can earn."""
    if base.scheme.within != "sum":
        return
    points = [(c.stage, c.dimension, base.weights[c.severity]) for c in kept.controls if c.stage is not None]
    for stage, said in out_of_reach([(stage.id, stage.threshold) for stage in kept.stages], points).items():
        entries = [
            entry for entry in data.get("override") or () if entry.get("stage") == stage and "threshold" in entry
        ]
        if entries:
            reader.at_value(entries[0], "threshold", said)
        else:
            key = next(key for key in ("remove", "override", "extends") if data.get(key))
            reader.at_key(data, key, f"`{stage}`: {said}", "lower its `threshold` under `override`")
