"""What the model sees. Training and the service both call `features`, so they cannot differ."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

NAMES = ["amount", "amount_to_mean", "payments_last_hour", "new_country", "merchant_category", "hour"]


def features(payment: dict, history: dict) -> list[float]:
    """`history` holds what the account did before this payment: mean_amount, last_hour, countries."""
    at: datetime = payment["at"]
    mean = history.get("mean_amount") or payment["amount"]
    return [
        payment["amount"],
        payment["amount"] / mean,
        float(history.get("last_hour", 0)),
        float(payment["country"] not in history.get("countries", ())),
        float(payment["merchant_category"]),
        float(at.hour),
    ]


def histories(payments: Iterable[dict]) -> Iterator[dict]:
    """What was known of an account before each of its payments, which come in the order of time."""
    spent: dict[str, float] = defaultdict(float)
    count: dict[str, int] = defaultdict(int)
    countries: dict[str, set] = defaultdict(set)
    recent: dict[str, deque] = defaultdict(deque)
    for payment in payments:
        account, at = payment["account_id"], payment["at"]
        while recent[account] and recent[account][0] < at - timedelta(hours=1):
            recent[account].popleft()
        yield {
            "mean_amount": spent[account] / count[account] if count[account] else None,
            "last_hour": len(recent[account]),
            "countries": set(countries[account]) or {payment["country"]},
        }
        spent[account] += payment["amount"]
        count[account] += 1
        countries[account].add(payment["country"])
        recent[account].append(at)
