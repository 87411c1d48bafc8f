"""Queues, stream, schedule and sockets, with events as AWS delivers them."""

from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

import app
from chalicelib.aws.queues import EventBody, MediaBody, MessageBody
from chalicelib.domain.conversations import LIFETIME, Conversation, ConversationState
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import Event
from chalicelib.domain.media import MediaReference, MediaState
from chalicelib.domain.messages import GRACE, FailureReason, Message, MessageStatus
from chalicelib.domain.orders import Order
from chalicelib.store import codec
from chalicelib.triggers.stream import NotTold
from chalicelib.usecases.open_socket import issue_chat_ticket
from chalicelib.usecases.ports import File, MediaUnavailable, SendError, SendUnclear
from tests.api.client import call
from tests.support.reminding import remind
from tests.support.world import ADA, CARLA, DEAN, MIA, SEATTLE, SEATTLE_NUMBER, SHOP, TACOMA_NUMBER, World
from tests.usecases.test_take_provider_event import Postmaster

RECORDED = Path(__file__).parent / "recorded"
LATER = SendError(FailureReason.UNSPECIFIED, retryable=True)


class Context:
    """Of the function: how long it may still run. `times`: what it says at each question, the last for ever."""

    def __init__(self, *times: int) -> None:
        self._times = list(times or (300_000,))

    def get_remaining_time_in_millis(self) -> int:
        return self._times.pop(0) if len(self._times) > 1 else self._times[0]


def records(*bodies: str, groups: list[str] | None = None, tries: int = 1) -> dict[str, Any]:
    """An SQS event; message ids are m-0, m-1, ..."""
    return {
        "Records": [
            {
                "messageId": f"m-{place}",
                "receiptHandle": f"receipt-{place}",
                "body": body,
                "attributes": {
                    "ApproximateReceiveCount": str(tries),
                    "MessageGroupId": groups[place] if groups else "",
                },
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:queue",
                "awsRegion": "us-east-1",
            }
            for place, body in enumerate(bodies)
        ]
    }


def failed(answer: dict[str, Any]) -> list[str]:
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def inbound_body(event: Event) -> str:
    return msgspec.json.encode(EventBody(event)).decode()


def outbound(messages: list[Message], context: Context | None = None, tries: int = 1) -> list[str]:
    """Runs the function on a batch; the ids of the records that come back."""
    bodies = [msgspec.json.encode(MessageBody(message)).decode() for message in messages]
    event = records(*bodies, groups=[message.conversation_id for message in messages], tries=tries)
    return failed(app.outbound(event, context or Context()))


def queued(world: World) -> list[Message]:
    world.fan_out()
    return world.outbound.take()


@pytest.fixture
def two_conversations(world: World) -> tuple[str, str]:
    first = world.talk()
    world.text("Hello", sender=DEAN)
    return first, world.conversation_of(DEAN).id


# --- inbound ------------------------------------------------------------------------------------------------------


def test_waiting_events_are_taken_as_of_when_they_came_in(world: World) -> None:
    conversation_id = world.talk()
    event = world.text_event("late")
    world.clock.advance(3 * 3_600_000)
    assert failed(app.inbound(records(inbound_body(event)), None)) == []
    assert world.thread(conversation_id)[-1].created_at == event.received_at


def test_an_event_that_was_stored_after_all_is_not_stored_twice(world: World) -> None:
    world.talk()
    event = world.text("Hello")
    app.inbound(records(inbound_body(event), inbound_body(event)), None)
    assert world.conversation_of().unread == 1


@pytest.mark.parametrize("poison", ["", "{", "[]", '{"event":{"type":"of_tomorrow"},"v":9}', '{"v":1}', "\x00"])
def test_poison_on_inbound_does_not_block_its_neighbours(world: World, poison: str) -> None:
    good = inbound_body(world.text_event("Hello"))
    assert failed(app.inbound(records(poison, good), None)) == ["m-0"]
    assert world.bodies(world.conversation_of().id) == ["Hello"]
    assert "inbound_failed" in world.log.events()


def test_only_what_the_table_refuses_comes_back(world: World) -> None:
    events = [world.text_event("One"), world.text_event("Two", sender=DEAN)]
    world.table.refuse(1)
    assert failed(app.inbound(records(*map(inbound_body, events)), None)) == ["m-0"]
    assert failed(app.inbound(records(inbound_body(events[0])), None)) == []
    assert world.bodies(world.conversation_of().id) == ["One"]


def test_what_the_table_refuses_is_tried_again_soon_and_then_ever_later(world: World) -> None:
    for tries, pause in ((1, 2000), (3, 8000), (50, 300_000)):
        world.table.refuse(1)
        app.inbound(records(inbound_body(world.text_event("Hello")), tries=tries), None)
        assert world.inbound.pauses == {"receipt-0": pause}


@pytest.mark.parametrize("name", sorted(path.name for path in RECORDED.glob("inbound_*")))
def test_bodies_of_earlier_versions_on_inbound_are_still_read(world: World, name: str) -> None:
    assert failed(app.inbound(records((RECORDED / name).read_text()), None)) == []


def test_what_earlier_versions_wrote_has_its_effect(world: World) -> None:
    app.inbound(records((RECORDED / "inbound_v1_message_received.json").read_text()), None)
    app.inbound(records((RECORDED / "inbound_v1_order_changed.json").read_text()), None)
    assert world.bodies(world.conversation_of().id) == ["Hello\x00 🎉"]
    assert world.orders.find_external(SHOP, "1001") is not None


def test_a_body_with_fields_of_tomorrow_is_read(world: World) -> None:
    body = inbound_body(world.text_event("Hello")).replace('"v":1', '"v":1,"new":{"x":1}')
    assert failed(app.inbound(records(body), None)) == []


# --- provider events ----------------------------------------------------------------------------------------------


def published(*numbers: str) -> list[str]:
    return [f'{{"id":"{place}","to":["{number}"]}}' for place, number in enumerate(numbers)]


@pytest.fixture
def postmaster(world: World) -> None:
    world.channels.published["twilio"] = Postmaster()


@pytest.mark.usefixtures("postmaster")
@pytest.mark.parametrize("poison", ["", "{", "[]", '{"notificationType":"Tomorrow"}', "\x00", "[" * 5000])
def test_poison_among_provider_events_comes_back_alone(world: World, poison: str) -> None:
    answer = app.provider_events(records(poison, *published(SEATTLE_NUMBER)), Context())
    assert failed(answer) == ["m-0"]
    assert world.bodies(world.conversation_of().id) == ["Hello"]
    assert "provider_event_failed" in world.log.events()


@pytest.mark.usefixtures("postmaster")
def test_provider_events_that_the_table_refuses_come_back_ever_later(world: World) -> None:
    for tries, pause in ((1, 2000), (50, 300_000)):
        world.table.refuse(1)
        assert failed(app.provider_events(records(*published(SEATTLE_NUMBER), tries=tries), Context())) == ["m-0"]
        assert world.provider_events.pauses == {"receipt-0": pause}
    assert "provider_event_failed" not in world.log.events()


@pytest.mark.usefixtures("postmaster")
def test_provider_events_for_which_no_time_is_left_come_back_at_once(world: World) -> None:
    answer = app.provider_events(records(*published(SEATTLE_NUMBER, TACOMA_NUMBER)), Context(60_000, 1_000))
    assert failed(answer) == ["m-1"]
    assert world.provider_events.pauses == {}
    assert world.conversation_of().unread == 1


# --- outbound -----------------------------------------------------------------------------------------------------


def test_a_batch_is_delivered_in_order(world: World) -> None:
    conversation_id = world.talk()
    for body in ("one", "two", "three"):
        world.send(conversation_id, body)
    assert outbound(queued(world)) == []
    assert world.channel.to(CARLA)[-3:] == ["one", "two", "three"]


def test_after_one_that_waits_its_conversation_waits_and_others_go_on(
    world: World, two_conversations: tuple[str, str]
) -> None:
    first, second = two_conversations
    world.send(first, "one")
    world.send(second, "other")
    world.send(first, "two")
    messages = sorted(queued(world), key=lambda message: ["one", "other", "two"].index(message.body))
    world.channel.answers = [LATER]
    assert outbound(messages) == ["m-0", "m-2"]
    assert world.channel.to(DEAN) == ["other"]
    assert world.outbound.pauses == {"receipt-0": 2000, "receipt-2": 2000}, "SQS waits for the longest of them"
    assert outbound([messages[0], messages[2]], tries=2) == []
    assert world.channel.to(CARLA)[-2:] == ["one", "two"]


def test_a_failed_message_does_not_hold_up_the_next(world: World) -> None:
    conversation_id = world.talk()
    world.send(conversation_id, "one")
    world.send(conversation_id, "two")
    world.channel.answers = [SendError(FailureReason.REJECTED)]
    assert outbound(queued(world)) == []
    assert world.channel.to(CARLA)[-1] == "two"


def test_when_time_is_short_the_rest_comes_back_untouched(world: World) -> None:
    conversation_id = world.talk()
    messages = [world.send(conversation_id, body) for body in ("one", "two", "three")]
    world.fan_out()
    assert outbound(messages, Context(40_000, 35_000, 34_999)) == ["m-2"]
    assert world.message(messages[2]).status is MessageStatus.QUEUED
    assert outbound([messages[2]]) == []


@pytest.mark.parametrize("poison", ["", "{}", '{"message":{},"v":1}', "[]", '{"v":2}'])
def test_poison_on_outbound_does_not_block_other_conversations(world: World, poison: str) -> None:
    message = world.send(world.talk(), "Hello")
    good = msgspec.json.encode(MessageBody(message)).decode()
    event = records(poison, good, groups=["somewhere", message.conversation_id])
    assert failed(app.outbound(event, Context())) == ["m-0"]
    assert world.channel.to(CARLA)[-1] == "Hello"
    assert "outbound_failed" in world.log.events()


def test_a_refusing_table_brings_the_record_back(world: World) -> None:
    message = world.send(world.talk(), "Hello")
    world.table.refuse(1)
    assert outbound([message]) == ["m-0"]
    assert outbound([message], tries=2) == []
    assert world.channel.to(CARLA).count("Hello") == 1


def test_a_pause_that_cannot_be_set_still_brings_the_record_back(world: World) -> None:
    message = world.send(world.talk(), "Hello")
    world.channel.answers = [LATER]
    world.outbound.postpone = None  # type: ignore[assignment,method-assign]  # fails however it is called
    assert outbound([message]) == ["m-0"]


def test_pauses_grow_with_the_tries_of_the_entry(world: World) -> None:
    message = world.send(world.talk(), "Hello")
    world.channel.answers = [LATER]
    outbound([message], tries=5)
    assert world.outbound.pauses == {"receipt-0": 32_000}


def test_a_refusing_table_is_tried_again_soon(world: World) -> None:
    message = world.send(world.talk(), "Hello")
    world.table.refuse(1)
    outbound([message], tries=3)
    assert world.outbound.pauses == {"receipt-0": 8000}


def test_what_there_was_no_time_for_comes_back_at_once(world: World) -> None:
    message = world.send(world.talk(), "Hello")
    outbound([message], Context(19_999))
    assert world.outbound.pauses == {"receipt-0": 0}


def test_poison_is_laid_aside_after_some_tries_and_its_conversation_goes_on(world: World) -> None:
    message = world.send(world.talk(), "Hello")
    good = msgspec.json.encode(MessageBody(message)).decode()
    groups = [message.conversation_id] * 2
    assert failed(app.outbound(records("{", good, groups=groups, tries=7), Context())) == ["m-0", "m-1"]
    assert failed(app.outbound(records("{", good, groups=groups, tries=8), Context())) == []
    assert world.outbound.laid_aside == [(message.conversation_id, "DecodeError")]
    assert world.channel.to(CARLA)[-1] == "Hello"


def test_poison_that_cannot_be_laid_aside_waits(world: World) -> None:
    world.outbound.failure = Unavailable()
    assert failed(app.outbound(records("{", groups=["c"], tries=8), Context())) == ["m-0"]


def test_bodies_of_earlier_versions_on_outbound_are_still_read(world: World) -> None:
    """The message itself is long gone here: nothing is sent, and nothing comes back."""
    body = (RECORDED / "outbound_v1_message.json").read_text()
    assert failed(app.outbound(records(body, groups=["c"]), Context())) == []
    assert world.channel.sent == []


# --- stream -------------------------------------------------------------------------------------------------------

ROWS: dict[type, Any] = {
    Conversation: partial(codec.conversation_row, shard=0),
    Message: codec.message_row,
    Order: codec.order_row,
}


def stream(world: World) -> dict[str, Any]:
    """What changed in the world, as DynamoDB Streams says it."""
    changes = []
    for number, change in enumerate(world.changes()):
        images = {"SequenceNumber": str(1000 + number), "StreamViewType": "NEW_AND_OLD_IMAGES", "Keys": {}}
        for name, item in (("OldImage", change.old), ("NewImage", change.new)):
            if item is not None:
                images[name] = ROWS[type(item)](item).serialize()
        name = "INSERT" if change.old is None else "REMOVE" if change.new is None else "MODIFY"
        changes.append(
            {
                "eventID": str(number),
                "eventName": name,
                "eventSource": "aws:dynamodb",
                "eventSourceARN": "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/s",
                "awsRegion": "us-east-1",
                "dynamodb": images,
            }
        )
    return {"Records": changes}


def test_what_was_committed_is_queued(world: World) -> None:
    conversation_id = world.start()
    assert failed(app.fan_out(stream(world), None)) == []
    assert world.outbound.messages == world.thread(conversation_id)


def test_a_closed_order_closes_its_conversation_through_the_stream(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order)
    app.fan_out(stream(world), None)
    world.order(updated_at=order.updated_at + 1, closed_at=world.clock.now())
    app.fan_out(stream(world), None)
    assert world.conversation(conversation_id).state is ConversationState.CLOSED


def test_a_batch_that_fails_comes_back_from_its_first_record(world: World) -> None:
    world.start()
    event = stream(world)
    world.outbound.failure = Unavailable()
    assert failed(app.fan_out(event, None)) == ["1000"]
    world.outbound.failure = None
    assert failed(app.fan_out(event, None)) == []
    assert len(world.outbound.messages) == 1


def test_items_of_other_kinds_are_passed_over(world: World) -> None:
    images = {"SequenceNumber": "1", "NewImage": {"pk": {"S": "1#x"}, "sk": {"S": "~"}, "t": {"S": "zz"}}, "Keys": {}}
    event = {"Records": [{"eventID": "1", "eventName": "INSERT", "dynamodb": images}]}
    assert failed(app.fan_out(event, None)) == []
    socket_id = connected(world)
    app.push(event, None)
    assert socket_id not in world.pusher.pushed


def test_what_was_committed_is_told_to_browsers_without_content(world: World) -> None:
    socket_id = connected(world)
    order = world.order()
    conversation_id = world.start(order)
    world.text("a secret")
    assert app.push(stream(world), None) is None
    told = world.pusher.pushed[socket_id]
    assert sorted((activity.type, activity.id) for activity in told) == [
        ("conversation", conversation_id),
        ("order", order.id),
    ]
    assert {activity.store_id for activity in told} == {SEATTLE}
    assert "secret" not in repr(told)
    assert CARLA not in repr(told)


@pytest.mark.parametrize("failure", [Unavailable(), RuntimeError("of ours")])
def test_a_push_that_fails_is_logged_and_counted_without_a_word_of_its_error(
    world: World, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    connected(world)
    world.start()

    def of_store(store_id: str) -> None:
        raise failure

    monkeypatch.setattr(world.sockets, "of_store", of_store)
    with pytest.raises(NotTold) as told:
        app.push(stream(world), None)
    assert (told.value.args, told.value.__suppress_context__) == ((), True)
    assert world.log.events()[-1] == "activity_not_told"


def test_a_record_that_nobody_can_read_is_counted_too(world: World) -> None:
    images = {"SequenceNumber": "1", "NewImage": {"t": {"S": "m"}}, "Keys": {}}
    with pytest.raises(NotTold):
        app.push({"Records": [{"eventID": "1", "eventName": "INSERT", "dynamodb": images}]}, None)
    assert world.log.events()[-1] == "activity_not_told"


# --- sockets ------------------------------------------------------------------------------------------------------


def socket_event(socket_id: str, body: object = None, **fields: Any) -> dict[str, Any]:
    context = {"connectionId": socket_id, "apiId": "api", "stage": "ws", "domainName": "ws.example.test"}
    return {"requestContext": {**context, "routeKey": "$default"}, "body": body, "isBase64Encoded": False, **fields}


@pytest.fixture(autouse=True)
def region(monkeypatch: pytest.MonkeyPatch) -> None:
    """The Lambda runtime always names one."""
    monkeypatch.setenv("AWS_REGION", "us-east-1")


def connected(world: World, sub: str = ADA, socket_id: str = "socket-1") -> str:
    ticket = call("POST", "/me/ticket", sub=sub).json["url"].partition("?ticket=")[2]
    event = socket_event(socket_id, queryStringParameters={"ticket": ticket})
    assert app.websocket_connect(event, None) == {"statusCode": 200}
    return socket_id


@pytest.mark.parametrize(
    "query", [None, {}, {"ticket": ""}, {"ticket": "x"}, {"ticket": "ü"}, {"ticket": "a" * 9000}, {"other": "x"}]
)
def test_a_socket_without_a_good_ticket_is_refused(world: World, query: object) -> None:
    event = socket_event("socket-1", queryStringParameters=query)
    assert app.websocket_connect(event, None) == {"statusCode": 401}
    assert world.table.requests == 0


def test_a_used_or_old_ticket_is_refused(world: World) -> None:
    ticket = call("POST", "/me/ticket", sub=ADA).json["url"].partition("?ticket=")[2]
    event = socket_event("socket-1", queryStringParameters={"ticket": ticket})
    assert app.websocket_connect(event, None) == {"statusCode": 200}
    again = socket_event("socket-2", queryStringParameters={"ticket": ticket})
    assert app.websocket_connect(again, None) == {"statusCode": 401}
    late = call("POST", "/me/ticket", sub=ADA).json["url"].partition("?ticket=")[2]
    world.clock.advance(30_001)
    event = socket_event("socket-3", queryStringParameters={"ticket": late})
    assert app.websocket_connect(event, None) == {"statusCode": 401}


def test_a_ping_is_answered(world: World) -> None:
    socket_id = connected(world)
    assert app.websocket_message(socket_event(socket_id, '{"action":"ping"}'), None) == {"statusCode": 200}
    assert world.pusher.frames[socket_id] == [{"pong": True}]
    assert socket_id in world.table.sockets


@pytest.mark.parametrize(
    "body",
    ["", "ping", "{}", "[]", "null", '{"action":"subscribe"}', '{"action":"ping","x":1}', "x" * 131_072, "ü", None, 7,
     '{"action":["ping"]}', "{" * 250, '{"action":"view"}', '{"action":"view","conversation":"c","doing":"dancing"}',
     '{"action":"view","conversation":7,"doing":"looking"}',
     '{"action":"view","conversation":"c","doing":"gone","to":"x"}',
     '{"action":"view","conversation":"' + "c" * 250 + '","doing":"looking"}'],
    ids=lambda body: repr(body)[:20],
)  # fmt: skip
def test_anything_else_is_answered_with_a_constant_error_and_closed(world: World, body: object) -> None:
    socket_id = connected(world)
    app.websocket_message(socket_event(socket_id, body), None)
    assert world.pusher.frames[socket_id] == [
        {"error": {"code": "invalid_input", "message": "This socket takes pings, and what is viewed."}}
    ]
    assert world.pusher.closed == [socket_id]
    assert socket_id not in world.table.sockets


def test_a_binary_frame_is_closed(world: World) -> None:
    socket_id = connected(world)
    app.websocket_message(socket_event(socket_id, "eyJhY3Rpb24iOiJwaW5nIn0=", isBase64Encoded=True), None)
    assert world.pusher.closed == [socket_id]


def viewing(conversation_id: str, doing: str) -> str:
    return f'{{"action":"view","conversation":"{conversation_id}","doing":"{doing}"}}'


def test_two_who_look_at_the_same_conversation_are_told(world: World) -> None:
    ada, mia, conversation_id = connected(world), connected(world, MIA, "socket-2"), world.talk()
    for socket_id in (ada, mia):
        answer = app.websocket_message(socket_event(socket_id, viewing(conversation_id, "looking")), None)
        assert answer == {"statusCode": 200}
    (told,) = world.pusher.frames[ada]
    assert msgspec.to_builtins(told)["presence"]["conversation_id"] == conversation_id
    assert [person["name"] for person in msgspec.to_builtins(told)["presence"]["people"]] == ["Mia"]


@pytest.mark.parametrize("conversation_id", ["", "c-unknown", "#", "\\u0000", "../x", "é"])
def test_what_does_not_exist_is_answered_by_nothing(world: World, conversation_id: str) -> None:
    socket_id = connected(world)
    app.websocket_message(socket_event(socket_id, viewing(conversation_id, "looking")), None)
    assert (world.pusher.frames, world.pusher.closed) == ({}, [])
    assert world.log.events()[-1] == "presence_refused"


def test_a_table_that_refuses_costs_a_word_and_no_socket(world: World) -> None:
    socket_id, conversation_id = connected(world), world.talk()
    world.table.refuse(1)
    app.websocket_message(socket_event(socket_id, viewing(conversation_id, "looking")), None)
    assert socket_id in world.table.sockets
    assert world.pusher.closed == []


def test_a_customers_socket_has_no_presence(world: World) -> None:
    link = world.open_chat(world.start_chat())
    ada = connected(world)
    token = issue_chat_ticket(link, world).token
    app.websocket_connect(socket_event("guest", queryStringParameters={"ticket": token}), None)
    app.websocket_message(socket_event(ada, viewing(link.conversation_id, "writing")), None)
    assert "guest" not in world.pusher.frames
    app.websocket_message(socket_event("guest", viewing(link.conversation_id, "writing")), None)
    assert world.pusher.closed == ["guest"]
    assert ada not in world.pusher.frames


def test_a_closed_socket_is_forgotten_also_twice(world: World) -> None:
    socket_id = connected(world)
    for _ in range(2):
        assert app.websocket_disconnect(socket_event(socket_id), None) == {"statusCode": 200}
    assert not world.table.sockets


# --- schedule -----------------------------------------------------------------------------------------------------

HOURLY = {
    "version": "0", "account": "0", "region": "us-east-1", "detail": {}, "detail-type": "Scheduled Event",
    "source": "aws.events", "time": "2026-09-21T10:00:00Z", "id": "1", "resources": [],
}  # fmt: skip


def test_the_schedule_sweeps(world: World) -> None:
    world.talk()
    world.clock.advance(LIFETIME)
    assert app.sweep(HOURLY, Context()) == {"expired": 1, "finished": True}
    assert app.sweep(HOURLY, Context()) == {"expired": 0, "finished": True}


def test_a_sweep_with_little_time_left_stops_and_says_so(world: World) -> None:
    world.talk()
    world.clock.advance(LIFETIME)
    assert app.sweep(HOURLY, Context(5_000)) == {"expired": 1, "finished": False}


def test_only_the_local_stack_takes_another_time(world: World) -> None:
    world.talk()
    tomorrow = {**HOURLY, "at": world.clock.now() + LIFETIME}
    assert app.sweep(tomorrow, Context())["expired"] == 0
    world.stage = "local"
    assert app.sweep({**HOURLY, "at": "tomorrow"}, Context())["expired"] == 0
    assert app.sweep(tomorrow, Context())["expired"] == 1


def test_what_is_due_is_worked_off_and_nothing_is_said_when_there_is_none(world: World) -> None:
    nothing = {
        "told": 0,
        "not_told": 0,
        "released": 0,
        "refused": 0,
        "given_back": 0,
        "replies_mailed": 0,
        "found": 0,
        "sent_again": 0,
        "left_to_people": 0,
        "later": 0,
        "reminded": 0,
        "woken": 0,
        "order_pages": 0,
        "bulk_parts": 0,
        "erasing_steps": 0,
        "catalogue_pages": 0,
    }
    assert app.due(HOURLY, Context(120_000)) == {**nothing, "finished": True}
    assert "due_done" not in world.log.events()
    message = world.send(world.talk(), "Hello")
    world.channel.answers = [SendUnclear()]
    world.deliver()
    assert world.message(message).in_doubt
    world.clock.advance(GRACE)
    assert app.due(HOURLY, Context(120_000)) == {**nothing, "left_to_people": 1, "finished": True}
    assert "due_done" in world.log.events()


def test_what_was_to_be_sent_later_is_released_by_the_same_clock(world: World) -> None:
    held = world.hold(world.talk(), world.clock.now() + 60_000)
    assert app.due(HOURLY, Context(120_000))["released"] == 0
    world.clock.set(held.release_at)
    assert app.due(HOURLY, Context(120_000))["released"] == 1
    assert app.due(HOURLY, Context(120_000))["released"] == 0


def test_reminders_are_told_by_the_same_clock_within_its_minute(world: World) -> None:
    one = remind(world, world.talk())
    world.clock.set(one.due_at - 1)
    assert app.due(HOURLY, Context(120_000))["reminded"] == 0
    world.clock.set(one.due_at)
    assert app.due(HOURLY, Context(120_000))["reminded"] == 1
    assert app.due(HOURLY, Context(120_000))["reminded"] == 0


def test_a_run_with_little_time_left_releases_nothing_and_says_so(world: World) -> None:
    held = world.hold(world.talk(), world.clock.now() + 60_000)
    world.clock.set(held.release_at)
    assert app.due(HOURLY, Context(40_000))["finished"] is False
    assert held.id in {each.id for each in world.table.held.values()}


FETCH = '{"job":{"type":"fetch","conversation_id":"c-1","message_id":"m-1"},"v":1}'
ERASE = '{"job":{"type":"erase","conversation_id":"c-1"},"v":1}'


def test_attachments_are_fetched_from_their_queue(world: World) -> None:
    conversation_id = world.talk()
    world.downloads.content["https://media.example/a"] = b"%PDF-1.7"
    world.text("Look", media=(MediaReference(source="https://media.example/a"),))
    world.fan_out()
    bodies = [msgspec.json.encode(MediaBody(job)).decode() for job in world.media_queue.take()]
    assert app.media(records(*bodies), None) == {"batchItemFailures": []}
    assert world.thread(conversation_id)[-1].media[0].state is MediaState.READY
    assert world.media_queue.pauses == {}


def test_what_cannot_be_fetched_comes_back_later_each_time(world: World) -> None:
    world.talk()
    world.downloads.content["https://media.example/a"] = MediaUnavailable()
    world.text("Look", media=(MediaReference(source="https://media.example/a"),))
    world.fan_out()
    (body,) = [msgspec.json.encode(MediaBody(job)).decode() for job in world.media_queue.take()]
    for tries, pause in ((1, 2_000), (4, 16_000)):
        assert failed(app.media(records(body, tries=tries), None)) == ["m-0"]
        assert world.media_queue.pauses == {"receipt-0": pause}


@pytest.mark.parametrize("body", [FETCH, ERASE])
def test_a_job_of_version_one_is_read_for_good(world: World, body: str) -> None:
    world.files.stored["conversations/c-1/m-1-0/file"] = File(content=b"x", content_type="application/pdf")
    assert app.media(records(body), None) == {"batchItemFailures": []}
    assert world.files.stored == {}


def test_a_job_nobody_can_read_goes_back_and_is_told(world: World) -> None:
    assert failed(app.media(records("{}"), None)) == ["m-0"]
    assert world.log.events() == ["media_failed"]
