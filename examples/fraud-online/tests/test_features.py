from datetime import datetime, timedelta

from fraud.features import NAMES, features, histories

NOON = datetime(2026, 9, 1, 12)


def payment(**changes):
    return {"account_id": "a", "at": NOON, "amount": 40.0, "merchant_category": 5411, "country": "DE", **changes}


def test_there_is_one_value_for_each_name():
    assert len(features(payment(), {})) == len(NAMES)


def test_a_first_payment_is_neither_large_nor_foreign():
    row = dict(zip(NAMES, features(payment(), {"countries": {"DE"}}), strict=True))
    assert row["amount_to_mean"] == 1.0
    assert row["new_country"] == 0.0


def test_history_knows_only_what_came_before():
    paid = [payment(), payment(at=NOON + timedelta(minutes=5), amount=80.0), payment(at=NOON + timedelta(hours=3))]
    first, second, third = histories(paid)
    assert first["mean_amount"] is None
    assert (second["mean_amount"], second["last_hour"]) == (40.0, 1)
    assert (third["mean_amount"], third["last_hour"]) == (60.0, 0)
