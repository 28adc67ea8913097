"""One place for the model's inputs; training and scoring both call it."""

import pandas as pd

INPUTS = ["mean_7", "mean_28", "same_weekday", "price", "promotion", "weekday"]


def features(sales: pd.DataFrame, horizon: int) -> pd.DataFrame:
    """Inputs for each row from sales at least `horizon` days before it."""
    rows = sales.sort_values(["store", "article", "day"]).reset_index(drop=True)
    known = rows.groupby(["store", "article"])["sold"].shift(horizon)
    groups = known.groupby([rows["store"], rows["article"]])
    rows["mean_7"] = groups.transform(lambda s: s.rolling(7, min_periods=3).mean())
    rows["mean_28"] = groups.transform(lambda s: s.rolling(28, min_periods=7).mean())
    rows["same_weekday"] = rows.groupby(["store", "article"])["sold"].shift(-(-horizon // 7) * 7)
    rows["weekday"] = pd.to_datetime(rows["day"]).dt.weekday
    return rows.dropna(subset=["mean_28", "same_weekday"])
