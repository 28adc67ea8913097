import pandas as pd
import pytest

from forecast.checks import BadSales, check_sales


def sales(**changes):
    day = pd.Timestamp("2026-09-01")
    row = {"store": 1, "article": 10, "day": day, "sold": 4.0, "price": 1.99, "promotion": 0}
    return pd.DataFrame([{**row, **changes}])


def test_good_sales_pass_unchanged():
    assert check_sales(sales(), stores=1).equals(sales())


@pytest.mark.parametrize("change", [{"sold": -1.0}, {"sold": None}, {"price": 0.0}])
def test_bad_sales_end_the_run(change):
    with pytest.raises(BadSales):
        check_sales(sales(**change), stores=1)


def test_stores_that_did_not_report_end_the_run():
    with pytest.raises(BadSales, match="1 of 640"):
        check_sales(sales(), stores=640)
