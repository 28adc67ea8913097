"""Patterns made coarser: cheaper to look for, and matching wherever the exact ones do."""

from __future__ import annotations

from functools import lru_cache

from readiness.lazy import Lazy
from readiness.patterns import TOKEN, split_flags

GAP = Lazy(r"(?:\.|\[\^(?:\\.|[^\]\\])*\]|\[\\s\\S\]|\[\\S\\s\]|\[\\w\\W\])\Z")
COUNT = Lazy(r"\{(\d*),?(\d*)\}\Z")
WORDS = Lazy(r"\w{2}")


@lru_cache(maxsize=4096)
def pieces(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Cheaper patterns that match wherever the given one does: all of one of these groups.

    A pattern is split where anything may stand between its parts, and counts become `*`: an
    automaton for hundreds of patterns stays small only without those.
    """
    flags, bare = split_flags(pattern)
    groups: list[tuple[str, ...]] = []
    parts, depth = [""], 0
    tokens = uncounted(TOKEN.findall(bare))
    for index, token in enumerate(tokens):
        following = tokens[index + 1][:1] if index + 1 < len(tokens) else ""
        depth += (token[0] == "(") - (token == ")")
        if depth or token == ")":
            parts[-1] += token
        elif token == "|":
            groups.append(_kept(flags, parts))
            parts = [""]
        elif token[0] in "*+" and index and GAP.match(tokens[index - 1]):
            parts.append("")
        elif token[0] == "?" and not parts[-1]:
            continue
        elif not (GAP.match(token) and following in ("*", "+")):
            parts[-1] += token
    groups.append(_kept(flags, parts))
    return tuple(dict.fromkeys(groups))


def uncounted(tokens: list[str]) -> list[str]:
    """The tokens, each `{m,n}` as `*`, or as `+` where at least one is asked."""
    made: list[str] = []
    inside = ""
    for token in tokens:
        if inside or token == "{":
            inside += token
            if token != "}":
                continue
            count, inside = COUNT.match(inside), ""
            made.append("+" if count and int(count[1] or 0) else "*")
        else:
            made.append(token)
    return [*made, *inside]


def _kept(flags: str, parts: list[str]) -> tuple[str, ...]:
    """The parts that say something; a lone one stays as it is."""
    kept = [part for part in parts if WORDS.search(part)] or [part for part in parts if part][:1]
    return tuple(sorted({flags + (f"(?:{part})" if part[0] in "=~" else part) for part in kept}))
