"""Templates and quick replies over HTTP (L8, L15, N15, X20)."""

from typing import Any

from chalicelib.usecases.send_automatic_texts import send_automatic_texts
from tests.api.client import JSON, Answer, as_json, call
from tests.support.world import ADA, MIA, SEATTLE, World

PATH = f"/stores/{SEATTLE}/templates"


def put(template_id: str, **fields: Any) -> Answer:
    known: dict[str, Any] = {
        "kind": "custom", "name": "Ready", "texts": {"en": "Hi [[firstname]], bye"}, "revision": 0,
    }  # fmt: skip
    return call("PUT", f"{PATH}/{template_id}", sub=MIA, body=as_json({**known, **fields}), headers=JSON)


def listed(template_id: str) -> Any:
    rows = call("GET", PATH, sub=ADA).json["rows"]
    return next((each for each in rows if each["id"] == template_id), None)


def test_a_template_is_made_changed_switched_off_and_deleted(world: World) -> None:
    made = put("t-1").json
    assert (made["revision"], made["active"], listed("t-1")) == (1, True, made)
    off = put("t-1", active=False, revision=1).json
    assert (off["active"], off["revision"]) == (False, 2)
    assert call("DELETE", f"{PATH}/t-1", sub=MIA).status == 204
    assert listed("t-1") is None


def test_the_answer_says_where_a_text_is_wrong_and_what_was_meant(world: World) -> None:
    answer = put("t-1", texts={"en": "Hi [[fristname]]"})
    assert (answer.status, answer.code) == (400, "invalid_input")
    assert answer.json["error"]["details"] == {
        "field": "texts.en", "problem": "unknown", "at": 3, "token": "fristname", "nearest": "firstname",
    }  # fmt: skip


def test_who_has_seen_an_older_one_is_told_so(world: World) -> None:
    put("t-1")
    put("t-1", name="Other", revision=1)
    assert put("t-1", name="Third", revision=1).code == "changed_meanwhile"


def test_the_list_says_what_screens_need(world: World) -> None:
    found = call("GET", PATH, sub=ADA).json
    assert (found["automatic"], found["language"], found["languages"][0]) == (False, "en", "en")
    assert "order.number" in found["tokens"]


def test_a_preview_has_the_words_the_marks_and_the_parts(world: World) -> None:
    world.order()
    body = as_json({"text": "Hi [[firstname]] [[x]] ж"})
    answer = call("POST", f"/stores/{SEATTLE}/template-preview", sub=MIA, body=body, headers=JSON).json
    assert answer == {
        "text": "Hi Carla [[x]] ж", "missing": [], "segments": 1, "encoding": "ucs-2", "order_number": "#1001",
        "problems": [{"kind": "unknown", "start": 17, "end": 22, "name": "x", "nearest": None}],
    }  # fmt: skip


def test_texts_are_ready_for_a_conversation_and_for_an_order(world: World) -> None:
    put("t-1")
    order = world.order()
    conversation_id = world.start(order)
    row = {
        "id": "t-1", "kind": "custom", "name": "Ready", "language": "en", "text": "Hi Carla, bye", "missing": [],
    }  # fmt: skip
    assert call("GET", f"/conversations/{conversation_id}/texts", sub=ADA).json["rows"] == [row]
    assert call("GET", f"/orders/{order.id}/texts", sub=ADA).json["rows"] == [row]


def test_an_order_says_what_its_customer_was_told(world: World) -> None:
    world.change_store(automatic_texts=True)
    order = world.order()
    path = f"/orders/{order.id}/automatic-texts"
    waiting = {
        "event": "order_placed", "made_at": world.clock.now(), "state": "waiting", "not_sent": None,
        "due_at": world.clock.now(), "settled_at": None,
        "conversation_id": None, "status": None, "failure": None,
    }  # fmt: skip
    assert call("GET", path, sub=ADA).json == {"rows": [waiting], "automatic": True}
    now = world.clock.now()
    send_automatic_texts(now, now + 60_000, world)
    conversation_id = world.conversation_of().id
    row = {**waiting, "state": "sent", "status": "queued", "conversation_id": conversation_id, "settled_at": now}
    assert call("GET", path, sub=ADA).json["rows"] == [row]
    (message,) = call("GET", f"/conversations/{conversation_id}", sub=ADA).json["messages"]
    assert (message["kind"], message["event"]) == ("automatic", "order_placed")


def test_an_order_says_what_the_merchants_phone_was_told_and_leads_to_no_conversation(world: World) -> None:
    world.change_store(merchant_phone="+12065550155")
    order = world.order()
    now = world.clock.now()
    send_automatic_texts(now, now + 60_000, world)
    answer = call("GET", f"/orders/{order.id}/automatic-texts", sub=ADA)
    (row,) = answer.json["rows"]
    assert (row["event"], row["state"], row["status"]) == ("merchant_order_placed", "sent", "queued")
    assert row["conversation_id"] is None
    assert "0155" not in str(answer.json)
    text = next(iter(world.table.automatic.values()))
    assert call("GET", f"/conversations/{text.conversation_id}", sub=ADA).status == 404


def test_templates_say_whom_they_text(world: World) -> None:
    assert listed("merchant_order_paid")["audience"] == "merchant"
    assert listed("order_paid")["audience"] == "customer"
    told = [call("GET", f"/stores/{SEATTLE}/templates", sub=ADA).json["merchant_told"]]
    world.change_store(merchant_phone="+12065550155")
    told.append(call("GET", f"/stores/{SEATTLE}/templates", sub=ADA).json["merchant_told"])
    assert told == [False, True]


def test_the_merchants_phone_is_set_by_managers_and_said_back(world: World) -> None:
    path = f"/stores/{SEATTLE}/merchant-phone"
    assert call("GET", path, sub=MIA).json == {"phone": None, "opted_out": False}

    def say(phone: str | None, was: str | None) -> Answer:
        return call("PUT", path, sub=MIA, body=as_json({"phone": phone, "phone_was": was}), headers=JSON)

    assert say("(206) 555-0155", None).json == {"phone": "+12065550155", "opted_out": False}
    refused = say("12", "+12065550155")
    assert (refused.status, refused.json["error"]["details"]["problem"]) == (400, "number")
    assert say(None, None).status == 409
