"""What every format shares: the words of a report, and how untrusted text is made safe to show.

Everything that comes from a project, a checklist or a repository is untrusted. A terminal shows
it through `plain`, Markdown through `md` or `code`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from readiness.model import (
    BASE_STAGE,
    Assessment,
    Band,
    Checklist,
    Dimension,
    Level,
    Outcome,
    Proof,
    Scheme,
    Score,
    Severity,
)

REPORT_SCHEMA = "readiness/report/v1"
SET_SCHEMA = "readiness/report-set/v1"

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.MET: "met",
    Outcome.PARTIAL: "partly met",
    Outcome.UNPROVEN: "claimed, not proven",
    Outcome.UNMET: "not met",
    Outcome.UNKNOWN: "not answered",
    Outcome.NOT_APPLICABLE: "not applicable",
}

SEVERITIES: Mapping[Severity, str] = {
    Severity.BLOCKER: "blocker",
    Severity.MAJOR: "major",
    Severity.MINOR: "minor",
}

PROOFS: Mapping[Proof, str] = {
    Proof.CLAIMED: "claimed",
    Proof.DOCUMENTED: "documented",
    Proof.ATTESTED: "attested",
    Proof.VERIFIED: "verified",
}

PROOFS_EXPLAINED: Mapping[Proof, str] = {
    Proof.CLAIMED: "an answer is enough",
    Proof.DOCUMENTED: "a file, section or figure in the repository with real content",
    Proof.ATTESTED: "a named person's word, with a date",
    Proof.VERIFIED: "the repository itself shows it, or a figure read from a file decides it",
}

LEVELS: Mapping[Level, str] = {Level.NO: "no", Level.PARTIAL: "partial", Level.YES: "yes"}

WAIVER_STATES: Mapping[str, str] = {
    "in_force": "in force",
    "expired": "expired",
    "unneeded": "no longer needed",
}


def stage(id: str) -> str:
    """The name of a stage in words: `proof_of_concept` is a proof of concept."""
    return id.replace("_", " ")


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 blocker, 2 blockers."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def tally(severities: Mapping[Severity, int]) -> str:
    """How many gaps there are of each severity: 2 blockers, 3 major, 1 minor."""
    blockers = severities.get(Severity.BLOCKER, 0)
    named = [count(blockers, "blocker")] if blockers else []
    return ", ".join(named + [f"{n} {SEVERITIES[s]}" for s, n in severities.items() if n and s != Severity.BLOCKER])


def verdict(assessment: Assessment) -> str:
    """The verdict in one line: the target, and the stage reached; the score, where there are no stages."""
    found = assessment.verdict
    if found.target is None or found.stage is None:
        return _result(assessment.score, assessment.checklist.scheme)
    head = f"{'READY' if found.ready else 'NOT READY'} for {stage(found.target)}"
    if assessment.score.weakest is None:
        return f"{head}: nothing of this checklist applies"
    if found.stage != assessment.checklist.base.id:
        return f"{head}: reached {stage(found.stage)}"
    return f"{head}: still {at_base(assessment.checklist.base)}"


def at_base(base: Dimension) -> str:
    """Where a project stands that has reached no stage."""
    return f"a {stage(base.id)}" if base.id == BASE_STAGE else f"{stage(base.id)} ({base.title})"


def _result(score: Score, scheme: Scheme) -> str:
    if score.proven is None:
        return "Nothing of this checklist applies"
    unit = f"{scheme.unit} " if scheme.within == "sum" else ""
    said = f"{score.proven} of {score.most} {unit}proven, {score.claimed} claimed"
    return f"{said}: {score.band.title}" if score.band is not None else said


def scope(assessment: Assessment) -> str:
    """What of the checklist the figures cover: up to the target, or nothing to say where they cover all of it."""
    return f"up to {stage(assessment.target)}" if assessment.target is not None else ""


def overall(scheme: Scheme) -> str:
    """What the overall figure is."""
    return "Minimum" if scheme.across == "minimum" else "Mean"


def most(assessment: Assessment) -> str:
    """The range of the figures: `0 to 100`, `0 to 7 points`."""
    summed = assessment.checklist.scheme.within == "sum"
    return f"0 to {assessment.score.most}" + (f" {assessment.checklist.scheme.unit}" if summed else "")


def interval(bands: tuple[Band, ...], number: int) -> str:
    """The figures of a band, with round brackets at an open end: `(1, 2]`."""
    ends = [(band.end, band.closed) for band in bands]
    end, closed = ends[number]
    start, held = ends[number - 1] if number else (0, False)
    if number == 0 and end == 0:
        return "0"
    opening = "(" if held and number else "["
    if end is None:
        return f"> {start}" if held else f"≥ {start}"
    return f"{opening}{start}, {end}{']' if closed else ')'}"


def preface(assessment: Assessment) -> str | None:
    """What every reader must know before the verdict: that it rests on less than usual."""
    said = []
    if assessment.accepted_proof is not None:
        proof = PROOFS[assessment.accepted_proof]
        said.append(f"Judged by lesser proof: {proof} counts where the checklist asks for more.")
    if not assessment.repository:
        said.append("Judged without a repository: named files count as claims.")
    return " ".join(said) or None


def scoring(checklist: Checklist) -> str:
    """How the scores, and the stage or the band, come about, in one paragraph."""
    scheme = checklist.scheme
    weighed = ", ".join(f"{name} {weight}" for name, weight in checklist.weights.items())
    flat = len(set(checklist.weights.values())) == 1
    if scheme.within == "sum":
        each = "one point" if flat and 1 in checklist.weights.values() else f"the points of its severity ({weighed})"
        within = (
            f"A dimension's proven score is a sum: each control that is met with the proof asked earns {each}, "
            "partly met half of that, and what is claimed without proof, not answered or not applicable earns nothing."
        )
    else:
        within = (
            "A dimension's proven score is the share of its applicable controls that is met with the proof asked, "
            f"weighted by severity ({weighed}); partly met counts half, and what is claimed without proof or not "
            "answered counts nothing."
        )
    rounded = "down to whole figures and halves" if scheme.rounding == "halves" else "down"
    range_ = "Scores run from 0 to 100 and" if scheme.within == "share" else "Scores"
    return (
        f"{within} The claimed score is the same over what is claimed. The overall figure is the {scheme.across} of "
        f"the dimensions. {range_} are rounded {rounded}.{_stages(checklist)}{_bands(checklist)}"
    )


def _stages(checklist: Checklist) -> str:
    if not checklist.stages:
        return " There are no stages: the score says where a project stands, and there is nothing to be ready for."
    needed = ", ".join(
        f"{stage(s.id)} {'blockers alone' if s.threshold is None else s.threshold}" for s in checklist.stages
    )
    return (
        " A stage is reached when, for it and every stage below, each blocker is met or validly waived and each "
        f"dimension's proven score is high enough ({needed})."
    )


def _bands(checklist: Checklist) -> str:
    bands = checklist.bands
    if not bands:
        return ""
    said = "; ".join(f"{interval(bands, number)} {band.title}" for number, band in enumerate(bands))
    return f" What the overall figure means: {said}."


# --------------------------------------------------------------------------- untrusted text

_BLANK = re.compile(r"[\t\n\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")

_INVISIBLE = (
    "\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0d\ufeff\uffa0\ufff0-\uffff\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Control characters, bidirectional marks and overrides, characters without width, and lone surrogates. The two
variation selectors that only choose between text and emoji style (U+FE0E, U+FE0F) are left as they are."""

INVISIBLE = re.compile(f"[{_INVISIBLE}]")


def escaped(match: re.Match[str]) -> str:
    r"""The escape of a JSON or Python string for the character that was matched: `\u202e`."""
    number = ord(match.group())
    if number <= 0xFFFF:
        return f"\\u{number:04x}"
    high, low = divmod(number - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _visible(match: re.Match[str]) -> str:
    number = ord(match.group())
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def plain(text: str) -> str:
    """Text on one line that holds no control character: what cannot be seen is shown as an escape, and every run of
    white space is one space."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return INVISIBLE.sub(_visible, _BLANK.sub(" ", text)).strip()


def cut(text: str, length: int, ellipsis: str = "…") -> str:
    """Text of at most `length` characters, with an ellipsis where it was longer."""
    return text if len(text) <= length else text[: max(0, length - len(ellipsis))].rstrip() + ellipsis


_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "|": "&#124;",
    "`": "&#96;",
    "\\": "&#92;",
    "[": "&#91;",
    "]": "&#93;",
    "~": "&#126;",
    "$": "&#36;",
    "*": "\\*",
    "_": "\\_",
    "#": "\\#",
    "@": "@&#8203;",
}
_SPECIAL = re.compile(r"[&<>|`\\\[\]~$*_#@]")
_LEADING = re.compile(r"^(\d{1,9})(?=[.)](?: |$))|^(?=[-+=])")
_AUTOLINK = re.compile(r":(?=//|[A-Za-z0-9_+\\-]+:)|(?<=\\#)(?=\d)|(?<=[Ww]{3})(?=\.)|(?<=[Gg][Hh]-)(?=\d)")
_QUOTED = re.compile(r"(`[A-Za-z0-9_.:/=-]+`)")
_CODE = re.compile(r"[A-Za-z0-9_.:/@+,= -]+")


def md(text: str) -> str:
    """Text that Markdown shows as that very text, in a paragraph, a list or a table's cell.

    GitHub finds mentions, links to issues, addresses and emoji in the finished page, where an
    escape no longer counts; there a character without width stands between (`&#8203;`).
    """
    return _unled(_escape(plain(text)))


def prose(text: str) -> str:
    """A sentence in Markdown: what stands between backticks is code where its characters allow that, and the rest is
    escaped as `md` does it."""
    pieces = _QUOTED.split(plain(text))
    return _unled("".join(piece if number % 2 else _escape(piece) for number, piece in enumerate(pieces)))


def _escape(text: str) -> str:
    safe = _SPECIAL.sub(lambda match: _ENTITIES[match.group()], text)
    return _AUTOLINK.sub(lambda match: match.group() + "&#8203;", safe)


def _unled(safe: str) -> str:
    """The same text with no sign at its beginning that would make it a list or a heading."""
    return _LEADING.sub(lambda match: f"{match.group(1) or ''}&#8203;", safe)


def code(text: str) -> str:
    """An id or a path as code where its characters allow that, else like any other text."""
    text = plain(text)
    return f"`{text}`" if _CODE.fullmatch(text) else md(text)
