"""Python code, and the code cells of a notebook, as statements."""

from __future__ import annotations

import ast
import re
import warnings


def statements(code: bytes | str) -> list[ast.stmt]:
    """The statements of Python code; of bytes that are not UTF-8 as Latin-1. Raises SyntaxError and
    what else `ast.parse` raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(code).body
        except (SyntaxError, UnicodeError):
            if isinstance(code, str) or code.isascii():
                raise
            return ast.parse(code.decode("latin-1")).body


def read_notebook(raw: bytes) -> tuple[list[ast.stmt], tuple[int, ...]]:
    """Every code cell that parses, as one module; lines are those of the notebook's own text."""
    import json

    top = json.loads(raw.decode("utf-8-sig", "replace"))
    cells = top.get("cells") if isinstance(top, dict) else None
    body: list[ast.stmt] = []
    lines: list[int] = []
    position = 0
    for cell in cells if isinstance(cells, list) else ():
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        parts = cell.get("source")
        code = "".join(map(str, parts)) if isinstance(parts, list) else str(parts or "")
        written = code.split("\n")
        try:
            found_here = statements("\n".join(map(_without_magic, written)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        offset = len(lines)
        for each in written:
            found = raw.find(json.dumps(each, ensure_ascii=False)[1:-1].encode("utf-8", "replace"), position)
            position = found if found >= 0 else position
            lines.append(position)
        for statement in found_here:
            ast.increment_lineno(statement, offset)
        body += found_here
    return body, _line_numbers(raw, lines)


def _line_numbers(raw: bytes, positions: list[int]) -> tuple[int, ...]:
    """The line of each position, the positions ascending."""
    numbers, line, last = [], 1, 0
    for position in positions:
        line += raw.count(b"\n", last, position)
        last = position
        numbers.append(line)
    return tuple(numbers)


def _without_magic(line: str) -> str:
    """A notebook's shell and magic lines replaced by a statement that does nothing."""
    bare = line.lstrip()
    if bare.startswith(("%", "!", "?")) or re.fullmatch(r"[\w.]+\?{1,2}\s*", bare):
        return line[: len(line) - len(bare)] + "pass"
    return line
