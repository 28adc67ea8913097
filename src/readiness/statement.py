"""A statement of `assess -f in-toto`, read back and held against what the same inputs give today."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from readiness.errors import Diagnostic, InputError
from readiness.model import Proof
from readiness.tuples import NamedTuple

STATEMENTS = ("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1")
"""The second is what `cosign attest` writes around a predicate; the two do not differ in what is read here."""
PAYLOAD = "application/vnd.in-toto+json"
LIMIT = 10 << 20
"""The greatest size of a statement in bytes."""
HELP = "`readiness assess -f in-toto` writes one"

Value = Mapping[str, Any]
Subjects = frozenset[tuple[str, str]]


class Stated(NamedTuple):
    """What a statement says, and what it was made with. `enveloped` tells that it came in an envelope with
    signatures, which nothing here checks. `pins` holds each checklist as `id@version` with the target."""

    subjects: Subjects
    predicate: Value
    enveloped: bool
    version: str
    as_of: date
    repository: bool
    accepted: Proof | None
    pins: Mapping[str, str | None]


class _Wrong(Exception):
    """What is not as a statement has it."""


def load_statement(path: Path, kind: str) -> Stated:
    """The statement in a file: bare, in a DSSE envelope, or in a bundle around one. `kind` is the type that its
    predicate must have.

    Raises InputError where the file cannot be read or is no such statement.
    """
    try:
        data = _parsed(_bytes(path), "the file")
        envelope = data.get("dsseEnvelope", data)
        enveloped = isinstance(envelope, dict) and "payload" in envelope
        return _stated(_opened(envelope) if enveloped else data, kind, enveloped)
    except _Wrong as wrong:
        raise InputError([Diagnostic(str(path), 0, 0, str(wrong), HELP)]) from None


# --------------------------------------------------------------------------- reading


def _bytes(path: Path) -> bytes:
    try:
        with open(path, "rb") as stream:
            data = stream.read(LIMIT + 1)
    except OSError as error:
        raise _Wrong(f"the statement cannot be read: {error.strerror}") from None
    if len(data) > LIMIT:
        raise _Wrong(f"the file has more than {LIMIT >> 20} MB")
    return data


def _parsed(data: bytes, what: str) -> dict[str, Any]:
    """JSON in which no key stands twice: of two, another reader might believe the other one."""
    try:
        found = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_pairs, parse_constant=_constant)
    except UnicodeDecodeError as error:
        raise _Wrong(f"{what} is not UTF-8: byte {error.start} cannot be read") from None
    except json.JSONDecodeError as error:
        more = "; give one statement alone" if error.msg == "Extra data" else ""
        raise _Wrong(f"{what} is not JSON: {error.msg} (line {error.lineno}){more}") from None
    except (RecursionError, ValueError):
        raise _Wrong(f"{what} is not JSON that can be read") from None
    if not isinstance(found, dict):
        raise _Wrong(f"{what} holds no statement")
    return found


def _pairs(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Wrong(f"`{twice[:60]}` stands twice in one object")
    return found


def _constant(name: str) -> object:
    raise _Wrong(f"{name} is no number of JSON")


def _opened(envelope: Value) -> dict[str, Any]:
    """The statement in an envelope; its payload may be in either alphabet of base64."""
    import base64
    import binascii

    kind, payload = envelope.get("payloadType"), envelope["payload"]
    if kind != PAYLOAD:
        raise _Wrong(f"the envelope holds {_say(kind)}, and not `{PAYLOAD}`")
    try:
        text = payload.encode("ascii").replace(b"-", b"+").replace(b"_", b"/") if isinstance(payload, str) else b"?"
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise _Wrong("the envelope's payload is not base64") from None
    return _parsed(data, "the envelope's payload")


def _stated(data: Value, kind: str, enveloped: bool) -> Stated:
    if data.get("_type") not in STATEMENTS:
        raise _Wrong(f"this is no in-toto statement: its `_type` is {_say(data.get('_type'))}")
    if data.get("predicateType") != kind:
        raise _Wrong(f"this statement is of another type, {_say(data.get('predicateType'))}, and not `{kind}`")
    predicate = _mapping(data, "predicate")
    accepted = predicate.get("accepted_proof")
    proofs = {proof.name.lower(): proof for proof in Proof}
    if accepted is not None and accepted not in tuple(proofs):
        raise _Wrong(f"`accepted_proof` is {_say(accepted)}, and not one of {', '.join(proofs)}")
    repository = predicate.get("repository")
    if not isinstance(repository, bool):
        raise _Wrong("`repository` is missing or neither true nor false")
    return Stated(
        subjects=frozenset(_subjects(data)),
        predicate=predicate,
        enveloped=enveloped,
        version=_text(_mapping(predicate, "tool"), "version"),
        as_of=_day(predicate),
        repository=repository,
        accepted=proofs[accepted] if accepted is not None else None,
        pins=_pins(predicate),
    )


def _subjects(data: Value) -> Iterator[tuple[str, str]]:
    """Each digest that the statement is about. Names say nothing: whoever signs may give another."""
    for entry in _list(data, "subject"):
        digests = entry.get("digest") if isinstance(entry, dict) else None
        if not isinstance(digests, dict) or not digests:
            raise _Wrong("a subject has no digest")
        for algorithm, value in digests.items():
            if not isinstance(value, str):
                raise _Wrong(f"the digest `{algorithm[:60]}` of a subject is no text")
            yield algorithm, value


def _pins(predicate: Value) -> Mapping[str, str | None]:
    found: dict[str, str | None] = {}
    for entry in _list(predicate, "assessments"):
        checklist = _mapping(entry if isinstance(entry, dict) else {}, "checklist")
        pin, target = f"{_text(checklist, 'id')}@{_text(checklist, 'version')}", entry.get("target")
        if "/" in pin or "\\" in pin:
            raise _Wrong(f"{_say(pin)} is no checklist with its version")
        if pin in found:
            raise _Wrong(f"{_say(pin)} judges twice")
        if target is not None and not isinstance(target, str):
            raise _Wrong("`target` is no text")
        found[pin] = target
    return found


def _mapping(data: Value, key: str) -> dict[str, Any]:
    value = data.get(key)
    if not isinstance(value, dict):
        raise _Wrong(f"`{key}` is missing or holds no fields")
    return value


def _list(data: Value, key: str) -> list[Any]:
    value = data.get(key)
    if not isinstance(value, list) or not value:
        raise _Wrong(f"`{key}` is missing, empty or no list")
    return value


def _text(data: Value, key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value:
        raise _Wrong(f"`{key}` is missing or no text")
    return value


def _day(data: Value) -> date:
    try:
        return date.fromisoformat(_text(data, "as_of"))
    except ValueError:
        raise _Wrong(f"`as_of` is {_say(data.get('as_of'))}, which is no day") from None


# --------------------------------------------------------------------------- holding it against the inputs


def differences(stated: Stated, made: Value, about: Subjects, version: str) -> list[str]:
    """What a statement says otherwise than `made`, the predicate of today, and `about`, what the description names;
    nothing where it is true. A statement on fewer subjects is true of those.

    Of another version of the tool, the digest of the whole report is left out and so is what only one side says: a
    report may have gained fields.
    """
    known = " and ".join(f"{algorithm}:{value}" for algorithm, value in sorted(about))
    told = [
        f"subject: it is about {_say(f'{algorithm}:{value}')}, and the description names {known or 'no artifact'}"
        for algorithm, value in sorted(stated.subjects - about)
    ]
    same = stated.version == version
    skipped = {"tool"} if same else {"tool", "report"}
    return told + list(_differ(stated.predicate, made, (), skipped, same))


def _differ(said: Any, found: Any, way: tuple[str, ...], skipped: set[str], strict: bool) -> Iterator[str]:
    if isinstance(said, dict) and isinstance(found, dict):
        for key in dict.fromkeys([*found, *said]):
            if key in skipped:
                continue
            if key in said and key in found:
                yield from _differ(said[key], found[key], (*way, key), skipped, strict)
            elif strict:
                one = "the statement lacks it" if key in found else "readiness says nothing of the kind"
                yield f"{_where((*way, key))}: {one}"
    elif isinstance(said, list) and isinstance(found, list):
        mine, theirs = _named(said), _named(found)
        for name in dict.fromkeys([*theirs, *mine]):
            if name in mine and name in theirs:
                yield from _differ(mine[name], theirs[name], (*way, name), skipped, strict)
            else:
                one = "the statement does not name it" if name in theirs else "only the statement names it"
                yield f"{_where((*way, name))}: {one}"
        if len(mine) < len(said):
            yield f"{_where(way)}: the statement names something twice"
    elif isinstance(said, bool) is not isinstance(found, bool) or said != found:
        yield f"{_where(way)}: the statement says {_say(said)}, and it is {_say(found)}"


def _named(entries: list[Any]) -> dict[str, Any]:
    """The entries of a list by what each is about: the order of a list says nothing here."""
    return {_name(entry): entry for entry in entries}


def _name(entry: Any) -> str:
    if not isinstance(entry, dict):
        return str(entry)[:80]
    checklist = entry.get("checklist")
    if isinstance(checklist, dict):
        return f"{checklist.get('id')}@{checklist.get('version')}"
    return str(entry.get("id") or f"{entry.get('control')} until {entry.get('expires')}")[:80]


def _where(way: tuple[str, ...]) -> str:
    """A field in words: the checklist first, the last name last."""
    words = [part.replace("_", " ") if "@" not in part else part for part in way if part != "assessments"]
    return ", ".join(words)[:200] or "the predicate"


def _say(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        return "something with fields" if isinstance(value, dict) else "a list"
    return f"`{str(value)[:160]}`" if isinstance(value, str) else str(value)[:40]
