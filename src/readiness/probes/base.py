"""What every kind of probe shares: the files it asks, what it returns, and one file's content."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from readiness.lazy import Lazy
from readiness.patterns import cut_lines
from readiness.probes import comments
from readiness.tuples import NamedTuple

if TYPE_CHECKING:
    from readiness.probes.documents import Document
    from readiness.probes.syntax import Module

DETAIL = 160
"""The longest description of what was seen, in characters."""
Triggers = tuple[tuple[str, ...], ...]
"""When a file is worth a closer look: any of these groups, all triggers of a group. An empty
group is always fulfilled; no group at all never. `readiness.triggers` says how they are written."""
ALWAYS: Triggers = ((),)
NAME = 80
"""The longest name of a definition that triggers see."""
NOTEBOOK_LINE = Lazy(rb'(?:^|[\[,])\s*"', re.MULTILINE)
"""What stands before the code in a line of a notebook's text."""
WORDS = bytes(c if chr(c).isascii() and (chr(c).isalnum() or c == 95) else 32 for c in range(256))
"""Every byte that is no part of a word as a blank."""


class Hit(NamedTuple):
    """Where something was seen, and what. Lines start at 1; 0 is the file as a whole.

    `needs` is for the scan alone: a name that other code must use, or the hit is void.
    """

    path: str
    line: int
    detail: str
    needs: str = ""


class Scope(NamedTuple):
    """Which files a probe asks: those that match one of `files` and none of `excepted`. Tests and
    fixtures are among them only with `tests`."""

    files: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    tests: bool = False


class Source:
    """One file, prepared at most once for all the probes that ask it: `text` has
    `\\n` line ends and no byte-order mark; `data` has its lines cut to a bearable length too."""

    def __init__(self, path: str, data: bytes, *, whole: bool = True) -> None:
        self.path = path
        self.raw = data
        self.whole = whole
        self.faults: list[str] = []

    @cached_property
    def searched(self) -> bytes:
        """The text in which triggers are looked for: of a notebook, with its code's lines apart."""
        if self.path.endswith(".ipynb"):
            found: bytes = NOTEBOOK_LINE.sub(b"\n", self.text.replace(b"\\n", b"\n"))
            return found
        return self.text

    @cached_property
    def searched_cut(self) -> bytes:
        """The same with its lines cut."""
        return cut_lines(self.searched) if self.path.endswith(".ipynb") else self.data

    @cached_property
    def words(self) -> frozenset[bytes]:
        """Every word of the text."""
        return frozenset(self.searched.translate(WORDS).split())

    @cached_property
    def imported(self) -> frozenset[bytes]:
        """Every word on a line that imports something."""
        parts = self.searched_cut.split(b"import")
        lines = []
        for before, after in pairwise(parts):
            start = before[before.rfind(b"\n") + 1 :].lstrip()
            if not start or start.startswith(b"from"):
                end = after.find(b"\n")
                lines += [start, after if end < 0 else after[:end]]
        return frozenset(b" ".join(lines).translate(WORDS).split())

    @cached_property
    def heads(self) -> bytes:
        """The beginnings of the lines that define functions and classes; perhaps a few more."""
        text = self.searched_cut
        heads = [b"def " + part[:NAME] for part in text.split(b"def ")[1:]]
        heads += [b"class " + part[:NAME] for part in text.split(b"class ")[1:]]
        return b"\n".join(heads)

    @property
    def parsed(self) -> bool:
        """Whether the file has been parsed, so that asking more of it costs little."""
        return "documents" in self.__dict__ or "module" in self.__dict__

    @cached_property
    def text(self) -> bytes:
        """The whole text, for parsers and for plain words."""
        raw = self.raw[3:] if self.raw.startswith(b"\xef\xbb\xbf") else self.raw
        return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in raw else raw

    @cached_property
    def data(self) -> bytes:
        """The text as patterns see it."""
        return cut_lines(self.text)

    @cached_property
    def code(self) -> bytes:
        """The text with comments blanked, every other byte in its place."""
        return comments.blank(self.data, comments.language(self.path))

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents that a YAML, JSON, TOML or INI file holds; none where it does not parse."""
        from readiness.probes import documents

        return documents.parse(self)

    @cached_property
    def module(self) -> Module | None:
        """The syntax of a Python file or notebook; None where it does not parse."""
        from readiness.probes import syntax

        return syntax.parse(self)


def detail(text: str | bytes) -> str:
    """What was seen, on one line, printable, of bearable length."""
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    plain = " ".join(plain.split())
    plain = "".join(c for c in plain if c.isprintable())
    return plain if len(plain) <= DETAIL else plain[: DETAIL - 1] + "…"


def line_of(data: bytes, position: int) -> int:
    """The number of the line that holds a position."""
    return data.count(b"\n", 0, position) + 1


TEST_FOLDERS = frozenset(
    "tests test __tests__ testing fixtures fixture testdata test_data test-data mocks __mocks__ __fixtures__ "
    "__snapshots__".split()
)
TEST_SIGNS = ("est", "pec", "e2e", "cy.", "IT.")
"""One of these stands in every name that `TEST_NAME` matches."""
TEST_NAME = Lazy(
    r"(test_.*|.*_test|.*_tests|tests?|conftest)\.(py|ipynb|go|rs|rb|cc|cpp)"
    r"|.*[.-](spec|test|tests|e2e|cy)\.[cm]?[jt]sx?|.*(Test|Tests|Spec|IT)\.(java|kt|scala|cs|swift)|.*_spec\.rb"
)
CODE_ENDING = Lazy(r".*\.(py|rb|[cm]?[jt]sx?|java|kt|scala|go|rs|cs|snap)")


def is_test(path: str) -> bool:
    """Whether a path is a test, a fixture or a mock: those prove nothing about the program."""
    *folders, name = path.split("/")
    if not TEST_FOLDERS.isdisjoint(folders):
        return True
    if any(sign in name for sign in TEST_SIGNS) and TEST_NAME.fullmatch(name):
        return True
    return ("spec" in folders or "e2e" in folders) and CODE_ENDING.fullmatch(name) is not None


INSTRUCTIONS = frozenset(
    "AGENT.md AGENTS.md CLAUDE.md CLAUDE.local.md GEMINI.md .cursorrules .windsurfrules .clinerules SKILL.md "
    ".goosehints copilot-instructions.md".split()
)
INSTRUCTION_ENDINGS = (".prompt.md", ".instructions.md", ".chatmode.md")
INSTRUCTION_FOLDERS = frozenset(
    ".cursor .claude .windsurf .clinerules .codex .gemini .roo .junie .continue .kiro .agent .agents".split()
)
GITHUB_FOLDERS = frozenset("prompts instructions chatmodes agents skills".split())
PROSE_ENDINGS = (".md", ".mdx", ".markdown", ".rst", ".txt", ".adoc", ".org")


def is_instructions(path: str) -> bool:
    """Whether a path holds instructions for coding assistants: they prove nothing."""
    *folders, name = path.split("/")
    if name in INSTRUCTIONS or name.endswith(INSTRUCTION_ENDINGS):
        return True
    if not folders:
        return False
    return (
        not INSTRUCTION_FOLDERS.isdisjoint(folders)
        or any(folder.startswith(".aider") for folder in folders)
        or any(outer == ".github" and inner in GITHUB_FOLDERS for outer, inner in pairwise(folders))
        or (folders[-1] == "prompts" and name.endswith((".md", ".txt")))
    )


def is_prose(path: str) -> bool:
    """Whether a path holds prose: a word in it proves nothing, unless a probe asks it by name."""
    name = path.rpartition("/")[2].lower()
    return name.startswith("readme") or name.endswith(PROSE_ENDINGS)
