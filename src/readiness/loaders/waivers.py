"""The waivers of a description."""

from __future__ import annotations

from readiness.document import Map
from readiness.errors import nearest
from readiness.fields import Reader, kind, options, quoted
from readiness.lazy import Lazy
from readiness.loaders.vocabulary import Vocabulary
from readiness.model import Waiver

WAIVER_FIELDS = ("control", "reason", "owner", "approved_by", "expires")
OPTIONAL = ("granted",)
RULER = Lazy(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*\Z")


def read_waivers(reader: Reader, data: Map, words: Vocabulary) -> tuple[Waiver, ...]:
    """The waivers, each of a control that is there, and of none twice."""
    listed = reader.sequence(data, "waivers") or ()
    found: list[Waiver] = []
    for number, value in enumerate(listed):
        if not isinstance(value, Map):
            mark = data["waivers"].marks[number]
            reader.fault(mark, f"a waiver holds fields, not {kind(value)}", f"its fields are {options(WAIVER_FIELDS)}")
            continue
        waiver = _waiver(reader, value, words)
        if waiver is not None:
            _once(reader, value, waiver, found)
            found.append(waiver)
    return tuple(found)


def _waiver(reader: Reader, value: Map, words: Vocabulary) -> Waiver | None:
    reader.known(value, (*WAIVER_FIELDS, *OPTIONAL), "a waiver")
    complete = reader.required(value, WAIVER_FIELDS, "the waiver")
    named = reader.text(value, "control")
    ruler, colon, control = named.rpartition(":") if named else ("", "", "")
    if named and (not control or (colon and not RULER.match(ruler))):
        message = f"{quoted(named)} names no control"
        reader.at_value(
            value, "control", message, "write `fallback`, or `ml-test-score:monitor-7` for another checklist"
        )
        control = ""
    elif control:
        _control_exists(reader, value, ruler or words.ruler, control, words)
    reason = reader.content(value, "reason", "the waiver")
    owner = reader.content(value, "owner", "the waiver")
    approver = reader.content(value, "approved_by", "the waiver")
    expires = reader.date(value, "expires")
    granted = reader.date(value, "granted")
    if granted and expires and granted > expires:
        reader.at_value(value, "granted", "the waiver ends before it begins", f"`expires` is {expires.isoformat()}")
    if owner and approver and _person(owner) == _person(approver):
        reader.at_value(
            value,
            "approved_by",
            "the approver of a waiver must be someone other than its owner",
            "name the person who accepts the risk",
        )
    if not (complete and control and reason and owner and approver and expires):
        return None
    return Waiver(ruler or words.ruler, control, reason, owner, approver, expires, value.mark, granted)


def _person(name: str) -> str:
    return " ".join(name.casefold().split())


def _control_exists(reader: Reader, value: Map, ruler: str, control: str, words: Vocabulary) -> None:
    controls = words.controls_of(ruler)
    if controls is None or control in controls:
        return
    asking = [name for name, practices in controls.items() if control in practices]
    if control in words.practices and asking:
        advice = f"`{control}` is a practice; the controls that ask about it are {options(asking)}"
    else:
        near = nearest(control, controls)
        advice = f"did you mean `{near}`?" if near else f"`readiness checklist show {ruler}` lists its controls"
    reader.at_value(value, "control", f"`{ruler}` has no control {quoted(control)}", advice)


def _once(reader: Reader, value: Map, waiver: Waiver, found: list[Waiver]) -> None:
    for other in found:
        if (other.checklist, other.control) == (waiver.checklist, waiver.control):
            message = f"`{waiver.control}` is waived twice, first on line {other.mark.line}"
            reader.at_value(value, "control", message, "keep the one that holds")
