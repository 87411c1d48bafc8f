"""Templates over HTTP, and what the app is told of the 24 hours (X9)."""

from typing import Any

import pytest

from chalicelib.domain.message_templates import MessageTemplate
from tests.api.client import JSON, KEY, Answer, as_json, call
from tests.api.webhook_senders import from_meta, meta_batch, meta_message
from tests.fakes.outside import START
from tests.support.world import DAY, META, WHATSAPP_NUMBER, World

READY = MessageTemplate(name="ready", language="en_US", body="Hi {{1}}, {{2}} is ready.")


@pytest.fixture
def talk(world: World) -> str:
    world.change_connection(META, templates=(READY,))
    assert from_meta(meta_batch(meta_message("Hello there"))).status == 200
    return world.conversation_of(number=WHATSAPP_NUMBER).id


def choose(conversation_id: str, headers: dict[str, str] | None = None, **changed: Any) -> Answer:
    given = {"name": "ready", "language": "en_US", "values": ["Carla", "#1001"], **changed}
    body = as_json({name: value for name, value in given.items() if value is not None})
    path = f"/conversations/{conversation_id}/templates"
    return call("POST", path, sub="ada", body=body, headers={**JSON, **KEY, **(headers or {})})


def test_the_app_knows_until_when_it_may_write_freely(world: World, talk: str) -> None:
    assert call("GET", f"/conversations/{talk}", sub="ada").json["conversation"]["free_until"] == START + DAY
    texting = call("GET", f"/conversations/{world.talk()}", sub="ada").json["conversation"]
    assert texting["free_until"] is None


def test_templates_are_listed_with_what_they_take(world: World, talk: str) -> None:
    rows = call("GET", f"/conversations/{talk}/templates", sub="ada").json["rows"]
    assert rows == [{"name": "ready", "language": "en_US", "body": READY.body, "placeholders": 2}]


def test_a_template_is_accepted_filled_in(world: World, talk: str) -> None:
    world.clock.advance(DAY)
    answer = choose(talk)
    assert (answer.status, answer.json["body"]) == (201, "Hi Carla, #1001 is ready.")
    assert (answer.json["template"], answer.json["status"]) == (True, "queued")
    assert choose(talk).json["id"] == answer.json["id"]


def test_a_text_after_the_window_is_409(world: World, talk: str) -> None:
    world.clock.advance(DAY)
    body, headers = as_json({"body": "Hello?"}), {**JSON, **KEY}
    answer = call("POST", f"/conversations/{talk}/messages", sub="ada", body=body, headers=headers)
    assert (answer.status, answer.code) == (409, "window_closed")


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "other"}, {"name": None}, {"name": ""}, {"name": 7}, {"name": "x" * 513}, {"language": "de"},
        {"language": None}, {"values": []}, {"values": ["a"]}, {"values": ["a", ""]}, {"values": ["a", "b", "c"]},
        {"values": ["a", "b\\n"]}, {"values": ["a", 7]}, {"values": "ab"}, {"values": ["a", "x" * 201]},
        {"values": ["a"] * 21}, {"values": ["{{1}}", "b"]}, {"other": 1},
    ],
    ids=str,
)  # fmt: skip
def test_bad_templates_are_400_and_change_nothing(world: World, talk: str, changed: dict[str, Any]) -> None:
    if changed.get("values") == ["a", "b\\n"]:
        changed = {"values": ["a", "b\n"]}
    before = len(world.table.messages)
    answer = choose(talk, **changed)
    assert (answer.status, answer.code) == (400, "invalid_input")
    assert len(world.table.messages) == before


def test_a_template_needs_a_key(world: World, talk: str) -> None:
    body = as_json({"name": "ready", "language": "en_US", "values": ["a", "b"]})
    assert call("POST", f"/conversations/{talk}/templates", sub="ada", body=body, headers=JSON).status == 400


def test_what_a_customer_answers_is_named_where_it_is_on_the_page(world: World, talk: str) -> None:
    """By our id: the provider's are nobody's business."""
    mine = world.send(talk, "Good morning")
    world.deliver()
    quoted = world.message(mine).provider_id
    from_meta(meta_batch(meta_message("Morning!", id="wamid.2", context={"id": quoted})))
    from_meta(meta_batch(meta_message("And this?", id="wamid.3", context={"id": "wamid.long-ago"})))
    answer = call("GET", f"/conversations/{talk}", sub="ada")
    assert [each["quotes"] for each in answer.json["messages"]] == [None, None, mine.id, None]
    assert "wamid" not in answer.text
    assert quoted not in answer.text
