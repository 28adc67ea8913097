"""The verdict as a badge: a small SVG that needs no font, script or network.

A row per checklist: `readiness`, how the project stands, and, smaller, the checklist's version and the day. Its title,
which a screen reader speaks, says all of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from readiness.model import Assessment
from readiness.reports import safe, words
from readiness.reports.standing import pin, standing

HEIGHT, GAP, MARGIN = 20, 4, 6
LABEL = "readiness"
GREY = "#4d4d4d"
COLOURS = {
    "poor": "#b3261e",
    "held": "#a84300",
    "fair": "#7d5b00",
    "good": "#1a7431",
    "figure": "#0b5cad",
    "nothing": "#5f6368",
}
"""Each dark enough for white letters: a contrast of at least 4.5."""
LONGEST = 80
"""How many characters of a text are shown; the title has more."""
LONGEST_PIN = 40
LONGEST_TITLE = 300

_WIDTHS = {
    27: "jil'",
    35: "ft I|·",
    39: ".,",
    43: "r!:;",
    45: "()[]{}/\\-J",
    52: "csz",
    59: 'kvxyL"`',
    63: "abdeghnopqu0123456789$_*?TFE",
    70: "ABCKPRSVXYZ",
    77: "DGHNOQU&",
    82: "mwMW+<>=~#^…",
    100: "@%",
}
"""Widths of characters in hundredths of the letters' size, as in Verdana and the fonts cut to its measure. Where
another font stands in, `textLength` holds the text to the width that was reckoned."""
_WIDTH = {character: width for width, characters in _WIDTHS.items() for character in characters}


def render(assessment: Assessment, **_terminal: object) -> str:
    """The badge for one checklist."""
    return render_all((assessment,))


def render_all(assessments: Sequence[Assessment], **_terminal: object) -> str:
    """A row for each checklist, the columns in line: none hides behind another."""
    found = [standing(each) for each in assessments]
    said = [_shown(its.said) for its in found]
    small = [f"{_shown(pin(each), LONGEST_PIN)} · {each.as_of.isoformat()}" for each in assessments]
    first = _width(LABEL, 11) + 2 * MARGIN
    second = max(_width(text, 11) for text in said) + 2 * MARGIN
    third = max(_width(text, 9) for text in small) + 2 * MARGIN
    rows = [
        _row(number * (HEIGHT + GAP), (first, second, third), said[number], small[number], COLOURS[its.kind])
        for number, its in enumerate(found)
    ]
    width, height = first + second + third, len(rows) * (HEIGHT + GAP) - GAP
    title = _escape(_title(assessments))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'class="readiness-report" role="img" aria-label="{title}">\n'
        f"<title>{title}</title>\n"
        '<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" text-rendering="geometricPrecision">\n'
        f"{''.join(rows)}"
        "</g>\n</svg>\n"
    )


def _row(top: int, widths: tuple[int, int, int], said: str, small: str, colour: str) -> str:
    first, second, _ = widths
    return (
        f'<rect y="{top}" width="{sum(widths)}" height="{HEIGHT}" rx="3" fill="{GREY}"/>\n'
        f'<rect x="{first}" y="{top}" width="{second}" height="{HEIGHT}" fill="{colour}"/>\n'
        f"{_text(LABEL, MARGIN, top, 11)}"
        f"{_text(said, first + MARGIN, top, 11)}"
        f"{_text(small, first + second + MARGIN, top, 9)}"
    )


def _text(text: str, left: int, top: int, size: int) -> str:
    return (
        f'<text x="{left}" y="{top + 14}" font-size="{size}" textLength="{_width(text, size)}" '
        f'lengthAdjust="spacingAndGlyphs">{_escape(text)}</text>\n'
    )


def _title(assessments: Sequence[Assessment]) -> str:
    """What the badge says, in full."""
    project = safe.cut(safe.plain(assessments[0].project.name), LONGEST)
    told = []
    for each in assessments:
        score = each.score
        figures = "" if each.target is None or score.proven is None else f", proven {score.proven} of {score.most}"
        leans = words.preface(each)
        verdict = f"{words.verdict(each)}{figures} ({pin(each)}, {each.as_of.isoformat()})"
        told.append(safe.cut(safe.plain(f"{leans} {verdict}" if leans else verdict), LONGEST_TITLE))
    return f"Readiness of {project}: {'; '.join(told)}"


def _shown(text: str, longest: int = LONGEST) -> str:
    return safe.cut(safe.plain(text), longest)


def _width(text: str, size: int) -> int:
    """The width of a text in whole pixels."""
    hundredths = sum(_WIDTH.get(character, 0) or _foreign(character) for character in text)
    return max(1, -(-hundredths * size // 100))


def _foreign(character: str) -> int:
    """The width of a character that the table does not have, so that a CJK or emoji title still fits."""
    from unicodedata import combining, east_asian_width

    if combining(character):
        return 0
    return 100 if east_asian_width(character) in "WF" else 70


def _escape(text: str) -> str:
    """Text in XML, between tags or quotation marks."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
