"""Every figure of a JSON report once more, from the report alone, in fractions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

Report = dict[str, Any]
CREDIT = {"met": 2, "partial": 1}
LEVELS = {"yes": 2, "partial": 1, "no": 0}
OPEN = ("partial", "unproven", "unmet", "unknown")
OUTCOMES = ("met", "partial", "unproven", "unmet", "unknown", "not_applicable")


def stated(report: Report) -> Report:
    """What a report says of its figures and of what follows from them."""
    score, verdict = report["score"], report["verdict"]
    return {
        "dimensions": [{k: v for k, v in d.items() if k not in ("title", "threshold")} for d in report["dimensions"]],
        "score": {k: score[k] for k in ("proven", "claimed", "coverage", "weakest", "band", "max")},
        "stages": [{k: s[k] for k in ("id", "reached", "coverage")} for s in report["stages"]],
        "ready": verdict["ready"],
        "stage": verdict["stage"] if any(s["reached"] for s in report["stages"]) else None,
        "explained": bool(verdict["reasons"]),
        "plan": sorted(report["plan"]),
        "waivers": {f["control"]: f["waiver"]["status"] for f in report["findings"] if f["waiver"]},
    }


def recomputed(report: Report) -> Report:
    """The same from findings, weights, thresholds and scheme."""
    order = list(report["scoring"]["thresholds"])
    inside = counted(report, report["target"])
    held = [dimension(report, inside, d["id"]) for d in report["dimensions"]]
    reached = stages_reached(report)
    return {
        "dimensions": held,
        "score": overall(report, held, inside),
        "stages": [{"id": s, "reached": s in reached, "coverage": coverage(report, counted(report, s))} for s in order],
        "ready": report["target"] in reached if order else None,
        "stage": reached[-1] if reached else None,
        "explained": bool(order) and report["target"] not in reached,
        "plan": sorted(f["control"] for f in inside if f["outcome"] in OPEN and waiver(report, f) != "in_force"),
        "waivers": {f["control"]: waiver(report, f) for f in report["findings"] if f["waiver"]},
    }


def counted(report: Report, target: str | None) -> list[Report]:
    """The findings that count up to a stage; all that count, where there are no stages."""
    order = list(report["scoring"]["thresholds"])
    inside = order[: order.index(target) + 1] if target is not None else order
    return [f for f in report["findings"] if f["advisory"] is None and f["stage"] in (None, *inside)]


def weight(report: Report, finding: Report) -> int:
    return int(report["scoring"]["weights"][finding["severity"]])


def dimension(report: Report, inside: list[Report], name: str) -> Report:
    mine = [f for f in inside if f["dimension"] == name]
    held = [f for f in mine if f["outcome"] != "not_applicable"]
    length = mine if report["scoring"]["scheme"]["within"] == "sum" else held
    earned = sum(weight(report, f) * CREDIT.get(f["outcome"], 0) for f in held)
    claimed = sum(weight(report, f) * LEVELS[f["claimed"]] for f in held)
    possible = sum(weight(report, f) * 2 for f in length)
    return {
        "id": name,
        "proven": shown(report, value(report, earned, possible)),
        "claimed": shown(report, value(report, claimed, possible)),
        "earned": earned,
        "claimed_earned": claimed,
        "possible": possible,
        "counts": {outcome: sum(f["outcome"] == outcome for f in mine) for outcome in OUTCOMES},
    }


def value(report: Report, half_points: int, possible: int) -> Fraction | None:
    if report["scoring"]["scheme"]["within"] == "sum":
        return Fraction(half_points, 2)
    return Fraction(100 * half_points, possible) if possible else None


def shown(report: Report, exact: Fraction | None) -> float | None:
    if exact is None:
        return None
    parts = 2 if report["scoring"]["scheme"]["rounding"] == "halves" else 1
    return float(Fraction(exact * parts // 1, parts))


def overall(report: Report, dimensions: list[Report], inside: list[Report]) -> Report:
    held = [d for d in dimensions if d["possible"]]
    if not held:
        return {"proven": None, "claimed": None, "coverage": None, "weakest": None, "band": None, "max": 100}
    values = {key: [value(report, d[key], d["possible"]) or Fraction() for d in held] for key in
              ("earned", "claimed_earned", "possible")}  # fmt: skip
    least = report["scoring"]["scheme"]["across"] == "minimum"
    exact = {key: min(each) if least else sum(each, Fraction()) / len(each) for key, each in values.items()}
    weakest = held[values["earned"].index(min(values["earned"]))]
    return {
        "proven": shown(report, exact["earned"]),
        "claimed": shown(report, exact["claimed_earned"]),
        "coverage": coverage(report, inside),
        "weakest": {"dimension": weakest["id"], "proven": weakest["proven"]},
        "band": band(report, exact["earned"]),
        "max": shown(report, exact["possible"]),
    }


def coverage(report: Report, inside: list[Report]) -> int | None:
    held = [(weight(report, f), f) for f in inside if f["outcome"] != "not_applicable"]
    known = sum(number for number, f in held if f["outcome"] != "unknown")
    return known * 100 // sum(number for number, _ in held) if held else None


def band(report: Report, exact: Fraction) -> str | None:
    """The title of the one band whose interval holds the figure."""
    titles = [b["title"] for b in report["scoring"]["bands"] if within(b["interval"], exact)]
    assert len(titles) == bool(report["scoring"]["bands"]), (exact, report["scoring"]["bands"])
    return titles[0] if titles else None


def within(interval: str, exact: Fraction) -> bool:
    """Whether an interval such as `0`, `(1, 2]` or `> 5` holds a figure."""
    if interval[0] in ">≥":
        end = Fraction(interval[1:].strip())
        return exact > end if interval[0] == ">" else exact >= end
    if interval[0] not in "([":
        return exact == Fraction(interval)
    start, end = map(Fraction, interval[1:-1].split(", "))
    over = exact > start or (interval[0] == "[" and exact == start)
    return over and (exact < end or (interval[-1] == "]" and exact == end))


def waiver(report: Report, finding: Report) -> str | None:
    if finding["waiver"] is None:
        return None
    if finding["outcome"] == "not_applicable":
        return "unmatched"
    if finding["outcome"] not in OPEN:
        return "unneeded"
    expired = date.fromisoformat(finding["waiver"]["expires"]) < date.fromisoformat(report["as_of"])
    return "expired" if expired else "in_force"


def stages_reached(report: Report) -> list[str]:
    """The stages that are reached, the lowest first."""
    reached: list[str] = []
    for stage, threshold in report["scoring"]["thresholds"].items():
        inside = counted(report, stage)
        held = [dimension(report, inside, d["id"]) for d in report["dimensions"]]
        exact = [value(report, d["earned"], d["possible"]) for d in held if d["possible"]]
        low = any((figure or 0) < (threshold or 0) for figure in exact)
        blocked = any(
            f["severity"] == "blocker" and f["outcome"] in OPEN and waiver(report, f) != "in_force" for f in inside
        )
        if low or blocked or all(f["outcome"] == "not_applicable" for f in inside):
            break
        reached.append(stage)
    return reached
