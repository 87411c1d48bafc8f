"""Erasing a customer over HTTP, and having everything of them in a file (X13)."""

import json

import pytest
from msgspec.structs import replace

from chalicelib.domain.mail import Mail
from tests.api.client import as_json, call
from tests.api.story import JSON, Objects
from tests.support.world import CARLA, MIA, SEATTLE, World


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


def export(path: str, cursor: str | None = None, sub: str = MIA):  # type: ignore[no-untyped-def]  # an Answer
    return call("POST", f"{path}/customer/export", sub=sub, body=as_json({"cursor": cursor}), headers=JSON)


def test_a_file_has_real_addresses_and_links_to_what_came_along(world: World) -> None:
    objects = Objects(world)
    talk = f"/conversations/{objects.ids['conversation_id']}"
    call("PUT", f"{talk}/tags", sub=MIA, body=as_json({"add": ["VIP"], "remove": []}), headers=JSON)
    answer = export(talk)
    records = answer.json["records"]
    assert (answer.status, answer.json["next"], answer.json["format"]) == (200, None, 1)
    assert (answer.json["conversations"], answer.json["orders"]) == (len(records["conversations"]), 1)
    assert CARLA in records["customers"][0]["phones"]
    assert records["customers"][0]["tags"] == ["VIP"]
    [attachment] = [each for message in records["messages"] for each in message["attachments"]]
    assert attachment["url"].startswith("https://")
    assert attachment["key"] in attachment["url"]
    assert [line["title"] for order in records["orders"] for line in order["lines"]] == ["Boots"]
    assert len(records["held"]) == len(records["carts"]) == 1
    assert {note["kind"] for note in records["notes"]} == {"customer", "order"}
    assert "seed" not in answer.text


def test_the_log_says_by_what_it_was_asked_for(world: World) -> None:
    order = world.order()
    assert export(f"/orders/{order.id}").status == 200
    entry = call("GET", f"/stores/{SEATTLE}/audit", sub=MIA).json["rows"][0]
    assert (entry["act"], entry["about_id"], entry["conversation_id"]) == ("customer_exported", order.id, "")


def test_what_providers_and_workers_need_is_not_in_the_file(world: World) -> None:
    """Nor what opens a chat or an invitation."""
    conversation_id = world.talk()
    text = export(f"/conversations/{conversation_id}").text
    for name in ("lease", "provider_id", "seed", "attempt", "merchant_id"):
        assert name not in text


def test_the_largest_page_is_far_below_what_lambda_can_answer(world: World) -> None:
    """Its answer is JSON in JSON: each quote of a text takes four bytes."""
    conversation_id = world.talk()
    for message in [world.send(conversation_id, '"' * 1600) for _ in range(400)]:
        quoted = replace(world.message(message), mail=Mail(subject="s", folded='"' * 10_000))
        world.table.messages[message.conversation_id, message.id] = quoted
    cursor, sizes = None, []
    while True:
        answer = export(f"/conversations/{conversation_id}", cursor)
        sizes.append(len(json.dumps({"body": answer.text})))
        cursor = answer.json["next"]
        if cursor is None:
            break
    assert len(sizes) > 5
    assert max(sizes) < 5_000_000


@pytest.mark.parametrize("body", [b"{}", b'{"cursor": 1}', b'{"cursor": "x"}', b'{"cursor": ""}', b"[]", b"null"])
def test_without_a_good_cursor_there_is_no_file(world: World, body: bytes) -> None:
    path = f"/conversations/{world.talk()}/customer/export"
    assert call("POST", path, sub=MIA, body=body, headers=JSON).code == "invalid_input"
