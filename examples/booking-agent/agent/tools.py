"""What the agent can do in the booking system."""

import os

import httpx

API = os.environ.get("BOOKINGS_URL", "https://bookings.test.tidewater.example.com/api")


def call(method: str, path: str, **body) -> dict:
    headers = {"Authorization": f"Bearer {os.environ['BOOKINGS_TOKEN']}"}
    answer = httpx.request(method, API + path, json=body or None, headers=headers, timeout=10)
    answer.raise_for_status()
    return answer.json()


def find_booking(reference: str) -> dict:
    return call("GET", f"/bookings/{reference}")


def sailings(route: str, day: str) -> dict:
    return call("GET", f"/sailings?route={route}&day={day}")


def move_booking(reference: str, sailing: str) -> dict:
    return call("PATCH", f"/bookings/{reference}", sailing=sailing)


def add_vehicle(reference: str, length_cm: int) -> dict:
    return call("POST", f"/bookings/{reference}/vehicles", length_cm=length_cm)


TOOLS = {tool.__name__: tool for tool in (find_booking, sailings, move_booking, add_vehicle)}
