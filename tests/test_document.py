"""The strict and the lenient reader of YAML, against every kind of bad input."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from readiness import events
from readiness.document import MAX_BYTES, Document, Map, Seq, load, parse, parse_lenient
from readiness.errors import Diagnostic, InputError
from readiness.model import Mark
from readiness.scalars import ScalarError, resolve
from readiness.schema_check import schema_faults
from readiness.source import visible

CORPUS = Path(__file__).parent / "corpus" / "yaml"

# Line, column, length of the underline, and message of every fault in a file of the corpus.
FAULTS: dict[str, list[tuple[int, int, int, str]]] = {
    "alias_inside_itself": [(1, 11, 2, "`*x` stands inside what it refers to")],
    "bad_directive": [(1, 5, 1, "`%` at the start of a line begins a directive, and this is none known")],
    "bad_indentation": [(3, 2, 1, "the indentation of this line fits no line above it")],
    "bidi_override": [(1, 8, 1, "a colon here would make a key, where no key can stand")],
    "blank": [(0, 0, 1, "the file is empty")],
    "block_header": [(1, 6, 1, "the text of `|` or `>` begins on the next line, not here")],
    "boolean_key": [(1, 1, 4, "the key `true` is a boolean, not text")],
    "colon_in_braces": [(1, 17, 1, "here a `,` or the closing `}` is expected")],
    "colon_in_text": [(1, 12, 1, "a colon here would make a key, where no key can stand")],
    "comment_in_braces": [(1, 4, 1, "the `{` that opens here is never closed")],
    "comments": [(0, 0, 1, "the file holds no data, at most comments")],
    "duplicate_key": [(5, 3, 1, "the key `c` is on line 3 and again on line 5")],
    "element_on_line": [(1, 4, 1, "a list element cannot begin here")],
    "empty": [(0, 0, 1, "the file is empty")],
    "escape_sequence": [(1, 4, 4, "the file holds the control character U+001B, which YAML does not allow")],
    "indented_too_far": [(2, 4, 1, "a colon here would make a key, where no key can stand")],
    "infinity": [(1, 4, 4, "infinity and not-a-number are not usable figures")],
    "invalid_utf8": [(2, 7, 1, "the byte 0xe9 is not valid UTF-8")],
    "key_in_list": [(2, 1, 1, "a list element is expected here, which begins with `- `")],
    "list_in_mapping": [(2, 1, 1, "a key is expected here, not a list element")],
    "long_integer": [(1, 4, 41, "this integer has more than 40 digits")],
    "mapping_key": [(1, 5, 1, "a mapping or list cannot be a key")],
    "merge_key": [(3, 3, 2, "merge keys (`<<`) are not part of YAML 1.2")],
    "missing_colon": [(2, 1, 6, "this is neither `key: value` nor `- element`")],
    "missing_key": [(2, 1, 1, "a key is missing before the colon")],
    "nan": [(1, 4, 4, "infinity and not-a-number are not usable figures")],
    "no_space_after_colon": [(2, 2, 1, "a colon here would make a key, where no key can stand")],
    "nul": [(2, 5, 4, "the file holds a NUL byte, which YAML does not allow")],
    "null_key": [(1, 1, 1, "the key `~` is null, not text")],
    "number_key": [(2, 3, 1, "the key `1` is a number, not text")],
    "only_marker": [(0, 0, 1, "the file holds no data, at most comments")],
    "overflow": [(1, 4, 6, "this number is too large")],
    "python_tag": [(1, 4, 31, "unknown tag `!!python/object/apply:os.system`")],
    "quote_in_quotes": [(1, 8, 1, "nothing may follow the value that ends before this")],
    "second_document": [(2, 1, 3, "a second document begins here")],
    "several": [
        (2, 4, 2, "unknown tag `!x`"),
        (3, 1, 1, "the key `a` is on line 1 and again on line 3"),
        (4, 4, 4, "infinity and not-a-number are not usable figures"),
        (5, 1, 1, "the key `7` is a number, not text"),
    ],
    "several_then_syntax": [
        (2, 1, 1, "the key `a` is on line 1 and again on line 2"),
        (3, 4, 1, "a value cannot start with `@`"),
    ],
    "starts_with_at": [(1, 4, 1, "a value cannot start with `@`")],
    "starts_with_star": [(1, 9, 1, "`*` begins a reference to an anchor, and no name follows")],
    "stray_brace": [(1, 10, 1, "this `}` closes nothing")],
    "tab_indentation": [(3, 1, 2, "a tab is used for indentation")],
    "tab_later": [(3, 1, 2, "a tab is used for indentation")],
    "tag_mismatch": [(1, 4, 7, "this value is not what its tag `!!int` says")],
    "unclosed_brace": [(1, 4, 1, "the `{` that opens here is never closed")],
    "unclosed_bracket_then_key": [(2, 2, 1, "the `[` of line 1 is not closed before this")],
    "unclosed_double_quote": [(2, 4, 1, 'the quote " that opens here is never closed')],
    "unclosed_single_quote": [(2, 4, 1, "the quote ' that opens here is never closed")],
    "undefined_alias": [(2, 4, 5, "no anchor `&bsae` stands before this alias")],
    "unknown_escape": [(1, 7, 1, "this backslash begins an escape that does not exist")],
    "unknown_tag": [(1, 4, 7, "unknown tag `!secret`")],
    "utf16": [(1, 1, 1, "the file is in UTF-16, not in UTF-8")],
    "utf16_big_endian": [(1, 1, 1, "the file is in UTF-16, not in UTF-8")],
    "utf32": [(1, 1, 1, "the file is in UTF-32, not in UTF-8")],
    "wrong_bracket": [(1, 10, 1, "`}` cannot close the `[` of column 8")],
}

HELPS = {
    "tab_indentation": "indent with spaces",
    "colon_in_text": "quote text that holds a colon",
    "colon_in_braces": '{reason: "text, with commas"}',
    "no_space_after_colon": "the line above lacks a space after its colon: `a: b`",
    "unclosed_brace": "close each `{`",
    "unclosed_single_quote": "close it with the same kind of quote",
    "comment_in_braces": "` #` begins a comment",
    "bad_indentation": "indent the keys of one mapping alike",
    "starts_with_star": '"*.py"',
    "undefined_alias": "did you mean `*base`?",
    "second_document": "one document in a file",
    "utf16": "UTF-8",
    "mapping_key": '{reason: "text, with commas"}',
}


def faults_of(raw: bytes | str) -> tuple[Diagnostic, ...]:
    """The faults that the strict reader finds."""
    with pytest.raises(InputError) as caught:
        parse(raw.encode() if isinstance(raw, str) else raw, "p.yaml")
    return caught.value.diagnostics


def data_of(text: str) -> Any:
    return parse(text.encode(), "p.yaml").data


# --------------------------------------------------------------------------- bad input


def test_every_corpus_file_is_expected() -> None:
    assert {path.stem for path in CORPUS.iterdir()} == set(FAULTS)


@pytest.mark.parametrize("name", FAULTS)
def test_faults_of_the_corpus(name: str) -> None:
    faults = faults_of((CORPUS / f"{name}.yaml").read_bytes())
    assert [(d.line, d.column, d.length, d.message) for d in faults] == FAULTS[name]
    assert all(d.help and "\n" not in d.help + d.message for d in faults)
    assert HELPS.get(name, "") in str(faults[0].help)


@pytest.mark.parametrize("name", sorted(FAULTS.keys() - {"bad_directive"}))  # which that parser ignores
def test_the_corpus_without_libyaml(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_LOADER", yaml.SafeLoader)
    faults = faults_of((CORPUS / f"{name}.yaml").read_bytes())
    lines = [(d.line, d.message.split("`")[0]) for d in faults]
    assert lines == [(line, message.split("`")[0]) for line, _, _, message in FAULTS[name]]


def test_an_empty_file_says_what_to_do() -> None:
    (fault,) = faults_of("")
    for part in ("`readiness: 1`", "`project:`", "`  name: my-project`", "`readiness schema project`"):
        assert part in str(fault.help)


def test_an_excerpt_cannot_act_on_a_terminal() -> None:
    (fault,) = faults_of((CORPUS / "escape_sequence.yaml").read_bytes())
    assert (fault.excerpt, fault.caret) == ("a: \\x1b[31mred", 4)
    (fault,) = faults_of((CORPUS / "bidi_override.yaml").read_bytes())
    assert (fault.excerpt, fault.column, fault.caret) == ("a: \\u202etxt: x", 8, 13)
    (fault,) = faults_of(b'"\\e]0;x": 1\n"\\e]0;x": 2\n')
    assert "\x1b" not in fault.message and "\\x1b]0;x" in fault.message


@pytest.mark.parametrize("before", [0, 50, 400])
@pytest.mark.parametrize("after", [0, 400])
def test_a_long_line_is_cut_around_the_fault(before: int, after: int) -> None:
    (fault,) = faults_of("x" * before + "k: y" + ": " + "z" * after)
    assert fault.excerpt is not None and len(fault.excerpt) <= 160
    assert fault.column == before + 5
    assert fault.excerpt[fault.caret - 2 : fault.caret] == "y:"


def test_fault_count_is_bounded() -> None:
    assert len(faults_of("a: 1\n" * 1000)) == events.MAX_FAULTS


HUGE: dict[str, str] = {
    "nesting in braces": "b'a: ' + b'[' * 200 + b']' * 200",
    "nesting in blocks": "b''.join(b' ' * i + b'k:\\n' for i in range(200))",
    "a million brackets": "b'[' * 1_000_000",
    "20 MB": "b'a: b\\n' * 4_000_000",
    "a scalar of 1 MB": "b'a: ' + b'x' * 1_000_000",
    "a scalar over the limit": "b'a: ' + b'x' * 70_000",
    "a comment of 1 MB": "b'#' * 1_000_000",
    "a long integer": "b'a: ' + b'9' * 10_000",
    "a long float": "b'a: ' + b'9' * 10_000 + b'.0'",
    "many keys": "b''.join(b'k%d:\\n' % i for i in range(100_000))",
    "many empty elements": "b'- \\n' * 300_000",
    "alias bomb": "b'a: &a [x,x,x,x,x,x,x,x,x,x]\\n' + b''.join("
    "b'%c: &%c [%s]\\n' % (98 + i, 98 + i, b','.join([b'*%c' % (97 + i)] * 9)) for i in range(9))",
    "many aliases": "b'a: &a 1\\nb: [' + b'*a,' * 101 + b']'",
    "many faults": "b'1: a\\n' * 100_000",
}


@pytest.mark.parametrize("name", HUGE)
def test_huge_input_is_answered_fast_and_small(name: str) -> None:
    program = f"""
import resource, time
from pathlib import Path
from readiness.document import parse, parse_lenient
from readiness.errors import InputError
raw = {HUGE[name]}
begin = time.process_time()
try:
    parse(raw, "p.yaml")
except InputError as error:
    status = Path("/proc/self/status")  # what getrusage says counts the process that started this one, too
    high = [line for line in status.read_text().splitlines() if "VmHWM" in line] if status.exists() else []
    kilobytes = int(high[0].split()[1]) if high else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(time.process_time() - begin, kilobytes // 1024)
    print(error.diagnostics[0].message, max(len(d.excerpt or "") for d in error.diagnostics))
begin = time.process_time()
parse_lenient(raw)
print(time.process_time() - begin)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    measured, _, lenient = done.stdout.strip().splitlines()
    seconds, megabytes = map(float, measured.split())
    assert seconds < 1 and float(lenient) < 1.5
    assert megabytes < 200


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("a: " + "[" * 41, "lists and mappings are nested more than 40 deep", 1, 43),
        ("a: &a 1\nb:\n" + "- *a\n" * 101, "more than 100 aliases (`*a`)", 103, 3),
        ("- x\n" * 50_001, "more than 50,000 values, counting those that aliases repeat", 50_001, 3),
        ("a: 1\nb: " + "x" * 65_537, "this text has more than 65,536 characters", 2, 4),
    ],
)
def test_limits(text: str, message: str, line: int, column: int) -> None:
    (fault,) = faults_of(text)
    assert (fault.message, fault.line, fault.column) == (message, line, column)


@pytest.mark.parametrize(
    "text", ["a: " + "[" * 39 + "]" * 39, "a: &a 1\nb: [" + "*a," * 100 + "]", "- x\n" * 50_000, "a: " + "x" * 65_536]
)
def test_what_just_keeps_the_limits_is_accepted(text: str) -> None:
    assert data_of(text)


def test_the_nodes_that_aliases_repeat_count() -> None:
    text = "a: &a [" + "x," * 999 + "]\nb: [" + "*a," * 60 + "]\n"
    (fault,) = faults_of(text)
    assert fault.message.startswith("more than 50,000 values")
    assert (fault.line, fault.column) == (2, 5 + 3 * 48)


# --------------------------------------------------------------------------- files


def load_fault(path: Path, **options: Any) -> Diagnostic:
    with pytest.raises(InputError) as caught:
        load(path, "shown.yaml", **options)
    (fault,) = caught.value.diagnostics
    assert (fault.path, fault.line) == ("shown.yaml", 0)
    assert fault.help
    return fault


def test_no_such_file(tmp_path: Path) -> None:
    fault = load_fault(tmp_path / "none.yaml")
    assert fault.message == "no such file"
    assert "`readiness schema project`" in str(fault.help)
    assert load_fault(tmp_path / "none.yaml", hint="look elsewhere").help == "look elsewhere"


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    fault = load_fault(tmp_path)
    assert fault.message == "this is a folder, not a file"
    assert "shown.yaml/project.yaml" in str(fault.help)


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    assert load_fault(tmp_path / "a" / "b").message == "the file cannot be read: not a directory"


def test_odd_paths(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert "cannot be read" in load_fault(loop).message
    assert "cannot be read" in load_fault(Path("a\0b")).message
    assert "cannot be read" in load_fault(Path("a" * 5000)).message


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_text("a: 1")

    def refuse(*_: Any) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert load_fault(tmp_path / "a.yaml").message == "no permission to read this file"


def test_pipes_and_devices_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "fifo")

    def fail(*_: Any) -> int:
        raise AssertionError("opened")

    monkeypatch.setattr(os, "open", fail)
    for path in (tmp_path / "fifo", Path("/dev/zero"), Path("/dev/null")):
        assert load_fault(path).message == "this is a device, pipe or socket, which is never read"


def test_a_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(20_000_000)
    monkeypatch.setattr(os, "open", None)
    assert load_fault(path).message == "the file has 20,000,000 bytes; the limit is 1,048,576 bytes"


def test_the_limit_is_the_callers(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 12")
    assert load(path, "a.yaml", 5).data == {"a": 12}
    assert "limit is 4 bytes" in load_fault(path, limit=4).message
    path.write_bytes(b"#" * (MAX_BYTES + 1) + b"\na: 1")
    assert load(path, "a.yaml", 2 * MAX_BYTES).data == {"a": 1}


def test_a_symlinked_description_is_read(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("a: 1")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    assert load(tmp_path / "link.yaml", "link.yaml").data == {"a": 1}


# --------------------------------------------------------------------------- good input

TEXT = """\
# a comment
readiness: 1
project:
  name: "churn: yes"
  tags: [a, {b: c, text without}]
empty:
quoted: ""
list:
- one
-   two: 2
again: &x {k: v}
alias: *x
"""


def test_data_and_positions() -> None:
    document = parse(TEXT.encode(), "p.yaml")
    data = document.data
    assert isinstance(data, Map) and isinstance(data["list"], Seq)
    assert data["project"] == {"name": "churn: yes", "tags": ["a", {"b": "c", "text without": None}]}
    assert (data.mark, data.flow, data.bare) == (Mark(2, 1), False, frozenset({"empty"}))
    assert data.key_marks["project"] == Mark(3, 1)
    assert data.value_marks["project"] == data["project"].mark == Mark(4, 3)
    assert data.value_marks["empty"] == data.key_marks["empty"] == Mark(6, 1)
    tags = data["project"]["tags"]
    assert (tags.mark, tags.marks, tags.flow) == (Mark(5, 9), [Mark(5, 10), Mark(5, 13)], True)
    assert (tags[1].flow, tags[1].bare, tags[1].mark) == (True, frozenset({"text without"}), Mark(5, 13))
    assert (data["list"].marks, data["list"].flow) == ([Mark(9, 3), Mark(10, 5)], False)
    assert data["alias"] == {"k": "v"}
    assert data.value_marks["alias"] == Mark(12, 8)


def test_every_mark_is_of_the_plain_type() -> None:
    mark = data_of(TEXT).key_marks["readiness"]
    assert type(mark) is Mark
    assert (mark.line, mark.column) == (2, 1)


def test_a_fault_of_a_document() -> None:
    document = parse(TEXT.encode(), "p.yaml")
    mark = document.data["project"].value_marks["name"]
    assert document.span(mark) == 12
    assert document.span(Mark(3, 1)) == 7
    assert document.span(Mark(5, 9)) == document.span(Mark(1, 1)) == 1
    fault = document.fault(mark, "not a name", "choose another", document.span(mark))
    assert fault == Diagnostic("p.yaml", 4, 9, "not a name", "choose another", 12, '  name: "churn: yes"', "error", 9)
    assert document.fault(Mark(99, 1), "beyond").excerpt == ""


def test_the_digest_is_of_the_bytes() -> None:
    for raw in (b"a: 1", b"\xef\xbb\xbfa: 1\r\n"):
        assert parse(raw, "p.yaml").digest == "sha256:" + sha256(raw).hexdigest()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("null", None), ("Null", None), ("NULL", None),
        ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False),
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("off", "off"), ("y", "y"), ("tRUE", "tRUE"), ("nULL", "nULL"),
        ("0", 0), ("-12", -12), ("+3", 3), ("012", 12), ("0o17", 15), ("0xfF", 255), ("0b1", "0b1"), ("1_000", "1_000"),
        ("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("-1e3", -1000.0), ("1E+2", 100.0), ("1e", "1e"), (".", "."),
        ("-", "-"),
        ("2026-10-30", "2026-10-30"), ("12:30", "12:30"), ("1.2.3", "1.2.3"), ("\u0661", "\u0661"), ("=", "="),
        ("9" * 40, int("9" * 40)), ("-" + "9" * 40, -int("9" * 40)),
    ],
)  # fmt: skip
def test_scalars(text: str, value: Any) -> None:
    found = resolve(text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("text", ["1", "true", "null", "~", "1.5", ".inf", "9" * 50])
def test_quoted_scalars_are_text(text: str) -> None:
    assert data_of(f"a: '{text}'\nb: \"{text}\"\nc: |-\n  {text}\n") == dict.fromkeys("abc", text)


def test_tags_of_the_core_schema() -> None:
    text = "a: !!str 1\nb: !!int '2'\nc: !!float 3\nd: !!map {}\ne: !!seq []\nf: ! 4\ng: !!null ''\nh: !!bool true\n"
    assert data_of(text) == {"a": "1", "b": 2, "c": 3.0, "d": {}, "e": [], "f": "4", "g": None, "h": True}
    assert not data_of(text).bare


@pytest.mark.parametrize(
    "raw", [b"\xef\xbb\xbfa: 1\r\nb:\r\n  - x\r\n", b"a: 1\rb:\r  - x\r", b"---\na: 1\nb: [x]\n...\n"]
)
def test_byte_order_mark_line_ends_and_markers(raw: bytes) -> None:
    document = parse(raw, "p.yaml")
    assert document.data == {"a": 1, "b": ["x"]}
    assert document.data.key_marks["b"].column == 1


def test_windows_line_ends_do_not_move_positions() -> None:
    (fault,) = faults_of(b"\xef\xbb\xbfa: 1\r\nb: 2\r\na: 3\r\n")
    assert (fault.line, fault.column, fault.excerpt) == (3, 1, "a: 3")


@pytest.mark.parametrize(("text", "value"), [("5", 5), ("text", "text"), ("[]", []), ("null", None), ("''", "")])
def test_a_document_need_not_be_a_mapping(text: str, value: Any) -> None:
    assert data_of(text) == value


# --------------------------------------------------------------------------- other people's files


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("", []),
        ("# nothing\n", []),
        ("a: 1\n---\n---\nb: 2\n", [{"a": 1}, {"b": 2}]),
        ("on: push\n1: x\ntrue: y\n", [{"on": "push", "1": "x", "true": "y"}]),
        (
            "a: !Ref x\nb: !Sub [c, {d: e}]\nc: !!python/name:os.system x\n",
            [{"a": "x", "b": ["c", {"d": "e"}], "c": "x"}],
        ),
        ("a: 1\na: 2\n", [{"a": 2}]),
        ("base: &b {x: 1, y: 2}\nuse: {<<: *b, y: 3}\n", [{"base": {"x": 1, "y": 2}, "use": {"y": 3, "x": 1}}]),
        (
            "a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc:\n  <<: [*a, *b]\n",
            [{"a": {"x": 1}, "b": {"x": 2, "y": 3}, "c": {"x": 1, "y": 3}}],
        ),
        ("<<: text\na: 1\n", [{"a": 1}]),
        ("'<<': {a: 1}\n", [{"<<": {"a": 1}}]),
        ("a: *nowhere\n", [{"a": None}]),
        ("a: 1\n---\nb: @\n---\nc: 3\n", [{"a": 1}]),
        ("a: .inf\n", [{"a": ".inf"}]),
        ("a: &x 1\n---\nb: *x\n", [{"a": 1}, {"b": None}]),
    ],
)
def test_lenient(text: str, documents: list[Any]) -> None:
    assert parse_lenient(text.encode()) == documents


def test_lenient_keeps_positions() -> None:
    (data,) = parse_lenient(b"a: &a {x: 1}\nb:\n  <<: *a\n  y: 2\n")
    assert data["b"].key_marks == {"y": Mark(4, 3), "x": Mark(1, 8)}
    assert data["b"].value_marks == {"y": Mark(4, 6), "x": Mark(1, 11)}
    (data,) = parse_lenient(b"a:\na: 1\nb:\n")
    assert data.bare == {"b"}


def test_lenient_encodings() -> None:
    assert parse_lenient("a: é".encode("utf-16")) == [{"a": "é"}]
    assert parse_lenient(b"a: caf\xe9\x00") == [{"a": "caf\ufffd\ufffd"}]
    assert parse_lenient(b"a" * (MAX_BYTES + 1)) == []


# --------------------------------------------------------------------------- properties


def _is_plain_text(text: str) -> bool:
    try:
        return resolve(text) == text
    except ScalarError:
        return False


# Text that YAML 1.2 takes for a number and YAML 1.1 does not (`1e5`) is dumped without quotes.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).filter(_is_plain_text)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**39), 10**39)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=20,
)


@given(values, st.sampled_from([None, True, False]), st.booleans())
def test_equal_to_the_plain_loader(value: Any, flow: bool | None, unicode: bool) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=unicode)
    found = parse(text.encode(), "p.yaml").data
    assert found == yaml.load(text, Loader=events._LOADER)  # not always `value`: safe_dump does not quote U+0085
    assert parse_lenient(text.encode()) == ([] if found is None else [found])


def _check_marks(data: Any, document: Document) -> None:
    if isinstance(data, Map):
        assert data.keys() == data.key_marks.keys() == data.value_marks.keys()
        assert all(document.line(mark.line) for mark in data.key_marks.values())
    if isinstance(data, Seq):
        assert len(data) == len(data.marks)
    for child in data.values() if isinstance(data, Map) else data if isinstance(data, Seq) else ():
        _check_marks(child, document)


@given(values)
def test_everything_has_a_mark(value: Any) -> None:
    document = parse(yaml.safe_dump(value).encode(), "p.yaml")
    _check_marks(document.data, document)


pieces = st.sampled_from(
    [
        text.encode()
        for text in ("a", ": ", "- ", "\n", "  ", *"{}[],'\"", "&a ", "*a", "!t ", "#", "|", ">", "\t", "? ", "<<")
    ]
    + [b"---\n", b"%", b"\\", b"1", b"\xff", b"\x00", b"\xc2\x85", b"@", b"\r"]
)
anything = st.binary(max_size=60) | st.lists(pieces, max_size=30).map(b"".join)


def _never_a_traceback(raw: bytes) -> None:
    try:
        document = parse(raw, "p.yaml")
    except InputError as error:
        assert error.diagnostics
        for fault in error.diagnostics:
            assert fault.help
            assert visible(fault.message + (fault.excerpt or "")) == fault.message + (fault.excerpt or "")
            assert 0 < fault.caret <= len(str(fault.excerpt)) + 1 if fault.line else fault.excerpt is None
    else:
        _check_marks(document.data, document)
    assert isinstance(parse_lenient(raw), list)


@given(anything)
def test_bytes_never_give_a_traceback(raw: bytes) -> None:
    _never_a_traceback(raw)


@given(anything)
def test_bytes_never_give_a_traceback_without_libyaml(raw: bytes) -> None:
    original, events._LOADER = events._LOADER, yaml.SafeLoader
    try:
        _never_a_traceback(raw)
    finally:
        events._LOADER = original


def test_a_deep_stack_is_no_traceback() -> None:
    def deeper(levels: int, then: Callable[[], Any]) -> Any:
        return deeper(levels - 1, then) if levels else then()

    text = "a: " + "[" * 35 + "]" * 35
    used = len(inspect.stack(0))
    room = sys.getrecursionlimit() - used - 60
    for read in (lambda: faults_of(text), lambda: parse_lenient(text.encode())):
        assert deeper(room, read) is not None


def test_reading_does_not_import_jsonschema() -> None:
    program = "import sys, readiness.document, readiness.schema_check; sys.exit('jsonschema' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


# --------------------------------------------------------------------------- schemas

SCHEMA = {
    "type": "object",
    "required": ["id", "title"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z]+$"},
        "title": {"type": "string", "minLength": 3},
        "level": {"enum": ["yes", "no"]},
        "list": {"type": "array", "items": {"type": "integer", "minimum": 1}},
        "named": {"type": "object", "propertyNames": {"pattern": "^[a-z]+$"}},
        "when": {
            "oneOf": [
                {"type": "string"},
                {"type": "object", "properties": {"all": {"type": "array"}}, "additionalProperties": False},
            ]
        },
    },
}


def test_schema_faults_stand_at_their_places() -> None:
    text = "id: A1\ntitel: x\nlevel: yess\nlist: [1, a, 0]\nnamed:\n  B: 1\nwhen:\n  al: []\n"
    found = schema_faults(parse(text.encode(), "p.yaml"), SCHEMA)
    assert [(d.line, d.column, d.length, d.message, d.help) for d in found] == [
        (1, 1, 2, "the file lacks `title`", None),
        (1, 5, 2, "`id` must match the pattern `^[a-z]+$`", None),
        (2, 1, 5, "unknown key `titel`", "did you mean `title`?"),
        (3, 8, 4, "`level` must be one of `yes`, `no`", "did you mean `yes`?"),
        (4, 11, 1, "element 2 of `list` must be a whole number", None),
        (4, 14, 1, "element 3 of `list` must be at least 1", None),
        (6, 3, 1, "the key `B` must match the pattern `^[a-z]+$`", None),
        (8, 3, 2, "unknown key `al`", "did you mean `all`?"),
    ]


def test_schema_faults_of_other_shapes() -> None:
    assert schema_faults(parse(b"id: a\ntitle: abc\n", "p.yaml"), SCHEMA) == []
    (fault,) = schema_faults(parse(b"- 1\n", "p.yaml"), SCHEMA)
    assert (fault.line, fault.column, fault.message) == (1, 1, "the file must be a mapping")
    (fault,) = schema_faults(parse(b"id: a\ntitle: abc\nwhen: 3\n", "p.yaml"), SCHEMA)
    assert (fault.line, fault.column, fault.message) == (3, 7, "`when` has none of the forms that are allowed here")
