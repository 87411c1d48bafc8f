"""Erasing a customer over HTTP: asked for on purpose, and its progress says nothing of whom (X13)."""

import pytest

from tests.api.client import call
from tests.api.story import JSON
from tests.support.world import MIA, SEATTLE, World


def erase(path: str, body: bytes = b'{"confirmed": "cannot_be_undone"}'):  # type: ignore[no-untyped-def]  # an Answer
    return call("POST", f"{path}/customer/erasure", sub=MIA, body=body, headers=JSON)


def test_it_is_begun_and_its_progress_is_listed(world: World) -> None:
    conversation_id = world.talk()
    answer = erase(f"/conversations/{conversation_id}")
    assert (answer.status, answer.json["phase"], answer.json["finished_at"]) == (202, "orders", None)
    (row,) = call("GET", f"/stores/{SEATTLE}/erasures", sub=MIA).json["rows"]
    assert row == answer.json
    assert "Carla" not in answer.text


def test_an_order_without_a_conversation_names_them_as_well(world: World) -> None:
    order = world.order()
    world.change_store(messaging=False)
    assert erase(f"/orders/{order.id}").status == 202


@pytest.mark.parametrize("body", [b"{}", b'{"confirmed": true}', b'{"confirmed": "yes"}', b"[]"])
def test_by_mistake_nobody_is_erased(world: World, body: bytes) -> None:
    assert erase(f"/conversations/{world.talk()}", body).code == "invalid_input"
    assert world.table.erasures == {}
