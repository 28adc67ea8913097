"""What sales data must look like before anything is trained or forecast. A breach ends the run."""

import pandas as pd

COLUMNS = {"store", "article", "day", "sold", "price", "promotion"}


class BadSales(Exception):
    """The sales of a period cannot be used; the message says why."""


def check_sales(sales: pd.DataFrame, stores: int) -> pd.DataFrame:
    """The same table, if it may be used."""
    missing = COLUMNS - set(sales.columns)
    if missing:
        raise BadSales(f"columns are missing: {sorted(missing)}")
    if sales.duplicated(["store", "article", "day"]).any():
        raise BadSales("a store reports an article twice on one day")
    if sales[["store", "article", "day", "sold"]].isna().any().any():
        raise BadSales("a key or a quantity is null")
    if not sales["sold"].between(0, 20_000).all():
        raise BadSales("a quantity is negative or above 20,000")
    if not sales["price"].between(0.01, 5_000).all():
        raise BadSales("a price is out of range")
    reporting = sales.loc[sales["day"] == sales["day"].max(), "store"].nunique()
    if reporting < 0.97 * stores:
        raise BadSales(f"only {reporting} of {stores} stores reported on the last day")
    return sales
