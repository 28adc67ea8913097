import httpx
import pytest
import respx

from agent import schema, tools


@pytest.fixture(autouse=True)
def token(monkeypatch):
    monkeypatch.setenv("BOOKINGS_TOKEN", "t")


@respx.mock
def test_moving_a_booking_names_the_sailing():
    route = respx.patch(f"{tools.API}/bookings/TF-1").mock(return_value=httpx.Response(200, json={"sailing": "S9"}))
    assert tools.move_booking("TF-1", "S9") == {"sailing": "S9"}
    assert route.calls[0].request.content == b'{"sailing":"S9"}'


@respx.mock
def test_an_unknown_booking_is_an_error():
    respx.get(f"{tools.API}/bookings/TF-2").mock(return_value=httpx.Response(404))
    with pytest.raises(httpx.HTTPStatusError):
        tools.find_booking("TF-2")


def test_every_tool_is_described_with_its_parameters():
    told = {entry["function"]["name"]: entry["function"]["parameters"]["required"] for entry in schema.described()}
    assert told["add_vehicle"] == ["reference", "length_cm"]
    assert set(told) == set(tools.TOOLS)
