"""Postgres: account histories, quotas, and a record of every decision with what it rested on."""

import os
from functools import cache

import psycopg
from psycopg.types.json import Jsonb

from fraud.data import pseudonymise

QUOTA_PER_MINUTE = 12_000


@cache
def database() -> psycopg.Connection:
    return psycopg.connect(
        os.environ["DATABASE_URL"], autocommit=True, connect_timeout=2, options="-c statement_timeout=40"
    )


def history(account_id: str) -> dict:
    found = database().execute(
        "select mean_amount, last_hour, countries from account_history where account = %s", [pseudonymise(account_id)]
    ).fetchone()
    return dict(zip(("mean_amount", "last_hour", "countries"), found, strict=True)) if found else {}


def within_quota(caller: str) -> bool:
    used = database().execute(
        "insert into quota (caller, minute, used) values (%s, date_trunc('minute', now()), 1)"
        " on conflict (caller, minute) do update set used = quota.used + 1 returning used",
        [caller],
    ).fetchone()
    return used[0] <= QUOTA_PER_MINUTE


def keep(payment: dict, decision: dict, caller: str) -> None:
    payment = {**payment, "account_id": pseudonymise(payment["account_id"])}
    database().execute(
        "insert into fraud_scores (payment_id, decided_at, caller, inputs, outcome, score, model_version)"
        " values (%s, now(), %s, %s, %s, %s, %s)",
        [payment["payment_id"], caller, Jsonb(payment), decision["outcome"], decision["score"], decision["model_version"]],
    )
