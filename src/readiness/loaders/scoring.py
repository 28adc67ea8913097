"""The scoring of a checklist: weights, scheme, bands and defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from readiness.document import Map
from readiness.fields import Reader, kind
from readiness.loaders.controls import PROOFS, SEVERITIES, check_age, check_filled
from readiness.model import Band, Scheme

SCORING = ("scheme", "unit", "bands", "weights", "default_proof", "attestation_age")
SCHEME = {"within": ("share", "sum"), "across": ("mean", "minimum"), "rounding": ("down", "halves")}
UNITS = {"share": "percent", "sum": "points"}
HIGHEST = 1000


def build_scheme(scoring: Mapping[str, Any]) -> Scheme:
    """The scheme that faultless data describes."""
    said = scoring["scheme"]
    plain = Scheme()
    within = said.get("within") or plain.within
    return Scheme(
        within, said.get("across") or plain.across, said.get("rounding") or plain.rounding,
        scoring.get("unit") or UNITS[within],
    )  # fmt: skip


def build_bands(scoring: Mapping[str, Any]) -> tuple[Band, ...]:
    """The bands of faultless data, the lowest first."""
    return tuple(
        Band(band["title"], band.get("up_to", band.get("below")), "up_to" in band)
        for band in scoring.get("bands") or ()
    )


def check_scoring(reader: Reader, data: Map) -> None:
    """Report every fault of `scoring`."""
    scoring = reader.mapping(data, "scoring", "`weights:` and the rest")
    if scoring is None:
        return
    reader.known(scoring, SCORING, "`scoring`")
    reader.required(scoring, ("scheme", "weights", "default_proof"), "`scoring`")
    scheme = reader.mapping(scoring, "scheme", "`within:`, `across:` and `rounding:`") or Map()
    reader.known(scheme, tuple(SCHEME), "`scheme`")
    for key, allowed in SCHEME.items():
        reader.choice(scheme, key, allowed)
    reader.content(scoring, "unit", "`scoring`")
    check_filled(reader, scoring, ("unit",), "`scoring`")
    weights = reader.mapping(scoring, "weights", "a weight for each severity")
    if weights is not None:
        _weights(reader, weights)
    reader.choice(scoring, "default_proof", PROOFS)
    check_age(reader, scoring, "attestation_age")
    _bands(reader, scoring)


def _weights(reader: Reader, weights: Map) -> None:
    reader.known(weights, SEVERITIES, "`weights`")
    reader.required(weights, SEVERITIES, "`weights`")
    for key, value in weights.items():
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= HIGHEST:
            reader.at_value(weights, key, f"a weight must be a whole number from 1 to 1,000, not {kind(value)}")


def _bands(reader: Reader, scoring: Map) -> None:
    """Each band ends above the one before it, and the last has no end, so that none is missing."""
    listed = reader.sequence(scoring, "bands")
    before: tuple[float, bool] | None = None
    for number, band in enumerate(listed or ()):
        mark = listed.marks[number] if listed else scoring.mark
        if not isinstance(band, Map):
            reader.fault(mark, f"each band holds fields, not {kind(band)}", "write {title: ..., up_to: ...}")
            continue
        reader.known(band, ("title", "up_to", "below"), "a band")
        reader.required(band, ("title",), "a band")
        reader.content(band, "title", "a band")
        key = next((key for key in ("up_to", "below") if key in band), None)
        last = listed is not None and number == len(listed) - 1
        if last or key is None or ("up_to" in band and "below" in band):
            if not last:
                reader.fault(mark, "a band needs `up_to` (that figure included) or `below` (not included)")
            elif key is not None:
                reader.at_key(band, key, "the last band has no end, so that no score lies above it")
            continue
        reader.required(band, (key,), "a band")
        end = reader.number(band, key)
        if end is not None and (end * 2 != int(end * 2) or not 0 <= end <= HIGHEST):
            reader.at_value(band, key, "a band must end at a whole number or a half, from 0 to 1,000")
        elif end == 0 and key == "below":
            reader.at_value(band, key, "no score lies below 0, so this band would hold none", "write `up_to: 0`")
        elif end is not None and before is not None and (end, key == "up_to") <= before:
            reader.at_value(band, key, "a band must end above the one before it", "list the bands from the lowest")
        elif end is not None:
            before = (end, key == "up_to")
