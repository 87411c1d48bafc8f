"""A small merchant with everything a use case may ask for: `World` implements ports.Deps with fakes that remember.

Two stores of one merchant, one store of another; a Twilio account and a Shopify shop; five associates.
"""

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import channels, shops
from chalicelib.circuits import ProcessCircuits
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.consent import ConsentKey, ConsentState
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import InvalidInput, Unavailable
from chalicelib.domain.events import Event, MessageReceived, OrderChanged, ShopCustomer
from chalicelib.domain.held import Held
from chalicelib.domain.merchants import ChatLinkSetting, Connection, Permission
from chalicelib.domain.messages import Message
from chalicelib.domain.orders import Fulfilment, Order, OrderLine, Payment
from chalicelib.domain.uploads import Draft, draft_of
from chalicelib.signing import SignedReplyTokens
from chalicelib.usecases.apply_order_event import apply_order_event
from chalicelib.usecases.deliver_message import deliver_message
from chalicelib.usecases.fan_out import fan_out
from chalicelib.usecases.open_chat_link import open_chat_link, session_of
from chalicelib.usecases.ports import Change, Downloads, File, Http, MessageChannel, OutgoingText, Publishes, Sent
from chalicelib.usecases.receive_message import receive_message
from chalicelib.usecases.send_message import SendCommand, send_message
from chalicelib.usecases.start_conversation import StartCommand, start_conversation
from chalicelib.usecases.take_media_job import take_media_job
from chalicelib.usecases.upload_picture import CONTENT_TYPE, check_upload, offer_place
from chalicelib.usecases.write_in_chat import ChatCommand, write_in_chat
from chalicelib.words import ProcessWords
from tests.fakes.automatic_texts import FakeAutomaticTexts
from tests.fakes.bulk import FakeBulks
from tests.fakes.carts import FakeCarts
from tests.fakes.credits import FakeCredits, FakePayments
from tests.fakes.devices import FakeDevices, FakePushServices
from tests.fakes.erasures import FakeErasures, FakePersonalData
from tests.fakes.exports import FakeCustomerFiles
from tests.fakes.held import FakeHeld
from tests.fakes.http import FakeHttp
from tests.fakes.media import FakeDownloads, FakeFiles, FakeMediaQueue, FakePictures, FakeUploads
from tests.fakes.notes import FakeNotes
from tests.fakes.outside import START, FakeClock, FakeIds, FakeLog, FakePusher, FakeQueue, FakeReferences
from tests.fakes.privacy_requests import FakePrivacyRequests
from tests.fakes.product_links import FakeProductLinks
from tests.fakes.products import FakeCatalogueRuns, FakeOrderRuns, FakeProducts, FakeShelves
from tests.fakes.reminders import FakeReminders
from tests.fakes.sales import FakeSales
from tests.fakes.shop_side import (
    FakeAbsences,
    FakeAttempts,
    FakeChatLinks,
    FakeCustomers,
    FakeDirectory,
    FakeInvites,
    FakeOrders,
    FakeProxyChanges,
    FakeSetup,
    FakeSockets,
    FakeStoreChanges,
    FakeTransfers,
)
from tests.fakes.store import FakeAssignments, FakeAudit, FakeConsents, FakeConversations, FakeMessages, FakeRejections
from tests.fakes.table import FakeTable
from tests.fakes.templates import FakeTemplates
from tests.fakes.unanswered import FakeUnanswered
from tests.fakes.unread_replies import FakeUnreadReplies
from tests.support.merchant import (
    ADA,
    ALL,
    BOB,
    CARLA,
    DAY,
    DEAN,
    EVE,
    FOREIGN,
    FOREIGN_NUMBER,
    FOREIGN_WHATSAPP,
    HOUR,
    MERCHANT,
    META,
    MIA,
    NOBODY,
    OTHER_MERCHANT,
    OTHER_META,
    OTHER_SHOP,
    OTHER_TWILIO,
    OTHER_VONAGE,
    SEATTLE,
    SEATTLE_NUMBER,
    SHOP,
    TACOMA,
    TACOMA_NUMBER,
    TWILIO,
    VONAGE,
    VONAGE_NUMBER,
    WHATSAPP_NUMBER,
    ZOE,
    furnish,
)

__all__ = [
    "ADA", "ALL", "BOB", "CARLA", "DAY", "DEAN", "EVE", "FOREIGN", "FOREIGN_NUMBER", "FOREIGN_WHATSAPP",
    "HOUR", "MERCHANT", "META", "MIA",
    "NOBODY", "OTHER_MERCHANT", "OTHER_META", "OTHER_SHOP", "OTHER_TWILIO", "OTHER_VONAGE", "SEATTLE", "SEATTLE_NUMBER",
    "SHOP",
    "TACOMA", "TACOMA_NUMBER", "TWILIO", "VONAGE", "VONAGE_NUMBER", "WHATSAPP_NUMBER", "ZOE", "FakeChannel", "World",
]  # fmt: skip


def token_in(text: str) -> str:
    """Of the chat link in it."""
    found = re.search(r"https://talk\.example\.test/chat#([0-9A-Za-z]+)", text)
    assert found, text
    return found[1]


class CountingTable(FakeTable):
    """Counts the requests, so that a test can say: none."""

    def __init__(self) -> None:
        super().__init__()
        self.requests = 0

    def request(self) -> None:
        self.requests += 1
        super().request()


class FakeChannel:
    """A provider that takes everything, unless `answers` says otherwise. `sent` remembers what it was handed."""

    def __init__(self) -> None:
        self.sent: list[OutgoingText] = []
        self.carries_pictures = True
        self.answers: list[Exception | Callable[[], None]] = []
        """Per send: an exception to raise, or something that happens during the send."""
        self.up = True

    def send(self, text: OutgoingText, connection: Connection, secrets: dict[str, str], http: Http) -> Sent:
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        if answer is not None:
            answer()
        self.sent.append(text)
        return Sent(f"SM{len(self.sent):032x}")

    def carries(self, text: OutgoingText) -> bool:
        return self.carries_pictures

    def fetch_media(self, source: str, connection: Connection, secrets: dict[str, str], downloads: Downloads) -> bytes:
        return downloads.get(source, ())

    def is_up(self, connection: Connection, secrets: dict[str, str], http: Http) -> bool:
        return self.up

    def to(self, phone: str) -> list[str]:
        """The bodies one phone got."""
        return [text.body for text in self.sent if text.recipient == phone]


class FakeChannels:
    """Sending goes to the fake provider; webhooks are read by the real adapters."""

    def __init__(self, channel: FakeChannel) -> None:
        self._channel = channel
        self.published: dict[str, Publishes] = {}
        """Those that publish to our topic."""
        self.real: dict[str, MessageChannel] = {}
        """Those that are themselves, also when they are asked to send."""
        self.faked: dict[str, Any] = {}
        """Shops and payment providers that are none."""

    def message_channel(self, provider: str) -> Any:
        return self.real.get(provider, self._channel)

    def publishers(self) -> dict[str, Publishes]:
        return dict(self.published)

    def webhook_source(self, provider: str) -> Any:
        if provider in self.faked:
            return self.faked[provider]
        if provider in channels.CHANNELS:
            return channels.channel(provider)
        return shops.shop(provider) if provider in shops.SHOPS else None


class FakeInbound:
    """The `inbound` queue. `failure`: what it says instead of taking an event."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.failure: Exception | None = None
        self.pauses: dict[str, int] = {}

    def put(self, event: Event) -> None:
        if self.failure:
            raise self.failure
        self.events.append(event)

    def postpone(self, receipt: str, pause: int) -> None:
        self.pauses[receipt] = pause


class FakeMails:
    """The bucket of received mail, by key. `failure`: raised instead."""

    bucket = "mails"

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.failure: Exception | None = None

    def raw(self, bucket: str, key: str) -> bytes:
        if self.failure:
            raise self.failure
        if bucket != self.bucket or key not in self.kept:
            raise InvalidInput
        return self.kept[key]

    def part(self, key: str, start: int, end: int) -> bytes:
        return self.raw(self.bucket, key)[start:end]

    def delete(self, key: str) -> None:
        if self.failure:
            raise self.failure
        self.kept.pop(key, None)


class FailingDirectory(FakeDirectory):
    """`unreadable`: secrets cannot be had for the moment."""

    unreadable = False

    def secrets(self, connection: Connection) -> dict[str, str]:
        if self.unreadable:
            raise Unavailable
        return super().secrets(connection)


class Postponed(Struct, frozen=True):
    message: Message
    pause: int


class World:
    """ports.Deps, and verbs to tell a story with."""

    webhook_url = "https://api.example.test"
    site_url = "https://talk.example.test"
    site_mark = "7c9b0a40-0000-11f1-8000-0afff3b21c5d"
    websocket_url = "wss://ws.example.test"
    stage = "test"

    def __init__(self, now: int = START) -> None:
        self.clock, self.ids, self.log = FakeClock(now), FakeIds(), FakeLog()
        self.table = CountingTable()
        self.setup = FakeSetup(self.table)
        self.directory = FailingDirectory(self.table, self.clock)
        self.conversations, self.messages = FakeConversations(self.table), FakeMessages(self.table)
        self.assignments = FakeAssignments(self.table)
        self.audit = FakeAudit(self.table)
        self.absences = FakeAbsences(self.table)
        self.held = FakeHeld(self.table)
        self.notes = FakeNotes(self.table)
        self.reminders = FakeReminders(self.table)
        self.devices, self.push_services, self.pusher = FakeDevices(self.table), FakePushServices(), FakePusher()
        self.unanswered = FakeUnanswered(self.table)
        self.unread_replies = FakeUnreadReplies(self.table)
        self.consents, self.rejections = FakeConsents(self.table), FakeRejections(self.table)
        self.orders, self.customers = FakeOrders(self.table), FakeCustomers(self.table)
        self.erasures, self.personal_data = FakeErasures(self.table), FakePersonalData(self.table)
        self.privacy_requests, self.sales = FakePrivacyRequests(self.table), FakeSales(self.table)
        self.product_links = FakeProductLinks(self.table)
        self.customer_files = FakeCustomerFiles(self.table)
        self.products, self.shelves = FakeProducts(self.table), FakeShelves(self.table)
        self.catalogue_runs = FakeCatalogueRuns(self.table)
        self.order_runs = FakeOrderRuns(self.table)
        self.automatic_texts = FakeAutomaticTexts(self.table)
        self.bulks = FakeBulks(self.table)
        self.credits = FakeCredits(self.table)
        self.credit_purchases = FakePayments()
        self.templates = FakeTemplates(self.table)
        self.transfers = FakeTransfers(self.table)
        self.proxy_changes = FakeProxyChanges(self.table)
        self.store_changes = FakeStoreChanges(self.table)
        self.sockets = FakeSockets(self.table, self.clock)
        self.invites = FakeInvites(self.table)
        self.chat_links, self.attempts = FakeChatLinks(self.table), FakeAttempts(self.table)
        self.channel = FakeChannel()
        self.channels = FakeChannels(self.channel)
        self.circuits = ProcessCircuits(self.clock, self.log)
        self.words = ProcessWords(self.clock)
        self.http, self.references = FakeHttp(), FakeReferences()
        self.reply_tokens, self.mails = SignedReplyTokens(lambda: "k" * 43), FakeMails()
        self.inbound, self.outbound, self.provider_events = FakeInbound(), FakeQueue(), FakeInbound()
        self.media_queue, self.downloads = FakeMediaQueue(), FakeDownloads()
        self.pictures, self.files = FakePictures(), FakeFiles()
        self.uploads = FakeUploads(self.table)
        self.carts = FakeCarts(self.table)
        self.postponed: list[Postponed] = []
        self._fanned_out = 0
        self._events = 0
        furnish(self.setup)

    # --- the merchant -----------------------------------------------------------------------------------------

    def change_store(self, store_id: str = SEATTLE, **fields: Any) -> None:
        self.setup.put_store(replace(self.table.stores[store_id], **fields))

    def change_connection(self, connection_id: str = TWILIO, **fields: Any) -> None:
        self.table.connections[connection_id] = replace(self.table.connections[connection_id], **fields)

    def permit(self, associate_id: str, stores: dict[str, frozenset[Permission]]) -> None:
        self.setup.put_associate(replace(self.table.associates[associate_id], stores=stores))

    # --- what comes in ----------------------------------------------------------------------------------------

    def order_event(self, **fields: Any) -> OrderChanged:
        """An order of Carla's in the Seattle store, placed an hour ago, unless said otherwise."""
        self._events += 1
        now = self.clock.now()
        given: dict[str, Any] = {
            "connection_id": SHOP,
            "event_id": f"event-{self._events}",
            "external_id": "1001",
            "number": "#1001",
            "customer": ShopCustomer(external_id="c-1", first_name="Carla", last_name="Diaz", phone=CARLA),
            "placed_at": now - HOUR,
            "updated_at": now,
            "payment": Payment.PENDING,
            "fulfilment": Fulfilment.UNFULFILLED,
            "total": 4200,
            "currency": "USD",
            "lines": (OrderLine(title="Boots", quantity=1, price=4200),),
        }
        return OrderChanged(**{**given, **fields})

    def order(self, **fields: Any) -> Order:
        """A stored order (fields as in `order_event`)."""
        event = self.order_event(**fields)
        apply_order_event(event, self)
        stored = self.orders.find_external(event.connection_id, event.external_id)
        assert stored is not None
        return stored

    def text_event(self, body: str, **fields: Any) -> MessageReceived:
        """A text of Carla's to the Seattle store, now, unless said otherwise."""
        self._events += 1
        given: dict[str, Any] = {
            "connection_id": TWILIO,
            "provider_id": f"SM{self._events:032x}",
            "channel": Channel.SMS,
            "sender": CARLA,
            "recipient": SEATTLE_NUMBER,
            "received_at": self.clock.now(),
        }
        return MessageReceived(**{**given, "body": body, **fields})

    def text(self, body: str, **fields: Any) -> MessageReceived:
        """Received, as from a webhook."""
        event = self.text_event(body, **fields)
        receive_message(event, self)
        return event

    # --- what associates do -----------------------------------------------------------------------------------

    def start(self, order: Order | None = None, body: str = "Your boots are here.", **fields: Any) -> str:
        """The id of a conversation that Ada starts in Seattle, unless said otherwise."""
        order = order or self.order()
        given = {"store_id": order.store_id, "associate_id": ADA, "order_id": order.id, "idempotency_key": self.key()}
        return start_conversation(StartCommand(**{**given, "body": body, **fields}), self)

    def start_chat(self, order: Order | None = None, body: str = "Your boots are here.", **fields: Any) -> str:
        """The token of the link in the text that a customer gets, who is to answer on the chat page."""
        order = order or self.order()
        self.change_store(order.store_id, chat_link=ChatLinkSetting.IN_TEXT)
        self.start(order, body, **fields)
        self.deliver()
        return token_in(self.channel.sent[-1].body)

    def open_chat(self, token: str) -> ChatLink:
        """The session of a browser that opens the link, as its cookie says it."""
        session = open_chat_link(token, "198.51.100.7", self)
        return session_of(session.link.id, session.token, self)

    def write(
        self, link: ChatLink, body: str = "Thank you!", key: str | None = None, pictures: tuple[str, ...] = ()
    ) -> Message:
        command = ChatCommand(link=link, body=body, idempotency_key=key or self.key(), pictures=pictures)
        return write_in_chat(command, self)

    def send(self, conversation_id: str, body: str = "Hello", **fields: Any) -> Message:
        given = {"conversation_id": conversation_id, "associate_id": ADA, "idempotency_key": self.key()}
        sent = send_message(SendCommand(**{**given, "body": body, **fields}), self)
        assert isinstance(sent, Message), "it waits for its time"
        return sent

    def hold(self, conversation_id: str, send_at: int, body: str = "Later", **fields: Any) -> Held:
        """Written now, to be sent at an instant."""
        given = {"conversation_id": conversation_id, "associate_id": ADA, "idempotency_key": self.key()}
        held = send_message(SendCommand(**{**given, "body": body, "send_at": send_at, **fields}), self)
        assert isinstance(held, Held)
        return held

    def upload(self, conversation_id: str, content: bytes = b"\xff\xd8\xff a photo", owner: str = ADA) -> str:
        """The id of a picture that was uploaded, said to be there, and checked."""
        return self._upload(self.conversation(conversation_id), content, owner)

    def upload_for_start(self, order: Order, content: bytes = b"\xff\xd8\xff a photo", owner: str = ADA) -> str:
        """Likewise for the first text about an order."""
        return self._upload(draft_of(order.merchant_id, order.store_id, order.id), content, owner)

    def _upload(self, place: Conversation | Draft, content: bytes, owner: str) -> str:
        offer = offer_place(place, owner, len(content), self)
        self.files.put(offer.upload.key, File(content=content, content_type=CONTENT_TYPE))
        check_upload(place, owner, offer.upload.id, self)
        self.fetch()
        return offer.upload.id

    def key(self) -> str:
        self._events += 1
        return f"key-{self._events:08d}"

    def talk(self) -> str:
        """A conversation that has been started and answered; everything is delivered and read."""
        conversation_id = self.start()
        self.deliver()
        self.clock.advance(1000)
        return conversation_id

    # --- what the machinery does ------------------------------------------------------------------------------

    def changes(self) -> list[Change]:
        """What the stream says since it was asked last."""
        new = self.table.changes[self._fanned_out :]
        self._fanned_out = len(self.table.changes)
        return [Change(old=old, new=item) for old, item in new]

    def fan_out(self) -> None:
        """The stream, until it is empty."""
        while changes := self.changes():
            fan_out(changes, self)

    def deliver(self, tries: int = 1) -> None:
        """Stream and queue, once: what has to wait is in `postponed` then."""
        self.fan_out()
        for message in self.outbound.take():
            later = deliver_message(message, tries, self)
            if later is not None:
                self.postponed.append(Postponed(message, later.pause))
        self.fan_out()

    def fetch(self, tries: int = 1) -> None:
        """Stream and media queue, once. Raises what the worker raises."""
        self.fan_out()
        for job in self.media_queue.take():
            take_media_job(job, tries, self)
        self.fan_out()

    def deliver_again(self, tries: int = 2) -> None:
        """What was postponed comes back."""
        waiting, self.postponed = self.postponed, []
        for entry in waiting:
            later = deliver_message(entry.message, tries, self)
            if later is not None:
                self.postponed.append(Postponed(entry.message, later.pause))
        self.fan_out()

    # --- what there is ----------------------------------------------------------------------------------------

    def conversation(self, conversation_id: str) -> Conversation:
        return self.table.conversations[conversation_id]

    def conversation_of(self, phone: str = CARLA, number: str = SEATTLE_NUMBER) -> Conversation:
        """The one that this pair of addresses leads to."""
        routes = [r for key, r in self.table.routes.items() if (key.customer_address, key.proxy) == (phone, number)]
        assert len(routes) == 1
        return self.table.conversations[routes[0].conversation_id]

    def thread(self, conversation_id: str) -> list[Message]:
        return self.table.messages_of(conversation_id)

    def bodies(self, conversation_id: str) -> list[str]:
        return [message.body for message in self.thread(conversation_id)]

    def message(self, message: Message) -> Message:
        """As stored now."""
        return self.table.messages[message.conversation_id, message.id]

    def consent(self, phone: str = CARLA, scope: str = SEATTLE) -> ConsentState:
        found = self.table.consents.get(ConsentKey(MERCHANT, "sms", Address(phone), scope))
        return ConsentState.NONE if found is None else found.state

    def reasons(self) -> list[str]:
        """Of the recorded rejections."""
        return [reason for reason, _ in self.table.rejections.values()]
