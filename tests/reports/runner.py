"""How GitHub's runner reads what a step prints: which lines are commands, and what they hold.

Restated from the behaviour of the runner: a line is a command when it begins with `::name` (white space before it is
skipped) and a second `::` follows, or, in the older form, when `##[name]` stands anywhere in it.
"""

from __future__ import annotations

from typing import NamedTuple

NAMES = {
    "error", "warning", "notice", "group", "endgroup", "debug", "add-mask", "stop-commands", "save-state", "set-output",
    "set-env", "add-path", "add-matcher", "remove-matcher", "echo", "internal-set-repo-path",
}  # fmt: skip


class Command(NamedTuple):
    """A command with its properties and what stands behind it."""

    name: str
    properties: dict[str, str]
    data: str


def command(line: str) -> Command | None:
    return _new(line.lstrip()) or _old(line)


def _new(line: str) -> Command | None:
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, said = line[2:end].partition(" ")
    return _command(name, said, line[end + 2 :], ",", {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","})


def _old(line: str) -> Command | None:
    start, end = line.find("##["), line.find("]", max(0, line.find("##[")))
    if start < 0 or end < 0:
        return None
    name, _, said = line[start + 3 : end].partition(" ")
    return _command(name, said, line[end + 1 :], ";", {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]"})


def _command(name: str, said: str, data: str, between: str, escapes: dict[str, str]) -> Command | None:
    if name not in NAMES:
        return None

    def back(text: str) -> str:
        for escape, meant in {**escapes, "%25": "%"}.items():
            text = text.replace(escape, meant)
        return text

    pairs = [part.partition("=") for part in said.strip().split(between) if part]
    return Command(name, {key: back(value) for key, _, value in pairs if value}, back(data))
