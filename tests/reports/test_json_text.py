"""JSON as text: the same as the library writes it, and every character of it can be seen."""

from __future__ import annotations

import json
import random
import sys
from typing import Any

import pytest

from readiness.model import Level, Outcome
from readiness.reports import safe
from readiness.reports.json_text import dumps
from readiness.tree import Map, Seq

PLAIN: list[Any] = [
    None,
    True,
    False,
    0,
    -7,
    10**20,
    1.5,
    1e300,
    "",
    "a",
    'q"\\/\n\t',
    "“é”",
    [],
    {},
    (),
    [[]],
    {"": {}},
]


def anything(source: random.Random, depth: int = 0) -> Any:
    kind = source.randrange(6 if depth < 4 else 4)
    if kind == 4:
        return [anything(source, depth + 1) for _ in range(source.randrange(4))]
    if kind == 5:
        return {f"k{n}é"[: source.randrange(1, 5)]: anything(source, depth + 1) for n in range(source.randrange(5))}
    return source.choice(PLAIN)


@pytest.mark.parametrize("seed", range(60))
def test_it_is_what_the_library_writes(seed: int) -> None:
    value = anything(random.Random(seed))
    assert dumps(value) == json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def test_data_with_places_is_written_whole() -> None:
    inner, outer = Map(), Map()
    inner["b"] = Seq()
    inner["b"].append("c")
    outer["a"] = inner
    assert json.loads(dumps({"top": outer, "list": [inner]})) == {"top": {"a": {"b": ["c"]}}, "list": [{"b": ["c"]}]}


def test_members_of_enumerations_are_their_values() -> None:
    assert json.loads(dumps({"a": Level.YES, "b": [Outcome.MET]})) == {"a": 2, "b": ["met"]}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {"a": {1}}])
def test_what_json_has_no_form_for(value: Any) -> None:
    with pytest.raises(TypeError, match="no form in JSON"):
        dumps(value)


def test_every_character_can_be_seen_and_is_read_back() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    text = dumps({everything: [everything]})
    assert safe.INVISIBLE.search(text.replace("\n", "")) is None
    text.encode("utf-8")
    never = {chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)}
    assert never.isdisjoint(text)
    # a lone surrogate's halves may join as the text is read: compare without them
    visible = "".join(c for c in everything if not "\ud800" <= c <= "\udfff")
    assert json.loads(dumps({visible: [visible]})) == {visible: [visible]}


def test_no_text_gives_a_command_to_the_log_of_a_job() -> None:
    value = {"##[group]": ["##[error]x", "a ###[b"]}
    assert "##[" not in dumps(value)
    assert json.loads(dumps(value)) == value
