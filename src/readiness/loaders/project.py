"""A project description becomes a `Project`, or every fault in it is reported at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from readiness.answers import AnswerReader
from readiness.document import Document, Map, Seq
from readiness.errors import nearest
from readiness.fields import Reader, kind, options, quoted, suggestion
from readiness.lazy import Lazy
from readiness.model import DIMENSIONS, FACTS, LISTED_FACTS, Answer, Facts, Mark, Practice, Project, Waiver

FORMAT_VERSION = 1
TOP = ("readiness", "project", "facts", "assess", *DIMENSIONS, "waivers")
PROJECT_FIELDS = ("name", "summary", "owner", "model")
MODEL_FIELDS = ("name", "version", "trained")
ASSESS_FIELDS = ("checklist", "target")
WAIVER_FIELDS = ("control", "reason", "owner", "approved_by", "expires")
RULER = Lazy(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*\Z")
"""How the id of a checklist is written."""

Controls = Mapping[str, tuple[str, ...]]
"""The ids of a checklist's controls, each with the practices that it asks about."""


class Vocabulary(NamedTuple):
    """What a description may name: the practices, the stages, and the controls of a checklist.

    `controls_of` takes a checklist's id and gives its controls, or None where no such checklist
    takes part in the run. `ruler` is the id of the checklist that bare waivers belong to.
    """

    practices: Mapping[str, Practice]
    stages: tuple[str, ...]
    ruler: str
    controls_of: Callable[[str], Controls | None]


def requested(document: Document) -> tuple[str | None, Mark | None]:
    """The checklist that a description asks for and where it says so, before it is checked."""
    data = document.data
    assess = data.get("assess") if isinstance(data, Map) else None
    if isinstance(assess, Map) and isinstance(assess.get("checklist"), str):
        return assess["checklist"].strip(), assess.value_marks["checklist"]
    return None, None


def load_project(document: Document, words: Vocabulary) -> Project:
    """Read a description.

    Raises InputError with all its faults, in the order of their lines.
    """
    reader = Reader(document)
    data = document.data
    if not isinstance(data, Map):
        reader.fault(Mark(1, 1), f"a description holds fields, not {kind(data)}", "begin with `readiness: 1`")
        reader.finish()
    _top(reader, data, words)
    head = reader.mapping(data, "project", "`name:`")
    project = Map() if head is None else head
    if head is not None:
        reader.known(project, PROJECT_FIELDS, "`project`")
        reader.required(project, ("name",), "`project`")
    assess = reader.mapping(data, "assess", "its fields") or Map()
    reader.known(assess, ASSESS_FIELDS, "`assess`")
    result = Project(
        path=document.path,
        digest=document.digest,
        name=reader.content(project, "name", "`project`") or "",
        summary=reader.text(project, "summary"),
        owner=reader.content(project, "owner", "`project`"),
        owner_mark=project.key_marks.get("owner"),
        model=_model(reader, project),
        facts=_facts(reader, data),
        checklist=_checklist(reader, assess),
        target=reader.choice(assess, "target", words.stages),
        answers=_answers(reader, data, words),
        waivers=_waivers(reader, data, words),
        dimension_marks={name: data.key_marks[name] for name in DIMENSIONS if name in data},
        fact_marks=data["facts"].key_marks if isinstance(data.get("facts"), Map) else {},
    )
    reader.finish()
    return result


def _checklist(reader: Reader, assess: Map) -> str | None:
    """What `assess.checklist` names; a number names nothing."""
    value = assess.get("checklist")
    if isinstance(value, (int, float)):
        message = f"`checklist` must be the id of a checklist or a path, not {kind(value)}"
        reader.at_value(assess, "checklist", message, "write it like `core@1.0.0`")
        return None
    return reader.text(assess, "checklist")


# --------------------------------------------------------------------------- the head


def _top(reader: Reader, data: Map, words: Vocabulary) -> None:
    """Check the format version, the presence of `project`, and every top-level key."""
    if "readiness" not in data:
        reader.fault(Mark(1, 1), "the format version is missing", "begin the file with `readiness: 1`")
    elif data["readiness"] != FORMAT_VERSION or isinstance(data["readiness"], bool):
        message = f"`readiness` must be {FORMAT_VERSION}, not {kind(data['readiness'])}"
        reader.at_value(data, "readiness", message, "this tool reads version 1 of the format")
    if data.get("project") is None:
        mark = data.key_marks.get("project", Mark(1, 1))
        reader.fault(mark, "the project has no name", "write `project:` and below it, indented, `name: my-project`")
    for key in data:
        if key not in TOP:
            _stray(reader, data, key, words)


def _stray(reader: Reader, data: Map, key: str, words: Vocabulary) -> None:
    """Fault a top-level key that does not belong there."""
    if key in words.practices:
        home = words.practices[key].dimension
        reader.at_key(data, key, f"`{key}` is a practice and stands at the top", f"move it under `{home}:`")
    elif key in FACTS:
        reader.at_key(data, key, f"`{key}` is a fact and stands at the top", "move it under `facts:`")
    elif key in PROJECT_FIELDS or key in ASSESS_FIELDS:
        home = "project" if key in PROJECT_FIELDS else "assess"
        reader.at_key(data, key, f"`{key}` stands at the top", f"move it under `{home}:`")
    elif key in (controls := words.controls_of(words.ruler) or {}):
        message = f"`{key}` is a control of `{words.ruler}`, not a field"
        reader.at_key(data, key, message, _answer_there(key, words, controls))
    else:
        near = nearest(key, TOP)
        known = f"known here: {options(TOP)}"
        reader.at_key(data, key, f"unknown field {quoted(key)}", f"did you mean `{near}`?" if near else known)


def _answer_there(control: str, words: Vocabulary, controls: Controls) -> str:
    """The help for a control's id where a practice belongs."""
    known = (words.practices[name] for name in dict.fromkeys(controls[control]) if name in words.practices)
    asked = ", ".join(f"`{practice.dimension}: {practice.id}`" for practice in known)
    return f"it asks about {asked}: answer there"


def _model(reader: Reader, project: Map) -> Mapping[str, str]:
    model = reader.mapping(project, "model", "`name:` and `version:`") or Map()
    reader.known(model, MODEL_FIELDS, "`model`")
    found = {key: reader.text(model, key) for key in ("name", "version") if key in model}
    trained = reader.date(model, "trained")
    if trained:
        found["trained"] = trained.isoformat()
    return {key: value for key, value in found.items() if value}


def _facts(reader: Reader, data: Map) -> Facts:
    stated = reader.mapping(data, "facts", "the facts") or Map()
    found: dict[str, str | bool | tuple[str, ...]] = {}
    for key, value in stated.items():
        if key not in FACTS:
            near = nearest(key, FACTS)
            advice = f"did you mean `{near}`?" if near else f"facts are {options(FACTS)}"
            reader.at_key(stated, key, f"unknown fact {quoted(key)}", advice)
        elif value is not None:
            fact = _fact(reader, stated, key, value)
            if fact is not None:
                found[key] = fact
    return found


def _fact(reader: Reader, stated: Map, key: str, value: Any) -> str | bool | tuple[str, ...] | None:
    allowed = FACTS[key]
    if key in LISTED_FACTS:
        several = (value,) if isinstance(value, str) else value if isinstance(value, Seq) else None
        if several is not None and all(v in allowed for v in several):
            return tuple(v for v in allowed if v in several and isinstance(v, str)) or None
        if isinstance(several, Seq):
            for entry, mark in zip(several, several.marks, strict=True):
                if entry not in allowed:
                    message = f"each entry of `{key}` must be one of {options(allowed)}"
                    reader.fault(mark, message, suggestion(entry, [str(v) for v in allowed]))
            return None
    elif allowed == (True, False):
        truth = {"yes": True, "no": False}.get(value) if isinstance(value, str) else value
        if isinstance(truth, bool):
            return truth
    elif isinstance(value, str) and value in allowed:
        return value
    names = [str(v).lower() for v in allowed]
    form = "a list of any of" if key in LISTED_FACTS else "one of"
    reader.at_value(stated, key, f"`{key}` must be {form} {options(allowed)}", suggestion(value, names))
    return None


# --------------------------------------------------------------------------- answers


def _answers(reader: Reader, data: Map, words: Vocabulary) -> Mapping[str, Answer]:
    controls = words.controls_of(words.ruler) or {}
    found: dict[str, Answer] = {}
    for dimension in DIMENSIONS:
        stated = reader.mapping(data, dimension, "the practices") or Map()
        for key in stated:
            practice = words.practices.get(key)
            if practice is None or practice.dimension != dimension:
                _misplaced(reader, stated, key, dimension, words, controls)
            else:
                found[key] = AnswerReader(reader, words.stages).read(stated, practice)
    return found


def _misplaced(reader: Reader, stated: Map, key: str, dimension: str, words: Vocabulary, controls: Controls) -> None:
    """Fault a key under a dimension that is no practice of it, and say where it belongs."""
    practice = words.practices.get(key)
    if practice is not None:
        reader.at_key(
            stated, key, f"`{key}` is not a practice of `{dimension}`", f"it belongs under `{practice.dimension}:`"
        )
    elif key in controls:
        message = f"`{key}` is a control of `{words.ruler}`, not a practice"
        reader.at_key(stated, key, message, _answer_there(key, words, controls))
    elif key in FACTS:
        reader.at_key(stated, key, f"`{key}` is a fact, not a practice", "move it under `facts:`")
    else:
        own = [name for name, p in words.practices.items() if p.dimension == dimension]
        near = nearest(key, own) or nearest(key, words.practices)
        home = words.practices[near].dimension if near else dimension
        where = "" if home == dimension else f", under `{home}:`"
        advice = f"did you mean `{near}`{where}?" if near else "`readiness schema project` lists every practice"
        reader.at_key(stated, key, f"unknown practice {quoted(key)} in `{dimension}`", advice)


# --------------------------------------------------------------------------- waivers


def _waivers(reader: Reader, data: Map, words: Vocabulary) -> tuple[Waiver, ...]:
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
    reader.known(value, WAIVER_FIELDS, "a waiver")
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
    if owner and approver and _person(owner) == _person(approver):
        reader.at_value(
            value,
            "approved_by",
            "the approver of a waiver must be someone other than its owner",
            "name the person who accepts the risk",
        )
    if not (complete and control and reason and owner and approver and expires):
        return None
    return Waiver(ruler or words.ruler, control, reason, owner, approver, expires, value.mark)


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
