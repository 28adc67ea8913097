"""A project description becomes a `Project`, or every fault in it is reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from readiness.answers import AnswerReader
from readiness.document import Document, Map, Seq
from readiness.errors import nearest
from readiness.fields import Reader, kind, options, quoted, suggestion
from readiness.lazy import Lazy
from readiness.loaders.vocabulary import Controls, Vocabulary
from readiness.loaders.waivers import read_waivers
from readiness.model import DIMENSIONS, FACTS, LISTED_FACTS, Answer, Facts, Mark, Project

FORMAT_VERSION = 1
TOP = ("readiness", "project", "facts", "assess", *DIMENSIONS, "waivers")
PROJECT_FIELDS = ("name", "summary", "owner", "model", "commit")
MODEL_FIELDS = ("name", "version", "trained", "digest")
ASSESS_FIELDS = ("checklist", "target", "mode", "baseline")
MODES = ("report", "ratchet", "gate")
DIGEST = Lazy(r"sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})\Z")
COMMIT = Lazy(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")


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
        waivers=read_waivers(reader, data, words),
        dimension_marks={name: data.key_marks[name] for name in DIMENSIONS if name in data},
        fact_marks=data["facts"].key_marks if isinstance(data.get("facts"), Map) else {},
        mode=reader.choice(assess, "mode", MODES),
        baseline=reader.text(assess, "baseline"),
        commit=_hex(reader, project, "commit", COMMIT, "40 or 64 hexadecimal digits, as `git rev-parse HEAD` prints"),
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
    found["digest"] = _hex(reader, model, "digest", DIGEST, "`sha256:` and 64 hexadecimal digits")
    trained = reader.date(model, "trained")
    if trained:
        found["trained"] = trained.isoformat()
    return {key: value for key, value in found.items() if value}


def _hex(reader: Reader, parent: Map, key: str, form: Lazy, wanted: str) -> str | None:
    """The digest at a key, which must be written in full."""
    value = reader.text(parent, key)
    if value is not None and not form.match(value):
        help = "quote it: a number loses its first zeros" if not isinstance(parent[key], str) else None
        reader.at_value(parent, key, f"`{key}` must be {wanted}", help)
        return None
    return value


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
