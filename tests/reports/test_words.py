"""Untrusted text is shown as it is, and does nothing."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from readiness.reports.safe import code, cut, md, plain, prose
from tests.reports.hostile import HOSTILE

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
TEXT = st.one_of(
    st.text(),
    st.text(alphabet="`*_[]()<>&#~|\\!-+=.:@$1aw/ \n\t\"'{}^GHgh?;x"),
    st.sampled_from(list(HOSTILE.values())),
)
AUTOLINKS = re.compile(r"@[A-Za-z0-9]|#\d|GH-\d|https?://|www\.|:[A-Za-z0-9_+-]+:", re.IGNORECASE)


def leaves(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in (token.children or [])]


def shown(tokens: list[Token]) -> str:
    return "".join(token.content for token in leaves(tokens))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_plain_text_has_one_line_and_nothing_invisible(text: str) -> None:
    seen = plain(text)
    assert not [c for c in seen if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    seen.encode("utf-8")


def test_plain_shows_what_cannot_be_seen() -> None:
    assert plain("a\x1b[31m\u202eb\x00\ud800\U000e0041\n\tc") == r"a\x1b[31m\u202eb\x00\ud800\U000e0041 c"


@given(TEXT)
def test_plain_twice_is_plain_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(TEXT)
def test_markdown_paragraph_shows_the_very_text(text: str) -> None:
    tokens = PARSER.parse(f"x {md(text)}\n")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert {token.type for token in leaves(tokens)} <= {"text", "text_special"}
    assert shown(tokens).replace("\u200b", "").strip() == f"x {plain(text)}".strip()


@given(TEXT)
def test_markdown_at_the_start_of_a_line_is_a_paragraph(text: str) -> None:
    tokens = PARSER.parse(f"{md(text)}\n")
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}


@given(TEXT)
def test_markdown_cell_stays_one_cell(text: str) -> None:
    tokens = PARSER.parse(f"| a | b |\n| --- | --- |\n| {md(text)} | end |\n")
    cells = [t.content for t, before in zip(tokens[1:], tokens, strict=False) if before.type == "td_open"]
    assert len(cells) == 2
    assert cells[1] == "end"


@given(TEXT)
def test_prose_and_code_hold_only_text_and_code(text: str) -> None:
    for made in (prose(text), code(text)):
        tokens = PARSER.parse(f"x {made}\n")
        assert {token.type for token in leaves(tokens)} <= {"text", "text_special", "code_inline"}


@given(TEXT)
def test_github_finds_nothing_to_link(text: str) -> None:
    assert not AUTOLINKS.search(shown(PARSER.parse(f"x {md(text)}\n")))


def test_prose_keeps_code() -> None:
    assert prose("`drift_detection` lacks `a<b>`") == "`drift_detection` lacks &#96;a&lt;b&gt;&#96;"


def test_cut_says_that_it_cut() -> None:
    assert cut("a" * 10, 10) == "a" * 10
    assert cut("a" * 11, 10) == "a" * 9 + "…"
    assert cut("a" * 11, 10, "...") == "a" * 7 + "..."
