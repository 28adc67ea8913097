"""The monthly subscriber table: read, checked, and identified by its content."""

import hashlib
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

FEATURES = ["tenure_months", "monthly_spend", "support_calls_90d", "data_use_change", "contract_ends_in_days"]

SUBSCRIBERS = pa.DataFrameSchema(
    {
        "subscriber_id": pa.Column(str, unique=True),
        "region": pa.Column(str, pa.Check.isin(["north", "south", "east", "west"])),
        "tenure_months": pa.Column(int, pa.Check.in_range(0, 600)),
        "monthly_spend": pa.Column(float, pa.Check.in_range(0, 2000)),
        "support_calls_90d": pa.Column(int, pa.Check.in_range(0, 200)),
        "data_use_change": pa.Column(float, pa.Check.in_range(-1, 50), nullable=True),
        "contract_ends_in_days": pa.Column(int, pa.Check.in_range(-3650, 1100)),
    },
    coerce=True,
)


def load(path: Path) -> pd.DataFrame:
    """One day's table. A row that breaks the schema stops the run with a SchemaError."""
    table = SUBSCRIBERS.validate(pd.read_parquet(path))
    if len(table) < 100_000:
        raise ValueError(f"{path} holds {len(table)} subscribers; the CRM export was cut off")
    return table


def content_hash(path: Path) -> str:
    """What a training run records to say which data it saw."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
