"""Sentences that are put together when they are read."""

from __future__ import annotations

import pickle

from readiness.model import Later


def test_a_sentence_is_made_once_and_only_when_it_is_read() -> None:
    made: list[str] = []

    def make(word: str) -> str:
        made.append(word)
        return f"It is {word}."

    later = Later(make, "so")
    assert made == []
    assert (str(later), repr(later), str(later)) == ("It is so.", "'It is so.'", "It is so.")
    assert made == ["so"]


def test_a_sentence_is_equal_to_its_text() -> None:
    later = Later(str.upper, "a")
    assert later == "A" == later
    assert later == Later(str, "A")
    assert later != "B"
    assert later != 1
    assert hash(later) == hash("A")
    assert pickle.loads(pickle.dumps(later)) == "A"
