"""Runs a page of documentation: its files are written, its commands run, and their output compared.

- A block `yaml file=PATH` (or another language) is written to that path.
- A block `console` holds commands behind `$ `, each with the beginning of what it prints; `…` stands for
  any text, and on a line of its own for any lines. A command whose comment says `# exits N` must exit with N, any
  other with 0.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)
EXITS = re.compile(r"# exits (\d)$")
NOTICE = re.compile(r"^readiness: judged as of .*, which is not today$")


class Block(NamedTuple):
    """A fenced block: its language, the file that it is, and its text."""

    language: str
    file: str | None
    body: str


class Command(NamedTuple):
    """A command of a page with what it is said to print."""

    line: str
    expected: tuple[str, ...]


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page, in their order."""
    for found in FENCE.finditer(page):
        language, _, rest = found["info"].strip().partition(" ")
        yield Block(language, rest.removeprefix("file=") if rest.startswith("file=") else None, found["body"])


def commands(body: str) -> Iterator[Command]:
    """The commands of a console block."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        line, *expected = part.rstrip("\n").split("\n")
        while line.endswith("\\"):
            line = line[:-1] + expected.pop(0).lstrip()
        yield Command(line, tuple(expected))


def run(page: Path, folder: Path, environment: Mapping[str, str] | None = None) -> int:
    """Run a page in a folder and say how many commands there were."""
    count = 0
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.file is not None:
            target = folder / block.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.body, encoding="utf-8")
        elif block.language == "console":
            for command in commands(block.body):
                _run(command, folder, environment or {})
                count += 1
    return count


def _run(command: Command, folder: Path, environment: Mapping[str, str]) -> None:
    own = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "COLUMNS": "80",
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        command.line,
        shell=True,
        cwd=folder,
        env={**os.environ, **own, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    said = [line.rstrip() for line in done.stdout.split("\n") if not NOTICE.match(line)]
    exits = EXITS.search(command.line)
    assert done.returncode == (int(exits[1]) if exits else 0), f"{command.line}\n{done.stdout}"
    assert _matches(list(command.expected), said), f"{command.line}\n{done.stdout}"


def _matches(expected: list[str], said: list[str]) -> bool:
    """Whether lines read as expected; `…` stands for any text, on a line of its own for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in expected
    )
    return not expected or re.fullmatch(pattern + r"\n*", "\n".join(said) + "\n") is not None
