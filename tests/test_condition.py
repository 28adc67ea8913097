"""Reading conditions and detectors, and folding them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from readiness.condition import fold, grounded, leaves, read
from readiness.loaders.detector import read_detector
from readiness.model import Condition


def value(data: Any) -> bool:
    faults: list[Any] = []
    tree = read(data, lambda leaf, place, faults: Condition("leaf", leaf=leaf), faults, negation=True)
    assert not faults
    return fold(tree, bool, all, any, lambda held: not held)


def test_fold() -> None:
    assert value({"all": [1, {"any": [0, 1]}, {"not": 0}]})
    assert not value({"all": [1, {"not": {"any": [0, 1]}}]})


def test_grounded() -> None:
    leaf = Condition("leaf", leaf=1)
    negative = Condition("not", (leaf,))
    assert grounded(Condition("all", (leaf, negative)))
    assert not grounded(Condition("any", (leaf, negative)))
    assert list(leaves(Condition("all", (leaf, negative)))) == [1, 1]


@pytest.mark.parametrize(
    ("detect", "place", "message"),
    [
        ({"al": []}, ("al",), "did you mean `all`?"),
        ({"any": []}, ("any",), "needs a list"),
        ({"all": [{"file": {"file": "x"}}]}, ("all", 0, "file"), "`files` is missing"),
        ({"file": {"files": "x", "word": 3}}, ("file", "word"), "did you mean `words`?"),
        ({"text": {"files": "x", "matches": "(?=a)"}}, ("text", "matches"), "look-ahead"),
        ({"text": {"files": "x", "matches": r"(a)\1"}}, ("text", "matches"), "backreferences"),
        ({"text": {"files": "x", "matches": "a" * 3000}}, ("text", "matches"), "2000 are allowed"),
        ({"text": {"files": "x", "matches": "(a"}}, ("text", "matches"), "not a regular expression"),
        ({"text": {"files": "/x", "matches": "a"}}, ("text", "files"), "relative to the root"),
        ({"python": {"calls": "a", "uses": "b"}}, ("python",), "exactly one of"),
        ({"python": {"uses": "b", "then": "raise"}}, ("python", "then"), "does not go with `uses`"),
        ({"python": {"compares": "b", "then": "rais"}}, ("python", "then"), "did you mean `raise`?"),
        ({"not": {"file": {"files": "x"}}}, (), "`not` alone"),
        ({"within": {"files": "x", "text": {"files": "y", "matches": "a"}}}, ("within", "text", "files"), "belongs to"),
        ({"data": {"files": "x", "at": "a..b"}}, ("data", "at"), "is no path"),
        ({"at_least": {"count": 3, "of": [{"file": {"files": "x"}}]}}, ("at_least", "count"), "from 1 to 1"),
        (None, (), "needs a mapping"),
    ],
)
def test_faults_have_their_place(detect: Any, place: tuple[Any, ...], message: str) -> None:
    _, faults = read_detector(detect)
    assert any(place == at and message in said for at, said in faults), faults


def test_every_example_of_the_manual_is_valid() -> None:
    manual = (Path(__file__).parent.parent / "docs" / "detectors.md").read_text(encoding="utf-8")
    count = 0
    for block in re.findall(r"```yaml\n(.*?)```", manual, re.DOTALL):
        for example in re.split(r"(?m)^(?=\w)", block):
            if example.strip() and not example.startswith(("detect", "cases")):
                assert read_detector(yaml.safe_load(example))[1] == []
                count += 1
    assert count > 25
