"""locust -f load/locustfile.py --host https://fraud.staging.northwater.example.com -u 400 -r 20 -t 20m --csv load"""

import os
import random
from datetime import datetime, timezone

from locust import HttpUser, constant_throughput, task


class Checkout(HttpUser):
    wait_time = constant_throughput(1)

    def on_start(self):
        self.client.headers["Authorization"] = f"Bearer {os.environ['LOAD_TOKEN']}"

    @task
    def pay(self):
        payment = {
            "payment_id": f"load-{random.getrandbits(48):012x}",
            "account_id": f"acc-{random.randint(0, 900_000):08d}",
            "at": datetime.now(timezone.utc).isoformat(),
            "amount": round(random.lognormvariate(3.4, 1.1) + 0.01, 2),
            "merchant_category": random.choice([5411, 5812, 5999, 4111]),
            "country": random.choice(["DE", "DE", "DE", "FR", "NL"]),
        }
        with self.client.post("/v2/decisions", json=payment, catch_response=True) as answer:
            if answer.ok and answer.json()["by"] != "model":
                answer.failure("limits decided")
