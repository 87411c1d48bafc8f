"""`make dead-letters`: what the operator sees, and that using it loses nothing and doubles nothing."""

import json
from typing import Any

import msgspec
import pytest

import infra.dead_letters.redrive
from chalicelib.aws.queues import MediaBody, SqsOutboundQueue
from chalicelib.domain.addresses import Channel
from chalicelib.domain.events import MessageReceived
from chalicelib.triggers.queues import _POISON_TRIES
from chalicelib.usecases.ports import EraseMedia, FetchMedia, MakePicture, MediaJob
from infra.dead_letters.__main__ import _age
from infra.dead_letters.letters import Queue
from infra.failure import ShippingError
from tests.operations.conftest import Office
from tests.support.merchant import CARLA, SEATTLE_NUMBER, TWILIO

CANARY = "canary-text"


def event(number: int = 1) -> MessageReceived:
    return MessageReceived(
        connection_id=TWILIO,
        provider_id=f"SM{number:032x}",
        channel=Channel.SMS,
        sender=CARLA,
        recipient=SEATTLE_NUMBER,
        body=f"{CANARY} {number}",
        received_at=1_790_000_000_000,
    )


def dead_answers(office: Office, *texts: str) -> str:
    """Ada's answers in one conversation, which the worker gave up on; the conversation's id."""
    office.cloud.text("Hello")
    (row,) = office.cloud.ask("GET", "/stores/sto-seattle/conversations")["rows"]
    for text in texts:
        office.cloud.ask("POST", f"/conversations/{row['id']}/messages", {"body": text})
    office.cloud.stream()
    office.breaking("messages", lambda: _until_dead(office, "OutboundQueueUrl"))
    assert office.waiting("OutboundDeadLettersUrl") == len(texts)
    return str(row["id"])


def _until_dead(office: Office, key: str) -> None:
    while office.waiting(key):
        office.work(key)


def thread(office: Office, conversation_id: str) -> list[tuple[str, str]]:
    found = office.cloud.ask("GET", f"/conversations/{conversation_id}")["messages"]
    return [(message["body"], message["status"]) for message in found]


def texts_of_carla(office: Office) -> list[str]:
    (row,) = office.cloud.ask("GET", "/stores/sto-seattle/conversations")["rows"]
    return [body for body, _ in thread(office, row["id"])]


def test_the_list_names_queue_kind_age_and_ids_and_nothing_private(office: Office) -> None:
    dead_answers(office, f"{CANARY} of Ada")
    received = office.put_event(event())
    office.put_inbound(f'{{"event":"{CANARY} {CARLA}"}}')
    office.commands.show()
    said = "\n".join(office.said)
    assert [line for line in office.said if not line.startswith(" ")] == ["inbound: 2", "outbound: 1", "stream: 0"]
    assert received in said
    for kind in ("message_received", "unreadable", "message "):
        assert f"  {kind}" in said
    assert [secret for secret in (CANARY, CARLA, CARLA[-7:]) if secret in said] == []


def test_looking_changes_nothing_and_hides_nothing(office: Office) -> None:
    office.put_event(event())
    office.commands.show()
    first, office.said[:] = list(office.said), []
    office.commands.show()
    assert office.said == first


def test_one_letter_is_shown_masked(office: Office) -> None:
    found = office.put_event(event())
    office.commands.inspect(found)
    head, body = office.said[0].split("\n", 1)
    assert head.startswith("inbound message_received, received ")
    shown = json.loads(body)
    assert shown["sender"] == "•••77"
    assert shown["body"] == f"<{len(CANARY) + 2} characters>"
    assert shown["provider_id"] == f"SM{1:032x}"


@pytest.mark.parametrize("body", ["{", '"x"', f'{{"event":{{"type":"{CANARY}"}}}}', "[" * 5000])
def test_an_unreadable_letter_is_shown_by_its_length_only(office: Office, body: str) -> None:
    office.commands.inspect(office.put_inbound(body))
    assert f"<{len(body)} characters" in office.said[0]
    assert CANARY not in office.said[0]


def test_what_is_not_there_is_said_so(office: Office) -> None:
    for command in (office.commands.inspect, office.commands.purge):
        with pytest.raises(ShippingError, match="no dead letter"):
            command("nothing")


def test_events_are_taken_after_a_redrive(office: Office) -> None:
    for number in range(25):
        office.put_event(event(number))
    assert office.commands.redrive(Queue.INBOUND)
    assert office.said[-1] == "inbound: 25 sent on their way again, 0 left"
    _until_dead(office, "InboundQueueUrl")
    assert sorted(texts_of_carla(office)) == sorted(f"{CANARY} {number}" for number in range(25))


MAIL = (
    '{"notificationType":"Received","mail":{"source":"carla@example.test","commonHeaders":{"subject":"canary-text"}}}'
)
TEXT = '{"originationNumber":"+12065550177","messageBody":"canary-text"}'


@pytest.mark.parametrize(("body", "name"), [(MAIL, "Received"), (TEXT, "text"), ('{"eventType":"<b>"}', "text")])
def test_what_a_provider_published_goes_back_to_its_own_queue(office: Office, body: str, name: str) -> None:
    found = office.put_inbound(body)
    office.commands.show()
    office.commands.inspect(found)
    said = "\n".join(office.said)
    assert f"of={name}" in said
    assert [secret for secret in (CANARY, CARLA, "carla@") if secret in said] == []
    office.put_event(event())
    assert office.commands.redrive(Queue.INBOUND)
    assert [entry["Body"] for entry in office.receive("ProviderEventQueueUrl")] == [body]
    assert office.waiting("InboundQueueUrl") == 1
    assert office.waiting("InboundDeadLettersUrl") == 0


@pytest.mark.parametrize(
    ("job", "ids"),
    [
        (FetchMedia("c-1", "m-1"), "conversation=c-1 message=m-1"),
        (EraseMedia("c-1"), "conversation=c-1"),
        (MakePicture("c-1", "u-1"), "conversation=c-1 upload=u-1"),
    ],
)
def test_attachments_go_back_to_their_own_queue(office: Office, job: MediaJob, ids: str) -> None:
    body = msgspec.json.encode(MediaBody(job)).decode()
    found = office.put_inbound(body)
    office.commands.show()
    office.commands.inspect(found)
    assert ids in "\n".join(office.said)
    assert office.commands.redrive(Queue.INBOUND)
    assert [entry["Body"] for entry in office.receive("MediaQueueUrl")] == [body]
    assert office.waiting("InboundDeadLettersUrl") == 0


def test_answers_leave_in_order_after_a_redrive(office: Office) -> None:
    answers = [f"Answer {count}" for count in range(14)]  # more than SQS shows of one conversation at a time
    conversation_id = dead_answers(office, *answers)
    assert office.commands.redrive()
    _until_dead(office, "OutboundQueueUrl")
    assert thread(office, conversation_id)[1:] == [(answer, "sent") for answer in answers]
    assert len(office.cloud.provider.callbacks) == len(answers)


def test_a_second_redrive_finds_nothing_to_do(office: Office) -> None:
    dead_answers(office, "Once")
    office.commands.redrive()
    office.commands.redrive()
    _until_dead(office, "OutboundQueueUrl")
    assert len(office.cloud.provider.callbacks) == 1
    assert "outbound: 0 sent on their way again, 0 left" in office.said


@pytest.mark.parametrize("worked", [True, False], ids=["worked off in between", "still waiting"])
def test_an_interrupted_redrive_is_run_again_without_a_second_effect(office: Office, worked: bool) -> None:
    """Cut off between sending and deleting: the worst moment."""
    dead_answers(office, "Once", "Twice")
    office.put_event(event())
    for _ in range(3):
        office.interrupt_next_delete()
        with pytest.raises(KeyboardInterrupt):
            office.commands.redrive()
        if worked:
            _until_dead(office, "OutboundQueueUrl")
            _until_dead(office, "InboundQueueUrl")
    assert office.commands.redrive()
    _until_dead(office, "OutboundQueueUrl")
    _until_dead(office, "InboundQueueUrl")
    assert sorted(texts_of_carla(office)) == sorted(["Hello", "Once", "Twice", f"{CANARY} 1"])
    assert len(office.cloud.provider.callbacks) == 2
    assert office.waiting("OutboundDeadLettersUrl") + office.waiting("InboundDeadLettersUrl") == 0


def test_a_letter_that_dies_again_can_be_redriven_again(office: Office) -> None:
    """Within the five minutes in which SQS drops what it has seen."""
    dead_answers(office, "At last")
    for _ in range(2):
        office.commands.redrive(Queue.OUTBOUND)
        office.breaking("messages", lambda: _until_dead(office, "OutboundQueueUrl"))
        assert office.waiting("OutboundDeadLettersUrl") == 1
    office.commands.redrive(Queue.OUTBOUND)
    _until_dead(office, "OutboundQueueUrl")
    assert len(office.cloud.provider.callbacks) == 1


def test_an_unreadable_letter_stays_and_holds_up_nobody(office: Office) -> None:
    office.put_inbound("{")
    office.put_event(event(1))
    office.put_inbound("[]")
    office.put_event(event(2))
    assert not office.commands.redrive()
    assert "inbound: 2 sent on their way again, 2 left (2 unreadable: inspect, then purge" in "\n".join(office.said)
    _until_dead(office, "InboundQueueUrl")
    assert len(texts_of_carla(office)) == 2


def test_progress_is_told_on_the_way(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(infra.dead_letters.redrive, "_BETWEEN_REPORTS", 0.0)
    for number in range(25):
        office.put_event(event(number))
    office.commands.redrive(Queue.INBOUND)
    assert [line for line in office.said if "of about 25" in line]


@pytest.mark.parametrize(("answer", "gone"), [("yes", True), ("no", False), ("", False), ("YES!", False)])
def test_a_letter_is_deleted_only_after_a_yes(office: Office, answer: str, gone: bool) -> None:
    doomed, kept = office.put_inbound("{"), office.put_event(event())
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return answer

    assert office.commands.purge(doomed, ask) is gone
    assert asked
    office.said.clear()
    office.commands.show()
    assert (doomed in "\n".join(office.said)) is not gone
    assert kept in "\n".join(office.said)


def test_ages_are_readable() -> None:
    assert [_age(seconds) for seconds in (-1, 5, 61, 7200, 200_000)] == ["0 s", "5 s", "1 min", "2 h", "2 d"]


# --- the stream ---------------------------------------------------------------------------------------------------


def failure(office: Office, records: list[dict[str, Any]], **changes: Any) -> str:
    """As Lambda leaves it for a batch it gave up on."""
    batch = {
        "shardId": "shardId-00000000000000000000-00000000",
        "startSequenceNumber": records[0]["dynamodb"]["SequenceNumber"],
        "endSequenceNumber": records[-1]["dynamodb"]["SequenceNumber"],
        "batchSize": len(records),
        "streamArn": office.stream_arn,
        **changes,
    }
    body = json.dumps({"version": "1.0", "DDBStreamBatchInfo": batch})
    url = office.outputs["FanOutFailuresUrl"]
    return str(office.sqs.send_message(QueueUrl=url, MessageBody=body)["MessageId"])


def forgotten(office: Office) -> str:
    """A stream that is no longer there, as after a day."""
    arn = office.stream_arn.replace("/stream/2", "/stream/1")
    assert arn != office.stream_arn
    return arn


def unsent(office: Office) -> tuple[str, list[dict[str, Any]]]:
    """A conversation with two answers that `fan_out` never saw, and the records that it missed."""
    office.cloud.text("Hello")
    (row,) = office.cloud.ask("GET", "/stores/sto-seattle/conversations")["rows"]
    office.cloud.stream()
    for text in ("One", "Two"):
        office.cloud.ask("POST", f"/conversations/{row['id']}/messages", {"body": text})
    return str(row["id"]), office.cloud.changes("FanOut")


def left(office: Office, conversation_id: str) -> None:
    for _ in range(3):
        office.work("OutboundQueueUrl")
    assert thread(office, conversation_id)[1:] == [("One", "sent"), ("Two", "sent")]
    assert len(office.cloud.provider.callbacks) == 2


def test_missed_records_are_read_from_the_stream_while_it_has_them(office: Office) -> None:
    conversation_id, records = unsent(office)
    failure(office, records)
    assert office.commands.redrive(Queue.STREAM)
    numbers = [record["dynamodb"]["SequenceNumber"] for batch in office.functions.batches for record in batch]
    assert numbers == [record["dynamodb"]["SequenceNumber"] for record in records]
    left(office, conversation_id)


def test_forgotten_records_are_made_up_for_from_the_table(office: Office) -> None:
    conversation_id, records = unsent(office)
    failure(office, records, streamArn=forgotten(office))
    assert office.commands.redrive(Queue.STREAM)
    left(office, conversation_id)


def test_making_up_for_the_stream_twice_sends_nothing_twice(office: Office) -> None:
    conversation_id, records = unsent(office)
    for arn in (office.stream_arn, office.stream_arn, forgotten(office)):
        failure(office, records, streamArn=arn)
        office.commands.redrive(Queue.STREAM)
    left(office, conversation_id)


def test_a_batch_that_fails_again_stays(office: Office) -> None:
    _, records = unsent(office)
    failure(office, records)
    office.functions.broken = True
    assert not office.commands.redrive(Queue.STREAM)
    assert office.said[-1].startswith("stream: 0 sent on their way again, 1 left")
    assert office.waiting("FanOutFailuresUrl") == 1


# --- poison -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("poison", ["{", '{"event":{"type":"from_the_future"},"v":9}', "[" * 5000])
def test_poison_on_inbound_lets_its_neighbours_through_and_dies_alone(office: Office, poison: str) -> None:
    office.send("InboundQueueUrl", poison)
    office.send_event(event(1))
    office.send("InboundQueueUrl", poison)
    office.send_event(event(2))
    office.work("InboundQueueUrl")
    assert len(texts_of_carla(office)) == 2
    _until_dead(office, "InboundQueueUrl")
    assert office.waiting("InboundDeadLettersUrl") == 2


@pytest.mark.parametrize("poison", ["{", '{"message":{},"v":9}', "[" * 5000])
def test_poison_on_outbound_lets_other_conversations_through_at_once(office: Office, poison: str) -> None:
    office.send("OutboundQueueUrl", poison, "another conversation")
    office.cloud.text("Hello")
    (row,) = office.cloud.ask("GET", "/stores/sto-seattle/conversations")["rows"]
    office.cloud.ask("POST", f"/conversations/{row['id']}/messages", {"body": "Not mine to wait for"})
    office.cloud.stream()
    office.work("OutboundQueueUrl")
    assert thread(office, row["id"])[1:] == [("Not mine to wait for", "sent")]


@pytest.mark.parametrize("poison", ["{", '{"message":{},"v":9}'])
def test_poison_on_outbound_is_laid_aside_and_takes_no_neighbour_with_it(office: Office, poison: str) -> None:
    """SQS would count the tries of the whole conversation, and bury its good messages with the bad one."""
    office.cloud.text("Hello")
    (row,) = office.cloud.ask("GET", "/stores/sto-seattle/conversations")["rows"]
    office.send("OutboundQueueUrl", poison, row["id"])
    for text in ("First after", "Second after"):
        office.cloud.ask("POST", f"/conversations/{row['id']}/messages", {"body": text})
    office.cloud.stream()
    for _ in range(_POISON_TRIES):
        assert [status for _, status in thread(office, row["id"])[1:]] == ["queued", "queued"]
        office.work("OutboundQueueUrl")
    assert thread(office, row["id"])[1:] == [("First after", "sent"), ("Second after", "sent")]
    assert office.waiting("OutboundDeadLettersUrl") == 1
    (letter,) = office.receive("OutboundDeadLettersUrl")
    assert letter["MessageAttributes"]["reason"]["StringValue"] in {"DecodeError", "ValidationError"}


def test_while_the_dead_letters_cannot_be_reached_poison_stays_in_the_queue(office: Office) -> None:
    office.cloud.deps.__dict__["outbound"] = SqsOutboundQueue(
        office.outputs["OutboundQueueUrl"], office.outputs["OutboundDeadLettersUrl"] + "-gone"
    )
    office.send("OutboundQueueUrl", "{", "somebody")
    for _ in range(_POISON_TRIES + 1):
        office.work("OutboundQueueUrl")
    assert office.waiting("OutboundQueueUrl") == 1
