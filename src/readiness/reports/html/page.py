"""The document around a report: its head, its contents, the style and the script.

The style and the script stand in the package as files of their own. The document's content security policy allows these
two by their digests, and nothing else: no address, no other script, no style that text could smuggle in.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files

from readiness.model import Project
from readiness.reports.html.markup import Section, text
from readiness.reports.safe import cut, plain

TITLE = 80
"""The greatest length of a name in the browser's title."""


def document(project: Project, body: Iterable[str], links: Iterable[str]) -> str:
    """The whole document."""
    style, script = _asset("report.css"), _asset("report.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    summary = f'<p class="summary">{text(project.summary)}</p>' if project.summary else ""
    owner = f"<p>Owner: <bdi>{text(project.owner)}</bdi></p>" if project.owner else ""
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">\n<meta name="generator" content="readiness">',
            f"<title>{text(cut(plain(project.name), TITLE))}: production readiness</title>",
            f"<style>{style}</style>\n</head>\n<body>",
            '<a class="skip" href="#report">Skip to the report</a>',
            f'<header><p class="kind">Production readiness report</p><h1><bdi>{text(project.name)}</bdi></h1>',
            f"{summary}{owner}</header>",
            '<div class="page"><nav aria-label="Contents"><ul>',
            *links,
            '</ul></nav>\n<main id="report" tabindex="-1">',
            *body,
            "</main></div>",
            "<footer><p>Made by <code>readiness</code>. What is claimed is not proven: both stand side by side.</p>"
            "</footer>",
            f"<script>{script}</script>\n</body>\n</html>\n",
        ]
    )


def contents(prefix: str, parts: Iterable[Section]) -> list[str]:
    """The entries of the contents for one report."""
    counts = [(part, f" <small>{part.size}</small>" if part.size is not None else "") for part in parts]
    return [
        f'<li><a href="#{prefix}-verdict">Verdict</a></li>',
        *(f'<li><a href="#{prefix}-{part.slug}">{text(part.title)}{count}</a></li>' for part, count in counts),
    ]


@cache
def _asset(name: str) -> str:
    """A text file of this package, without its indents and with the same line breaks on every system, as the digest
    is made over it."""
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return "\n".join(line.strip() for line in lines)


def _digest(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
