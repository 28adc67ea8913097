"""Blanking comments, so that commented-out code proves nothing. Strings are left alone."""

from __future__ import annotations

import re
from functools import lru_cache

HASH = "hash"
SLASH = "slash"
SLASH_HASH = "slash_hash"
DASH = "dash"
MARKUP = "markup"
INI = "ini"

ENDINGS = {
    HASH: "py pyi sh bash zsh ps1 psm1 yaml yml toml rb pl r R jl cfg conf env properties dockerfile dockerignore "
    "cmake mk nix smk awk graphql gql tpl j2 jinja jinja2 containerfile ex exs repo service timer cron",
    SLASH: "js jsx mjs cjs ts tsx mts cts java kt kts scala go rs c h cc cpp hpp cs swift proto groovy gradle dart "
    "bicep jsonc json5 scss less css fbs thrift prisma svelte vue astro",
    SLASH_HASH: "tf tfvars hcl php",
    DASH: "sql lua hs elm ddl",
    MARKUP: "html htm xml jmx xhtml svg md mdx markdown pom csproj vm",
    INI: "ini flake8 pylintrc editorconfig gitconfig npmrc coveragerc",
}
NAMES = {
    HASH: "Dockerfile Containerfile Makefile GNUmakefile Snakefile Gemfile Rakefile Procfile CODEOWNERS OWNERS "
    "Vagrantfile Pipfile crontab Caddyfile Brewfile Justfile justfile Tiltfile BUILD WORKSPACE .env .gitignore "
    ".gitattributes .dockerignore nginx.conf",
    SLASH: "Jenkinsfile Jenkinsfile.groovy",
}
BY_ENDING = {ending: kind for kind, names in ENDINGS.items() for ending in names.split()}
BY_NAME = {name: kind for kind, names in NAMES.items() for name in names.split()}

STRING = rb'"(?:[^"\\\n]|\\.)*"|' + rb"'(?:[^'\\\n]|\\.)*'"
TRIPLE = rb'"""[\s\S]*?"""|' + rb"'''[\s\S]*?'''"
BLOCK = rb"(?P<c>/\*[\s\S]*?(?:\*/|\Z))"
EXPRESSIONS = {
    HASH: TRIPLE + rb"|" + STRING + rb"|(?P<c>(?:^|(?<=\s))#[^\n]*)",
    SLASH: STRING + rb"|`(?:[^`\\]|\\[\s\S])*`|" + BLOCK[:-1] + rb"|(?:^|(?<=[\s;{}(),]))//[^\n]*)",
    SLASH_HASH: STRING + rb"|" + BLOCK[:-1] + rb"|(?:^|(?<=\s))(?://|#)[^\n]*)",
    DASH: STRING + rb"|" + BLOCK[:-1] + rb"|--[^\n]*)",
    MARKUP: rb"(?P<c><!--[\s\S]*?(?:-->|\Z))",
    INI: rb"(?P<c>^[ \t]*[#;][^\n]*|(?<=\s)[#;] [^\n]*)",
}
LINE_HASH = STRING + rb"|(?P<c>(?:^|(?<=[ \t]))#[^\n]*)"
"""For files where quotes need not pair: prose-like shell, YAML, Dockerfiles."""
UNPAIRED = frozenset(
    "sh bash zsh yaml yml dockerfile containerfile mk conf env cron tpl j2 jinja jinja2 properties".split()
)


def language(path: str) -> str | None:
    """How the comments of a file are written; None where it has none that are known."""
    name = path.rpartition("/")[2]
    if name in BY_NAME:
        named = BY_NAME[name]
        return "line" if named == HASH else named
    if name.startswith(("Dockerfile", "Containerfile", "requirements", ".env")):
        return "line"
    ending = name.rpartition(".")[2]
    kind = BY_ENDING.get(ending) or BY_ENDING.get(ending.lower())
    return "line" if kind == HASH and ending.lower() in UNPAIRED else kind


@lru_cache
def _expression(kind: str) -> re.Pattern[bytes]:
    return re.compile(LINE_HASH if kind == "line" else EXPRESSIONS[kind], re.MULTILINE)


def blank(data: bytes, kind: str | None) -> bytes:
    """The text with each comment replaced by spaces; line ends and positions stay."""
    if kind is None:
        return data
    return _expression(kind).sub(_spaces, data)


def _spaces(found: re.Match[bytes]) -> bytes:
    text = found[0]
    if found["c"] is None:
        return text
    if b"\n" not in text:
        return b" " * len(text)
    return b"\n".join(b" " * len(line) for line in text.split(b"\n"))
