"""The events of a YAML parser become data with positions, in one pass.

Limits hold while the events arrive, so that no input can exhaust time or memory. Strict; `lenient` has the
builder for other people's files.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from readiness.errors import nearest
from readiness.model import Mark
from readiness.scalars import SCALAR_TAGS, SPECIAL_START, ScalarError, resolve, tagged
from readiness.source import Source, short
from readiness.syntax import FLOW_HELP, Fault, Problem, explain
from readiness.tree import Map, Seq

MAX_DEPTH = 40
MAX_NODES = 50_000
MAX_ALIASES = 100
MAX_SCALAR = 64 * 1024
MAX_FAULTS = 100
NOTHING = object()
"""The data of a text that holds no document."""
BROKEN = (yaml.YAMLError, RecursionError, MemoryError, ValueError, OverflowError)
"""What a parser may raise; the last two come from PyYAML without libyaml."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COLLECTION_TAGS = (None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")
_OPEN = object()
_tuple: Any = tuple.__new__  # makes a Mark in half the time that Mark() takes


def build(source: Source, faults: list[Fault]) -> Any:
    """The data of the one document in a text, NOTHING where there is none. Faults are appended to
    `faults`; where there are any, the data is of no use."""
    try:
        builder = Builder(source.text, faults)
        builder.next()
        if builder.next().__class__ is StreamEndEvent:
            return NOTHING
        data = builder.root()
        builder.next()
        event = builder.next()
        if event.__class__ is DocumentStartEvent:
            builder.fault(event, "a second document begins here", "keep one document in a file: remove `---`", 3)
        return data
    except Stop:
        return NOTHING
    except yaml.MarkedYAMLError as error:
        faults.append(explain(_problem(error), source))
    except BROKEN as error:
        faults.append(Fault(Mark(1, 1), f"the file cannot be read: {type(error).__name__}", "simplify the file"))
    return NOTHING


def spans(source: Source) -> dict[Mark, int]:
    """The length of each scalar and alias of a text that parses, up to the end of its first line."""
    lengths: dict[Mark, int] = {}
    next_event = _LOADER(source.text).get_event
    event = next_event()
    while event.__class__ is not StreamEndEvent:
        if event.__class__ in (ScalarEvent, AliasEvent):
            lengths[_place(event)] = _length(event, source)
        event = next_event()
    return lengths


class Stop(Exception):
    """Reading ends here: a limit is exceeded."""


class Builder:
    """Builds strict data and collects faults.

    `size` counts nodes, with those that aliases repeat; `anchors` has the value and the size of
    each anchor, _OPEN while that is being read.
    """

    max_depth = MAX_DEPTH
    max_aliases = MAX_ALIASES

    def __init__(self, text: str, faults: list[Fault]) -> None:
        self.next: Callable[[], Any] = _LOADER(text).get_event
        self.faults = faults
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.size = self.depth = self.aliases = 0

    def root(self) -> Any:
        """The data of the document that the next event begins."""
        event = self.next()
        data = self.scalar(event) if event.__class__ is ScalarEvent else self.node(event, _place(event))
        return NOTHING if data is None and _is_absent(event) else data

    def node(self, event: Any, mark: Mark) -> Any:
        """The alias, mapping or list that begins with `event`, at `mark`."""
        return self.alias(event) if event.__class__ is AliasEvent else self.collection(event, mark)

    def scalar(self, event: Any) -> Any:
        value = event.value
        if event.tag is not None:
            value = self.tagged(event, value)
        elif value[:1] in SPECIAL_START and event.implicit[0]:  # not quoted
            value = self.resolve(event, value)
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, 1)
        if len(event.value) > MAX_SCALAR:
            message = f"this text has more than {MAX_SCALAR:,} characters"
            self.fault(event, message, "move it to a file and name the file")
        return value

    def collection(self, event: Any, mark: Mark) -> Map | Seq:
        size, name = self.size, event.anchor
        if event.tag not in _COLLECTION_TAGS:
            self.unknown_tag(event)
        if name is not None:
            self.anchors[name] = (_OPEN, 0)
        self.depth += 1
        if self.depth > self.max_depth:
            self.stop(event, f"lists and mappings are nested more than {MAX_DEPTH} deep", "flatten this part")
        read = self.mapping if event.__class__ is MappingStartEvent else self.sequence
        value = read(event, mark)
        self.depth -= 1
        if name is not None:
            self.anchors[name] = (value, self.size - size + 1)
        return value

    def mapping(self, start: Any, mark: Mark) -> Map:
        next_event, scalar, node, kind, new = self.next, self.scalar, self.node, Mark, _tuple
        result = Map(mark, start.flow_style)
        key_marks, value_marks, bare = result.key_marks, result.value_marks, []
        while (event := next_event()).__class__ is not MappingEndEvent:
            self.size += 2
            if self.size > MAX_NODES:
                self.too_many(event)
            at = event.start_mark
            mark = new(kind, (at.line + 1, at.column + 1))
            key = scalar(event) if event.__class__ is ScalarEvent else node(event, mark)
            if key.__class__ is not str:
                key = self.odd_key(event, key)
            elif key in key_marks or key == "<<":
                key = self.special_key(event, key, key_marks.get(key))
            key_marks[key] = mark
            event = next_event()
            at = event.start_mark
            value_mark = new(kind, (at.line + 1, at.column + 1))
            result[key] = value = scalar(event) if event.__class__ is ScalarEvent else node(event, value_mark)
            if value is None and _is_absent(event):
                bare.append(key)
                value_mark = mark
            value_marks[key] = value_mark
        if bare:
            result.bare = frozenset(bare)
        return result

    def sequence(self, start: Any, mark: Mark) -> Seq:
        next_event, scalar, node, kind, new = self.next, self.scalar, self.node, Mark, _tuple
        result = Seq(mark, start.flow_style)
        append, append_mark = result.append, result.marks.append
        while (event := next_event()).__class__ is not SequenceEndEvent:
            self.size += 1
            if self.size > MAX_NODES:
                self.too_many(event)
            at = event.start_mark
            mark = new(kind, (at.line + 1, at.column + 1))
            append_mark(mark)
            append(scalar(event) if event.__class__ is ScalarEvent else node(event, mark))
        return result

    def alias(self, event: Any) -> Any:
        name = event.anchor
        value, size = self.anchors.get(name, (None, 0))
        self.aliases += 1
        self.size += size
        if self.aliases > self.max_aliases:
            self.stop(event, f"more than {MAX_ALIASES} aliases (`*{short(name)}`)", "write the values out")
        if self.size > MAX_NODES:
            self.too_many(event)
        if value is _OPEN:
            self.fault(event, f"`*{short(name)}` stands inside what it refers to", "write the value out")
            return None
        if name not in self.anchors:
            like = nearest(name, self.anchors)
            help = f"did you mean `*{short(like)}`?" if like else "quote text that starts with `*`"
            self.fault(event, f"no anchor `&{short(name)}` stands before this alias", help)
        return value

    def resolve(self, event: Any, text: str) -> Any:
        try:
            return resolve(text)
        except ScalarError as error:
            self.fault(event, error.message, error.help)
            return text

    def tagged(self, event: Any, text: str) -> Any:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        if tag not in SCALAR_TAGS:
            self.unknown_tag(event)
            return text
        try:
            return tagged(text, tag)
        except ScalarError as error:
            self.fault(event, error.message, error.help)
            return text

    def unknown_tag(self, event: Any) -> None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        self.fault(event, f"unknown tag `{short(tag)}`", "remove the tag; quote text that starts with `!`", len(tag))

    def odd_key(self, event: Any, key: Any) -> str:
        """What to call a key that is not a string."""
        if event.__class__ is not ScalarEvent:
            what = "mapping or list" if isinstance(key, (dict, list)) else "value"
            self.fault(event, f"a {what} cannot be a key", "quote text that starts with `{`, `[` or `*`; " + FLOW_HELP)
            return ""
        text: str = event.value
        if not text:
            self.fault(event, "a key is missing before the colon", "write `key: value`, or quote text with a colon")
        else:
            kind = {bool: "a boolean", type(None): "null"}.get(type(key), "a number")
            self.fault(event, f"the key `{short(text)}` is {kind}, not text", f'quote it: "{short(text)}"')
        return text

    def special_key(self, event: Any, key: str, first: Mark | None) -> str:
        """What to call a key that is there already, or is `<<`."""
        if first is not None:
            where = f"on line {first.line}"
            again = f"again on line {event.start_mark.line + 1}"
            message = f"the key `{short(key)}` is {where} and {again}"
            self.fault(event, message, "keep one of the two; put several values in a list")
        elif event.implicit[0]:
            self.fault(event, "merge keys (`<<`) are not part of YAML 1.2", "write the merged keys out")
        return key

    def too_many(self, event: Any) -> NoReturn:
        self.stop(event, f"more than {MAX_NODES:,} values, counting those that aliases repeat", "split the file")

    def stop(self, event: Any, message: str, help: str) -> NoReturn:
        self.fault(event, message, help)
        raise Stop

    def fault(self, event: Any, message: str, help: str, length: int | None = None) -> None:
        start, end = event.start_mark, event.end_mark
        width = end.column - start.column if start.line == end.line else MAX_SCALAR
        self.faults.append(Fault(_place(event), message, help, max(length or width, 1)))
        if len(self.faults) >= MAX_FAULTS:
            raise Stop


def _is_absent(event: Any) -> bool:
    """Whether an event stands for a value that is not written at all."""
    return bool(event.start_mark.index == event.end_mark.index)


def _length(event: Any, source: Source) -> int:
    start, end = event.start_mark, event.end_mark
    width = end.column if start.line == end.line else len(source.line(start.line + 1).rstrip())
    return int(max(width - start.column, 1))


def _place(event: Any) -> Mark:
    at = event.start_mark
    return Mark(at.line + 1, at.column + 1)


def _problem(error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    began = error.context_mark
    return Problem(
        error.problem or "",
        error.context or "",
        Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1),
        Mark(began.line + 1, began.column + 1) if began else None,
    )
