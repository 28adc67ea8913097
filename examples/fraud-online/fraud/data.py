"""Extract: join payments with chargebacks, check every row, hide who paid."""

import hashlib
import hmac
import os
import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

PAYMENTS = pa.DataFrameSchema(
    {
        "payment_id": pa.Column(str, unique=True),
        "account_id": pa.Column(str),
        "at": pa.Column("datetime64[ns]"),
        "amount": pa.Column(float, pa.Check.in_range(0.01, 50_000)),
        "merchant_category": pa.Column(int, pa.Check.in_range(0, 9999)),
        "country": pa.Column(str, pa.Check.str_length(2, 2)),
        "age_band": pa.Column(str, nullable=True),
        "sex": pa.Column(str, nullable=True),
        "fraud": pa.Column(int, pa.Check.isin([0, 1])),
    },
    coerce=True,
)


def pseudonymise(account_id: str) -> str:
    """The same account always has the same pseudonym; the key is kept in Vault."""
    return hmac.new(os.environ["PSEUDONYM_KEY"].encode(), account_id.encode(), hashlib.sha256).hexdigest()[:24]


def extract(raw: Path) -> pd.DataFrame:
    payments = pd.read_parquet(raw / "payments.parquet")
    chargebacks = pd.read_parquet(raw / "chargebacks.parquet")
    payments["fraud"] = payments["payment_id"].isin(chargebacks["payment_id"]).astype(int)
    checked = PAYMENTS.validate(payments)  # a SchemaError ends the pipeline
    share = checked["fraud"].mean()
    if not 0.0005 < share < 0.01:
        raise ValueError(f"{share:.4%} fraud: chargebacks are missing or doubled")
    checked["account_id"] = checked["account_id"].map(pseudonymise)
    return checked.sort_values("at")


if __name__ == "__main__":
    extract(Path(sys.argv[1])).to_parquet(sys.argv[2], index=False)
