import pandas as pd
import pandera.errors
import pytest

from churn.data import SUBSCRIBERS, content_hash


def row(**changes):
    good = {
        "subscriber_id": "s-1",
        "region": "north",
        "tenure_months": 14,
        "monthly_spend": 31.5,
        "support_calls_90d": 2,
        "data_use_change": -0.4,
        "contract_ends_in_days": 30,
    }
    return pd.DataFrame([{**good, **changes}])


def test_a_good_row_passes():
    assert SUBSCRIBERS.validate(row())["tenure_months"].tolist() == [14]


@pytest.mark.parametrize("change", [{"monthly_spend": -1.0}, {"region": "nowhere"}, {"tenure_months": 900}])
def test_a_row_out_of_range_is_refused(change):
    with pytest.raises(pandera.errors.SchemaError):
        SUBSCRIBERS.validate(row(**change))


def test_the_hash_changes_with_the_content(tmp_path):
    file = tmp_path / "a"
    file.write_bytes(b"one")
    before = content_hash(file)
    file.write_bytes(b"two")
    assert content_hash(file) != before
