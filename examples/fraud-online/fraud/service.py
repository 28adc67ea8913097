"""The scoring service. If the model cannot answer, fixed limits decide, and the answer says so."""

import logging
import os
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Literal

import jwt
import mlflow.lightgbm
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from openfeature import api as flags
from prometheus_client import Counter, Histogram, make_asgi_app
from pydantic import BaseModel, Field

from fraud import store
from fraud.features import features

log = logging.getLogger("fraud")
DECISIONS = Counter("fraud_decisions_total", "Decisions by outcome and by who made them", ["outcome", "by"])
SCORES = Histogram("fraud_score", "Scores of the model", buckets=[0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99])
SECONDS = Histogram("fraud_seconds", "Time for one decision", buckets=[0.01, 0.02, 0.05, 0.08, 0.12, 0.2, 0.5])
LIMIT_WITHOUT_MODEL = 800.0


class Payment(BaseModel):
    payment_id: str = Field(min_length=8, max_length=64)
    account_id: str = Field(min_length=8, max_length=64)
    at: datetime
    amount: float = Field(gt=0, le=50_000)
    merchant_category: int = Field(ge=0, le=9999)
    country: str = Field(pattern="^[A-Z]{2}$")


class Decision(BaseModel):
    payment_id: str
    outcome: Literal["pass", "hold"]
    score: float | None
    by: Literal["model", "limits"]
    model_version: str | None


loaded: dict = {}


@asynccontextmanager
async def lifespan(app: FastAPI):
    version = os.environ["MODEL_VERSION"]
    loaded.update(model=mlflow.lightgbm.load_model(f"models:/fraud-gbm/{version}"), version=version)
    yield


app = FastAPI(title="Fraud scoring", version="2.3.0", lifespan=lifespan)
app.mount("/metrics", make_asgi_app())
bearer = HTTPBearer()


def caller(token: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> str:
    try:
        claims = jwt.decode(
            token.credentials, os.environ["JWT_PUBLIC_KEY"], algorithms=["RS256"], audience="fraud-scoring"
        )
    except jwt.PyJWTError:
        raise HTTPException(401, "the token is not valid") from None
    if not store.within_quota(claims["sub"]):
        raise HTTPException(429, "too many requests", headers={"Retry-After": "1"})
    return claims["sub"]


@app.post("/v2/decisions")
def decide(payment: Payment, who: Annotated[str, Depends(caller)]) -> Decision:
    with SECONDS.time():
        decision = by_limits(payment)
        if flags.get_client().get_boolean_value("fraud-model", True):
            try:
                decision = by_model(payment)
            except Exception:
                log.exception("model failed, limits decide", extra={"payment": payment.payment_id})
    DECISIONS.labels(decision.outcome, decision.by).inc()
    store.keep(payment.model_dump(mode="json"), decision.model_dump(), who)
    return decision


def by_model(payment: Payment) -> Decision:
    row = features(payment.model_dump(), store.history(payment.account_id))
    score = float(loaded["model"].predict_proba([row])[0, 1])
    SCORES.observe(score)
    outcome = "hold" if score >= float(os.environ["THRESHOLD"]) else "pass"
    return Decision(
        payment_id=payment.payment_id, outcome=outcome, score=score, by="model", model_version=loaded["version"]
    )


def by_limits(payment: Payment) -> Decision:
    outcome = "hold" if payment.amount > LIMIT_WITHOUT_MODEL else "pass"
    return Decision(payment_id=payment.payment_id, outcome=outcome, score=None, by="limits", model_version=None)


@app.get("/ready")
def ready() -> dict[str, str]:
    if "model" not in loaded:
        raise HTTPException(503, "the model is not loaded")
    return {"model_version": loaded["version"]}
