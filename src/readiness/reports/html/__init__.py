"""The report as one HTML file: it needs no network, and no script to be read.

`markup` escapes and makes tables; `overview`, `chart`, `register`, `evidence` and `exceptions` make the parts of a
report; `page` puts them into a document with the style and the script beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readiness.model import Assessment
from readiness.reports import matrix
from readiness.reports.html import chart, evidence, exceptions, overview, page, register
from readiness.reports.html.markup import Section, table, text


def render(assessment: Assessment, **_terminal: object) -> str:
    """The report as an HTML document. How a terminal looks makes no difference here."""
    parts = _parts(assessment, "r1")
    return page.document(assessment.project, _report(assessment, parts, "r1", 2), page.contents("r1", parts))


def render_all(assessments: Sequence[Assessment], **_terminal: object) -> str:
    """The reports by several checklists in one document, under a table of what each says."""
    rows = [
        (f'<a href="#r{number}">{text(row[0])}</a>', *map(text, row[1:]))
        for number, row in enumerate(matrix.rows(assessments), 1)
    ]
    said = table("How each checklist judges the project", matrix.HEAD, rows, right=(2, 3, 5, 6))
    body = ['<section><h2 id="matrix">By checklist</h2>', *said, "</section>"]
    links = ['<li><a href="#matrix">By checklist</a></li>']
    for number, each in enumerate(assessments, 1):
        id, title = f"r{number}", text(each.checklist.title)
        parts = _parts(each, id)
        body.append(f'<article aria-labelledby="{id}"><h2 id="{id}">{title}</h2>')
        body += [*_report(each, parts, id, 3), "</article>"]
        links.append(f'<li><a href="#{id}">{title}</a><ul>{"".join(page.contents(id, parts))}</ul></li>')
    return page.document(assessments[0].project, body, links)


def _parts(assessment: Assessment, prefix: str) -> list[Section]:
    return [
        *overview.sections(assessment, prefix),
        chart.section(assessment),
        register.section(assessment, prefix),
        *evidence.sections(assessment),
        *exceptions.sections(assessment),
    ]


def _report(assessment: Assessment, parts: Sequence[Section], prefix: str, level: int) -> Iterator[str]:
    yield "<section>"
    yield from overview.headline(assessment, level, prefix)
    yield "</section>"
    for part in parts:
        yield f'<section><h{level} id="{prefix}-{part.slug}">{text(part.title)}</h{level}>'
        yield from part.lines
        yield "</section>"
