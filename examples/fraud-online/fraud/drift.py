"""Every night: hold yesterday's inputs and scores against the training month, and page on a shift."""

import json
import os
import sys
from urllib.request import Request, urlopen

import pandas as pd
from scipy.stats import ks_2samp

LIMIT = 0.10
WATCHED = ["amount", "payments_last_hour", "amount_to_mean", "score"]


def drift(reference: pd.DataFrame, current: pd.DataFrame) -> dict[str, float]:
    return {name: float(ks_2samp(reference[name], current[name]).statistic) for name in WATCHED}


def page(shifts: dict[str, float]) -> None:
    event = {
        "routing_key": os.environ["PAGERDUTY_KEY"],
        "event_action": "trigger",
        "payload": {"summary": f"fraud inputs have shifted: {shifts}", "source": "fraud-drift", "severity": "warning"},
    }
    request = Request("https://events.pagerduty.com/v2/enqueue", json.dumps(event).encode())
    urlopen(request, timeout=10)


def main(reference: str, current: str) -> None:
    result = drift(pd.read_parquet(reference), pd.read_parquet(current))
    print(json.dumps(result))
    shifts = {name: round(value, 3) for name, value in result.items() if value > LIMIT}
    if shifts:
        page(shifts)


if __name__ == "__main__":
    main(*sys.argv[1:3])
