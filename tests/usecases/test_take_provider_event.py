"""What providers publish to our topic: whose it is, which of our addresses it names, and that it happens once."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.errors import InvalidInput, Unavailable
from chalicelib.domain.events import DeliveryReported, Event, Ignored, MessageReceived
from chalicelib.domain.messages import MessageStatus
from chalicelib.usecases.deliver_message import reference_purpose
from chalicelib.usecases.ports import Publication, Published
from chalicelib.usecases.take_provider_event import take_provider_event
from tests.support.world import (
    CARLA,
    FOREIGN_NUMBER,
    OTHER_TWILIO,
    SEATTLE_NUMBER,
    TACOMA_NUMBER,
    TWILIO,
    World,
)


class Postmaster:
    """A provider whose events name their addresses in `to`, and whose texts have an id, or a reference of ours."""

    def addressed(self, published: Published) -> Sequence[tuple[Channel, Address]] | None:
        found = published.get("to")
        return None if found is None else [(Channel.SMS, Address(each)) for each in found]

    def reference(self, published: Published) -> str:
        return str(published.get("reference", ""))

    def stored(self, published: Published) -> tuple[str, str] | None:
        return ("mails", published["key"]) if "key" in published else None

    def parse_published(self, publication: Publication) -> list[Event]:
        published, proxy, connection = publication.published, publication.proxy, publication.connection
        if publication.ref is not None:
            return [
                DeliveryReported(
                    connection_id=connection.id,
                    ref=publication.ref,
                    provider_id="p-1",
                    status=MessageStatus.DELIVERED,
                )
            ]
        if "id" not in published:
            return [Ignored(kind="nothing")]
        body = "Hello" if publication.content is None else publication.content.decode()
        return [
            MessageReceived(
                connection_id=connection.id,
                provider_id=f"{published['id']}/{proxy.address}",
                channel=Channel.SMS,
                sender=CARLA,
                recipient=proxy.address,
                body=body,
                received_at=publication.now,
            )
        ]


@pytest.fixture
def world() -> World:
    made = World()
    made.channels.published["twilio"] = Postmaster()
    return made


def publish(world: World, **fields: Any) -> None:
    take_provider_event(json.dumps(fields), world)


def test_the_named_address_leads_to_the_connection_and_a_repeat_has_no_effect(world: World) -> None:
    for _ in range(2):
        publish(world, id="1", to=[SEATTLE_NUMBER])
    conversation = world.conversation_of()
    assert world.bodies(conversation.id) == ["Hello"]
    assert conversation.connection_id == TWILIO


def test_each_of_several_addresses_gets_its_own_also_of_different_merchants(world: World) -> None:
    publish(world, id="1", to=[SEATTLE_NUMBER, TACOMA_NUMBER, FOREIGN_NUMBER, "+12065550000", SEATTLE_NUMBER])
    for number, connection in ((SEATTLE_NUMBER, TWILIO), (TACOMA_NUMBER, TWILIO), (FOREIGN_NUMBER, OTHER_TWILIO)):
        conversation = world.conversation_of(number=number)
        assert (conversation.connection_id, conversation.unread) == (connection, 1)
    assert world.reasons() == []


def test_what_names_nobody_of_ours_is_recorded_once(world: World) -> None:
    for _ in range(2):
        publish(world, id="1", to=["+12065550000"])
    assert world.reasons() == ["unknown_number"]


def test_a_number_of_another_provider_is_none_of_ours(world: World) -> None:
    world.change_connection(TWILIO, provider="vonage")
    publish(world, id="1", to=[SEATTLE_NUMBER])
    assert world.reasons() == ["unknown_number"]


def test_an_address_whose_connection_is_another_merchants_is_unreachable(world: World) -> None:
    proxy = world.directory.proxy(Channel.SMS, SEATTLE_NUMBER)
    assert proxy is not None
    world.setup.put_proxy(replace(proxy, connection_id=OTHER_TWILIO))
    publish(world, id="1", to=[SEATTLE_NUMBER])
    assert world.reasons() == ["unknown_number"]
    assert world.log.events() == ["provider_event_rejected"], "before anything of it is parsed"


def signed(world: World, connection_id: str, value: object) -> str:
    return world.references.sign(reference_purpose(connection_id), value, now=world.clock.now())


def test_our_signed_reference_says_which_message_it_is_about(world: World) -> None:
    sent = world.thread(world.talk())[0]
    reference = signed(world, TWILIO, [sent.conversation_id, sent.id, 1])
    publish(world, to=[SEATTLE_NUMBER], reference=reference)
    assert world.message(sent).status is MessageStatus.DELIVERED


def test_a_reference_of_another_connection_a_forged_or_a_strange_one_counts_for_nothing(world: World) -> None:
    sent = world.thread(world.talk())[0]
    foreign = signed(world, OTHER_TWILIO, [sent.conversation_id, sent.id, 1])
    strange = signed(world, TWILIO, "something")
    for reference in (foreign, strange, "forged"):
        publish(world, to=[SEATTLE_NUMBER], reference=reference)
    assert world.message(sent).status is MessageStatus.SENT


def test_what_the_provider_stored_along_with_it_is_handed_over_and_waited_for(world: World) -> None:
    world.mails.kept["inbound/1"] = b"Hello from the bucket"
    publish(world, id="1", to=[SEATTLE_NUMBER], key="inbound/1")
    assert world.bodies(world.conversation_of().id) == ["Hello from the bucket"]
    with pytest.raises(InvalidInput):
        publish(world, id="2", to=[SEATTLE_NUMBER], key="inbound/none")


def test_what_was_stored_for_nothing_is_recorded(world: World) -> None:
    world.mails.kept["inbound/1"] = b"x"
    publish(world, to=[SEATTLE_NUMBER], key="inbound/1")
    publish(world, to=[SEATTLE_NUMBER])
    assert world.reasons() == ["nothing"]


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "null", "[" * 5000, "\ud800", '{"id":"1"}'])
def test_what_nobody_of_ours_publishes_is_refused(world: World, body: str) -> None:
    with pytest.raises(InvalidInput):
        take_provider_event(body, world)


def test_what_aws_says_when_the_topic_is_set_up_is_ignored(world: World) -> None:
    take_provider_event("Successfully validated SNS topic for Amazon SES event publishing.", world)
    assert world.log.events() == ["provider_event_ignored"]


def test_what_the_table_refuses_is_for_the_queue_to_repeat(world: World) -> None:
    world.table.refuse(1)
    with pytest.raises(Unavailable):
        publish(world, id="1", to=[SEATTLE_NUMBER])
    publish(world, id="1", to=[SEATTLE_NUMBER])
    assert world.conversation_of().unread == 1
