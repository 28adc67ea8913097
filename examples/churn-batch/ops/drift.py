"""Compare a night's inputs with the training month: python ops/drift.py TRAIN.parquet NIGHT.parquet"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from churn.data import FEATURES


def psi(reference: pd.Series, current: pd.Series, bins: int = 10) -> float:
    """The population stability index over the deciles of the reference."""
    edges = np.unique(np.nanquantile(reference, np.linspace(0, 1, bins + 1)))
    edges[0], edges[-1] = -np.inf, np.inf
    expected = np.histogram(reference.dropna(), edges)[0] / reference.notna().sum()
    seen = np.histogram(current.dropna(), edges)[0] / current.notna().sum()
    expected, seen = np.clip(expected, 1e-4, None), np.clip(seen, 1e-4, None)
    return float(np.sum((seen - expected) * np.log(seen / expected)))


def main(reference_path: str, current_path: str) -> None:
    reference, current = pd.read_parquet(reference_path), pd.read_parquet(current_path)
    result = {name: round(psi(reference[name], current[name]), 3) for name in FEATURES}
    result["worst"] = max(result.values())
    Path("reports/drift.json").write_text(json.dumps(result, indent=2) + "\n")
    print(result)


if __name__ == "__main__":
    main(*sys.argv[1:3])
