"""Conditions in words: which practices must hold, and to which projects a control applies."""

from __future__ import annotations

from collections.abc import Iterator

from readiness.model import Condition, Control, FactLeaf, Level, PracticeLeaf

YES_OR_NO = {
    ("personal_data", True): "it handles personal data",
    ("personal_data", False): "it handles no personal data",
    ("trains_model", True): "it trains its own model",
    ("trains_model", False): "it only calls a model made elsewhere",
    ("interacts_with_people", True): "people talk to it directly",
    ("interacts_with_people", False): "nobody talks to it directly",
    ("generates_content", True): "it makes sound, images, video or text",
    ("generates_content", False): "it makes no sound, images, video or text",
    ("biometric", True): "it recognises emotions or sorts people by biometric data",
    ("biometric", False): "it uses no biometric data",
    ("public_service", True): "it serves a public service, credit scoring, or life or health insurance",
    ("public_service", False): "it serves no public service, credit scoring, or life or health insurance",
}
SUBJECTS = {
    "system": "the system is",
    "serving": "serving includes",
    "exposure": "exposure is",
    "risk": "risk is",
    "retrieves": "what it retrieves from is",
    "acts": "what it does in other systems is",
    "role": "we are its",
    "high_risk_by": "its risk is high by",
}
"""How a sentence about each fact begins."""
VALUES = {
    ("acts", "none"): "nothing",
    ("retrieves", "none"): "nothing",
    ("high_risk_by", "product"): "the product that it is part of (EU AI Act, Annex I)",
    ("high_risk_by", "use_case"): "its use (EU AI Act, Annex III)",
}


def practices(condition: Condition) -> str:
    """What must hold: `all of: drift_detection, alerting`."""
    return _practices(condition, outer=True)


def _practices(condition: Condition, outer: bool) -> str:
    if condition.op == "leaf":
        leaf: PracticeLeaf = condition.leaf
        return leaf.practice if leaf.at_least is Level.YES else f"{leaf.practice} (partial is enough)"
    parts = ", ".join(_practices(part, outer=False) for part in condition.parts)
    if condition.op != "not" and len(condition.parts) == 1:
        return parts
    said = f"not: {parts}" if condition.op == "not" else f"{condition.op} of: {parts}"
    return said if outer else f"({said})"


def used(condition: Condition) -> Iterator[str]:
    """The ids of the practices in a condition."""
    if condition.op == "leaf":
        yield condition.leaf.practice
    for part in condition.parts:
        yield from used(part)


def counts_from(control: Control) -> str:
    """From when a control counts: `2028-08-02 where its risk is high by ..., else 2027-12-02`; empty where it
    always does."""
    return ", else ".join(
        start.day.isoformat() + (f" where {_facts(start.when, outer=True)}" if start.when is not None else "")
        for start in control.enforce_from
    )


def facts(condition: Condition | None) -> str:
    """To which projects something applies: `only where the system is generative or agentic`."""
    return "to every project" if condition is None else f"only where {_facts(condition, outer=True)}"


def _facts(condition: Condition, outer: bool) -> str:
    if condition.op == "leaf":
        return _fact(condition.leaf)
    if condition.op == "not":
        return f"it is not so that {_facts(condition.parts[0], outer=False)}"
    joint = ", and " if condition.op == "all" else ", or "
    said = joint.join(_facts(part, outer=len(condition.parts) == 1) for part in condition.parts)
    return said if outer else f"({said})"


def _fact(leaf: FactLeaf) -> str:
    if len(leaf.values) == 1 and (leaf.fact, leaf.values[0]) in YES_OR_NO:
        return YES_OR_NO[leaf.fact, bool(leaf.values[0])]
    subject = SUBJECTS.get(leaf.fact, f"{leaf.fact} is")
    return f"{subject} {' or '.join(_value(leaf.fact, value) for value in leaf.values)}"


def _value(fact: str, value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return VALUES.get((fact, value), value)
