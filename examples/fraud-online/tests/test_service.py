"""The service with a real, small model; only the database is replaced by a dict."""

import random
from datetime import datetime, timedelta, timezone

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi.testclient import TestClient
from lightgbm import LGBMClassifier

from fraud import service, store

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = KEY.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
).decode()
PAYMENT = {
    "payment_id": "pay-00001",
    "account_id": "acc-00001",
    "at": "2026-09-01T12:00:00",
    "amount": 40.0,
    "merchant_category": 5411,
    "country": "DE",
}


@pytest.fixture
def client(monkeypatch):
    draw = random.Random(1)
    rows = [[draw.uniform(1, 4000), 1, 0, 0, 5411, 12] for _ in range(400)]
    model = LGBMClassifier(n_estimators=20, random_state=1, verbose=-1).fit(rows, [int(r[0] > 3000) for r in rows])
    monkeypatch.setattr("mlflow.lightgbm.load_model", lambda uri: model)
    monkeypatch.setenv("MODEL_VERSION", "31")
    monkeypatch.setenv("THRESHOLD", "0.5")
    monkeypatch.setenv("JWT_PUBLIC_KEY", PUBLIC)
    kept = []
    monkeypatch.setattr(store, "history", lambda account: {"mean_amount": 40.0, "last_hour": 0, "countries": {"DE"}})
    monkeypatch.setattr(store, "within_quota", lambda who: True)
    monkeypatch.setattr(store, "keep", lambda *record: kept.append(record))
    with TestClient(service.app) as started:
        started.kept = kept
        yield started


def headers():
    claims = {"sub": "checkout", "aud": "fraud-scoring", "exp": datetime.now(timezone.utc) + timedelta(minutes=5)}
    return {"Authorization": f"Bearer {jwt.encode(claims, KEY, algorithm='RS256')}"}


def test_a_small_payment_passes_and_a_large_one_is_held(client):
    small = client.post("/v2/decisions", json=PAYMENT, headers=headers()).json()
    large = client.post("/v2/decisions", json={**PAYMENT, "amount": 3900}, headers=headers()).json()
    assert (small["outcome"], large["outcome"]) == ("pass", "hold")
    assert small["model_version"] == "31"
    assert len(client.kept) == 2


def test_limits_decide_when_the_model_fails(client, monkeypatch):
    monkeypatch.setitem(service.loaded, "model", None)
    answer = client.post("/v2/decisions", json={**PAYMENT, "amount": 900}, headers=headers()).json()
    assert (answer["outcome"], answer["by"]) == ("hold", "limits")


def test_nobody_is_answered_without_a_token(client):
    assert client.post("/v2/decisions", json=PAYMENT).status_code in (401, 403)


def test_an_amount_out_of_range_is_refused(client):
    assert client.post("/v2/decisions", json={**PAYMENT, "amount": -1}, headers=headers()).status_code == 422
