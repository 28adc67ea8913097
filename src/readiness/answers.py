"""What a description says of one practice: the short form, the long form, measures and records."""

from __future__ import annotations

from typing import Any

from readiness.document import Map, Seq
from readiness.fields import MEANT, Reader, is_blank, kind, options, suggestion
from readiness.lazy import Lazy
from readiness.model import Answer, Attestation, Entry, Level, Mark, Practice, Record, Reference
from readiness.phrases import is_empty_word

WORDS = {"no": Level.NO, "partial": Level.PARTIAL, "yes": Level.YES}
MAX_PATH = 1000
BESIDE = ("evidence", "attested", "note", "owner", "due", "up_to", "not_applicable")
ENTRY = ("name", "unit", "min", "max", "baseline", "actual", "as_of")
EVIDENCE = ("path", "at", "as_of", "min", "max", "url")
FIGURE = ("path", "at", "as_of", "min", "max")
OWN = {"level": (), "measure": (*ENTRY, "entries"), "records": ("entries",)}
KNOWN = {kind: ("answer", *fields, *BESIDE) for kind, fields in OWN.items()}
"""The fields of the long form, by the kind of the practice."""
ATTESTED = ("by", "date", "link")
DRIVE = Lazy(r"[A-Za-z]:")
PLAIN = Lazy(r"\.?[A-Za-z0-9_][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*\Z")
"""Nearly every path: nothing in it needs a closer look."""
NAMED = Lazy(r"[A-Za-z][A-Za-z0-9_-]+:(?=.)")
"""The name of a further repository before a path."""
SCHEME = Lazy(r"[A-Za-z][A-Za-z0-9+.-]*://")


def _no_reason(text: str) -> bool:
    return is_empty_word(text) or text.strip().lower() in (*WORDS, *MEANT)


def _is_begun(value: Map) -> bool:
    """Whether anything is filled in; an entry with bare keys alone says nothing yet."""
    return any(not is_blank(held) for held in value.values())


def _blank(practice: str, mark: Mark) -> Answer:
    return Answer(practice, None, None, (), (), None, (), None, None, None, None, mark)


class AnswerReader:
    """Reads answers; faults go to the reader that it was given."""

    def __init__(self, reader: Reader, stages: tuple[str, ...]) -> None:
        self.reader = reader
        self.stages = stages

    def read(self, parent: Map, practice: Practice) -> Answer:
        """The answer at the practice's key. What is at fault is left out of it."""
        value, mark = parent[practice.id], parent.key_marks[practice.id]
        answer = _blank(practice.id, mark)
        if isinstance(value, Map):
            return self._long(value, practice, answer)
        if isinstance(value, Seq):
            return self._list(parent, value, practice, answer)
        return answer._replace(level=self._level(parent, practice.id, practice))

    # ------------------------------------------------------------------ forms

    def _level(self, parent: Map, key: str, practice: Practice) -> Level | None:
        value = parent.get(key)
        if isinstance(value, bool):
            return Level.YES if value else Level.NO
        if isinstance(value, str) and value in WORDS:
            return WORDS[value]
        if value is None:
            return None
        help = suggestion(value, tuple(WORDS))
        if (
            help is None
            and isinstance(value, str)
            and value.lower().replace("-", "_").replace(" ", "_") in ("not_applicable", "n/a", "na")
        ):
            help = "write `{not_applicable: why it does not apply here}`"
        elif help is None and practice.kind == "measure":
            help = "a measure's figures are fields: `{unit: ..., max: ..., actual: ...}`"
        elif help is None and key != "answer":
            help = "what there is to say goes into fields: `{answer: partial, note: ...}`"
        self.reader.at_value(parent, key, f"`{key}` must be one of {options(WORDS)}", help)
        return None

    def _list(self, parent: Map, value: Seq, practice: Practice, answer: Answer) -> Answer:
        if practice.kind == "measure":
            return answer._replace(entries=self._entries(value, practice))
        if practice.kind == "records":
            return answer._replace(records=self._records(value, practice))
        advice = "evidence goes into a field: `{answer: yes, evidence: [...]}`"
        self.reader.at_value(
            parent, practice.id, f"`{practice.id}` is answered {options(WORDS)}, not with a list", advice
        )
        return answer

    def _long(self, value: Map, practice: Practice, answer: Answer) -> Answer:
        reader = self.reader
        reader.known(value, KNOWN[practice.kind], f"`{practice.id}`")
        level = self._level(value, "answer", practice)
        refused = self._reason(value, practice)
        up_to, evidence = reader.choice(value, "up_to", self.stages), self.evidence(value)
        attested = self._attested(value) if "attested" in value else None
        note, owner, due = reader.text(value, "note"), reader.text(value, "owner"), reader.date(value, "due")
        entries, records = self._figures(value, practice) if practice.kind != "level" else ((), ())
        answer = Answer(
            practice.id, level, refused, entries, records, up_to, evidence, attested, note, owner, due, answer.mark
        )
        self._one_form(value, practice, answer)
        return answer

    def _figures(self, value: Map, practice: Practice) -> tuple[tuple[Entry, ...], tuple[Record, ...]]:
        """The entries or records of a long form."""
        listed = self.reader.sequence(value, "entries")
        if practice.kind == "records":
            return (), self._records(listed, practice) if listed else ()
        direct = [key for key in ENTRY if value.get(key) is not None]
        if listed and direct:
            advice = "move it into the entry that it belongs to"
            self.reader.at_key(value, direct[0], f"`{direct[0]}` stands beside `entries`", advice)
        if listed:
            return self._entries(listed, practice), ()
        entry = self._entry(value, practice, own=False)
        filled = any(key != "as_of" and not is_blank(value[key]) for key in direct)
        return ((entry,), ()) if filled else ((), ())

    def _one_form(self, value: Map, practice: Practice, answer: Answer) -> None:
        """Fault an answer that is given in more than one way."""
        level, refused = answer.level is not None, answer.not_applicable is not None
        figures = bool(answer.entries or answer.records)
        if level + refused + figures < 2:
            return
        named = "`entries`" if value.get("entries") else "its figures"
        given = (("`answer`", level), ("`not_applicable`", refused), (named, figures))
        ways = [name for name, there in given if there]
        advice = "keep the one that is true"
        if "`not_applicable`" not in ways:
            advice = "the level of a measure or of records follows from its entries: leave `answer` out"
        message = f"`{practice.id}` is answered twice, by {ways[0]} and by {ways[1]}"
        self.reader.at_key(value, ways[0].strip("`"), message, advice)

    def _reason(self, value: Map, practice: Practice) -> str | None:
        if "not_applicable" not in value:
            return None
        stated = value["not_applicable"]
        if stated is None or isinstance(stated, (bool, int, float)) or (isinstance(stated, str) and _no_reason(stated)):
            advice = "write `{not_applicable: why it does not apply here}`"
            self.reader.at_key(value, "not_applicable", "`not_applicable` needs a reason", advice)
            return None
        return self.reader.text(value, "not_applicable")

    # ------------------------------------------------------------------ evidence

    def evidence(self, parent: Map) -> tuple[Reference, ...]:
        """The evidence at the key `evidence`: one piece or a list of them."""
        value = parent.get("evidence")
        if value is None:
            return ()
        mark = parent.value_marks["evidence"]
        pieces, marks = (value, value.marks) if isinstance(value, Seq) else ([value], [mark])
        found = map(self.reference, pieces, marks)
        return tuple([piece for piece in found if piece is not None])

    def reference(self, value: Any, mark: Mark, fields: tuple[str, ...] = EVIDENCE) -> Reference | None:
        """One piece of evidence; None, with a fault, where it cannot be one."""
        reader = self.reader
        if isinstance(value, str):
            if len(value) <= MAX_PATH and PLAIN.match(value):
                return Reference(value, None, None, None, None, None, mark)
            return self._path(value, mark, Reference(None, None, None, None, None, None, mark))
        if not isinstance(value, Map):
            advice = "write `path/to/file`, or `{path: ..., at: ...}`"
            reader.fault(mark, f"evidence is a path or fields, not {kind(value)}", advice)
            return None
        reader.known(value, fields, "evidence" if fields == EVIDENCE else "`actual`")
        url, path = reader.text(value, "url"), reader.text(value, "path")
        if (url is None) == (path is None):
            message = "evidence names both a `path` and a `url`" if url else "evidence names no `path`"
            reader.fault(
                value.mark, message, "give each its own entry" if url else "write `{path: path/to/file, at: ...}`"
            )
            return None
        piece = Reference(
            None,
            url,
            reader.text(value, "at"),
            reader.date(value, "as_of"),
            reader.number(value, "min"),
            reader.number(value, "max"),
            mark,
        )
        self._limits(value, piece)
        return self._path(path, value.value_marks["path"], piece) if path is not None else piece

    def _limits(self, value: Map, piece: Reference) -> None:
        """A limit stands on a figure, so it needs a JSON pointer."""
        if piece.minimum is None and piece.maximum is None:
            return
        key = "min" if piece.minimum is not None else "max"
        if piece.at is None or not piece.at.startswith("/"):
            self.reader.at_key(
                value, key, f"`{key}` needs a figure to hold against it", "point to it with `at: /key/in/the/json`"
            )
        elif piece.minimum is not None and piece.maximum is not None and piece.minimum > piece.maximum:
            self.reader.at_key(value, "min", "`min` is greater than `max`")

    def _path(self, path: str, mark: Mark, piece: Reference) -> Reference | None:
        """The piece with its path, normalised; a path that can never be right is a fault."""
        if SCHEME.match(path):
            return piece._replace(url=path)
        clean = path.strip().replace("\\", "/")
        named = NAMED.match(clean)
        root, clean = (named.group(), clean[named.end() :]) if named else ("", clean)
        problem = None
        if clean.startswith(("/", "~")) or DRIVE.match(clean):
            problem = "an evidence path starts at the repository's root, not at the file system's"
        elif ".." in clean.split("/"):
            problem = "an evidence path cannot leave the repository: `..`"
        elif not clean or not clean.isprintable() or len(clean) > MAX_PATH:
            problem = "an evidence path must be a readable path of at most 1,000 characters"
        if problem:
            outside = "below the root, or give another repository with `--root NAME=DIR` and write `NAME:path`"
            help = "write it like `docs/runbook.md`" if "readable" in problem else f"write a path {outside}"
            self.reader.fault(mark, problem, help)
            return None
        parts = [part for part in clean.split("/") if part not in ("", ".")]
        return piece._replace(path=root + ("/".join(parts) or "."))

    def _attested(self, parent: Map) -> Attestation | None:
        value = self.reader.mapping(parent, "attested", "`by:` and `date:`")
        if value is None:
            return None
        self.reader.known(value, ATTESTED, "`attested`")
        complete = self.reader.required(value, ("by", "date"), "`attested`")
        by = self.reader.content(value, "by", "`attested`")
        when = self.reader.date(value, "date")
        link = self.reader.text(value, "link")
        return Attestation(by, when, link, value.mark) if complete and by and when else None

    # ------------------------------------------------------------------ entries and records

    def _entries(self, listed: Seq, practice: Practice) -> tuple[Entry, ...]:
        read = [(value, self._entry(value, practice)) for value in self._mappings(listed, ENTRY)]
        return tuple(entry for value, entry in read if _is_begun(value))

    def _mappings(self, listed: Seq, fields: tuple[str, ...]) -> list[Map]:
        found: list[Map] = []
        for value, mark in zip(listed, listed.marks, strict=True):
            if isinstance(value, Map):
                found.append(value)
            else:
                self.reader.fault(
                    mark, f"an entry holds fields, not {kind(value)}", f"its fields are {options(fields)}"
                )
        return found

    def _entry(self, value: Map, practice: Practice, own: bool = True) -> Entry:
        """One entry of a measure. `own` is False for the single entry whose fields stand among
        the answer's: the evidence there belongs to the practice."""
        reader = self.reader
        if own:
            reader.known(value, (*ENTRY, "evidence"), f"an entry of `{practice.id}`")
        low, high = reader.number(value, "min"), reader.number(value, "max")
        if low is not None and high is not None and low > high:
            reader.at_key(value, "min", "`min` is greater than `max`")
        return Entry(
            name=reader.text(value, "name") or practice.title.lower(),
            unit=reader.text(value, "unit"),
            minimum=low,
            maximum=high,
            baseline=reader.number(value, "baseline"),
            actual=self._actual(value),
            as_of=reader.date(value, "as_of"),
            evidence=self.evidence(value) if own else (),
            mark=value.mark,
        )

    def _actual(self, value: Map) -> float | Reference | None:
        if not isinstance(value.get("actual"), Map):
            return self.reader.number(value, "actual")
        mark = value.value_marks["actual"]
        piece = self.reference(value["actual"], mark, FIGURE)
        if piece is None or (piece.path is not None and piece.at is not None and piece.at.startswith("/")):
            return piece
        if "url" in value["actual"]:
            return None
        missing = "the path of a file" if piece.path is None else "a JSON pointer to the figure (`at`)"
        self.reader.fault(mark, f"an `actual` from a file needs {missing}", "write `{path: report.json, at: /key}`")
        return None

    def _records(self, listed: Seq, practice: Practice) -> tuple[Record, ...]:
        fields = tuple(practice.fields)
        found = []
        for value in self._mappings(listed, fields):
            self.reader.known(value, (*fields, "evidence", "as_of"), f"a record of `{practice.id}`")
            held = {key: self.reader.text(value, key) or "" for key in fields}
            record = Record(held, self.reader.date(value, "as_of"), self.evidence(value), value.mark)
            if _is_begun(value):
                found.append(record)
        return tuple(found)
