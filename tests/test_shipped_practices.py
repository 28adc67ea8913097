"""The shipped vocabulary, as a whole and practice by practice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from helpers import document

from readiness.library import shelf
from readiness.model import DIMENSIONS
from readiness.terms import read_facts

TABLE = [
    line.split()
    for line in (Path(__file__).parent / "data/practices.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
FILES = {path.stem: path for path in sorted(shelf().glob("practices/*/*.yaml"))}
DATA: dict[str, Any] = {name: document(path.read_bytes()).data for name, path in FILES.items()}
FILLER = re.compile(
    r"\b(robust|seamless(ly)?|leverag(e|es|ing)|holistic|cutting-edge|best[- ]in[- ]class|state-of-the-art|synerg\w+"
    r"|comprehensive(ly)?|world-class|various|utili[sz]e[sd]?|appropriate(ly)?|adequate(ly)?|as needed|properly|etc)\b",
    re.IGNORECASE,
)
each = pytest.mark.parametrize("name", DATA)


def words(text: str) -> int:
    return len(text.split())


def test_the_vocabulary_is_the_agreed_one() -> None:
    assert len(TABLE) == 131
    assert {(row[0], row[1]) for row in TABLE} <= {(path.parent.name, name) for name, path in FILES.items()}
    assert {row[0] for row in TABLE} == set(DIMENSIONS)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[1])
def test_kinds_and_record_fields(row: list[str]) -> None:
    assert DATA[row[1]]["kind"] == row[2]
    assert list(DATA[row[1]].get("fields", {})) == row[3:]


@each
def test_the_question(name: str) -> None:
    ask = DATA[name]["ask"]
    assert words(ask) <= 60
    assert "?" in ask
    assert ask[0].isupper()
    assert ask[-1] in ".?"


@each
def test_neighbours_exist(name: str) -> None:
    for found in re.findall(r"`([a-z_]+)`", DATA[name]["ask"]):
        assert found in DATA
        assert found != name


@each
def test_levels_and_lists(name: str) -> None:
    data = DATA[name]
    assert set(data["levels"]) == {"partial", "yes"}
    assert data["levels"]["partial"] != data["levels"]["yes"]
    for key in ("counts", "does_not_count"):
        assert 2 <= len(data[key]) <= 6 or (name == "license" and key == "does_not_count")
        assert len(set(data[key])) == len(data[key])
    assert not set(data["counts"]) & set(data["does_not_count"])


@each
def test_no_filler(name: str) -> None:
    data = DATA[name]
    texts = [data["title"], data["ask"], *data["levels"].values(), *data["counts"]]
    assert [found.group() for text in texts for found in FILLER.finditer(text)] == []


@each
def test_facts(name: str) -> None:
    faults: list[Any] = []
    if "applies_when" in DATA[name]:
        read_facts(DATA[name]["applies_when"], faults)
    assert faults == []


@pytest.mark.parametrize("key", ["title", "ask"])
def test_no_two_alike(key: str) -> None:
    counted = Counter(" ".join(data[key].lower().split()) for data in DATA.values())
    assert [text for text, count in counted.items() if count > 1] == []
