"""Verbs for schedules that are written by hand: nothing breaks while the stage is set."""

from collections.abc import Callable
from random import Random
from typing import Any

from msgspec import json
from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.chat_links import TOKEN_LENGTH, ChatLink
from chalicelib.domain.conversations import LIFETIME, Conversation
from chalicelib.domain.credits import Purchase, PurchaseState
from chalicelib.domain.invites import INVITE_WORDING, Invite
from chalicelib.domain.merchants import ChatLinkSetting, OptInSetting
from chalicelib.store.setup import DynamoSetup
from chalicelib.usecases.accept_invite import AcceptCommand, accept_invite
from chalicelib.usecases.access import own_conversation
from chalicelib.usecases.assign_conversation import AssignCommand, assign_conversation
from chalicelib.usecases.change_held import ChangeHeld, change_held
from chalicelib.usecases.close_conversation import close_conversation, reopen_conversation
from chalicelib.usecases.erase_customer import erase_customer
from chalicelib.usecases.follow_invite_word import word_of
from chalicelib.usecases.invite_customer import InviteCommand, invite_customer, revoke_invite, token_of
from chalicelib.usecases.merge_customers import Other, merge_customers, undo_merge
from chalicelib.usecases.open_chat_link import open_chat_link, session_of
from chalicelib.usecases.send_message import SendCommand, send_message
from chalicelib.usecases.settle_privacy_requests import list_privacy_requests, settle_privacy_request
from chalicelib.usecases.start_conversation import StartCommand, start_conversation
from chalicelib.usecases.switch_away import come_back, go_away
from chalicelib.usecases.upload_for_start import check_for_start, offer_for_start
from chalicelib.usecases.upload_in_chat import check_in_chat, offer_in_chat
from chalicelib.usecases.upload_picture import check_upload, offer_upload
from chalicelib.usecases.write_in_chat import ChatCommand, write_in_chat
from chalicelib.wiring import Dependencies
from tests.support.mail import CARLAS_MAIL, SEATTLE_MAILBOX, with_picture
from tests.support.merchant import (
    ADA,
    AWS_NUMBER,
    BOB,
    CARLA,
    HOUR,
    MERCHANT,
    MIA,
    SEATTLE,
    SEATTLE_NUMBER,
    SHOP,
    TACOMA,
    TWILIO,
    WHATSAPP_NUMBER,
)
from tests.support.sharing import shared

from .attachments import PICTURE
from .faults import Faults
from .history import Item
from .provider import GOOD
from .senders import (
    Made,
    click,
    member_form,
    order_webhook,
    privacy_webhook,
    product_webhook,
    published_text,
    text_webhook,
)
from .world import World


class Story:
    """Carla writes to Seattle, Ada answers. `faults` begin with `go`."""

    def __init__(self, seed: int = 0, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self.faults.on = False
        self.world = World(Random(seed), self.faults, GOOD)
        self.world.warm = False
        self.number = 0

    def go(self) -> None:
        """From here on things break. Every process is new."""
        self.world.forget_processes()
        self.faults.on = True

    def rest(self) -> None:
        self.world.scheduler.run()

    # --- what comes in --------------------------------------------------------------------------------------------

    def text(
        self,
        body: str = "",
        sender: str = CARLA,
        recipient: str = SEATTLE_NUMBER,
        media: tuple[str, ...] = (),
    ) -> Made:
        self.number += 1
        words = body or f"canary text {self.number}"
        made = text_webhook(TWILIO, self.number, sender, recipient, words, media=media)
        self.post(f"/webhooks/twilio/{TWILIO}", made)
        return made

    def at_whatsapp(self, body: str = "", quoted: str = "", sender: str = CARLA) -> Made:
        """Carla writes to Seattle's number there."""
        self.number += 1
        words = body or f"canary text {self.number}"
        made = text_webhook(TWILIO, self.number, sender, WHATSAPP_NUMBER, words, channel="whatsapp", quoted=quoted)
        self.post(f"/webhooks/twilio/{TWILIO}", made)
        return made

    def publish(self, body: str = "") -> None:
        """Carla texts Seattle's number at AWS, which publishes it; once on the queue, it must not be lost."""
        self.number += 1
        webhook, content = published_text(self.number, CARLA, AWS_NUMBER, body or f"canary text {self.number}")
        webhook.answers.append((200, len(self.world.history.commits), self.world.now()))
        self.world.history.webhooks.append(webhook)
        self.world.published.put(content)

    def mail(self, about: str = "", sender: str = CARLAS_MAIL) -> None:
        """Carla writes to Seattle's mailbox, with a picture. `about`: what she says besides."""
        self.number += 1
        body = f"canary mail {self.number} {about}".strip()
        raw = with_picture(body, sender=sender, message_id=f"m{self.number}@customer.test")
        facts = {"sender": sender, "recipient": SEATTLE_MAILBOX, "body": body}
        self.world.mail.receive(self.number, raw, SEATTLE_MAILBOX, facts)

    def unsubscribe(self) -> None:
        """Carla presses the button above the newest mail that has one."""
        self.number += 1
        url, message_id = self.world.mail.stoppable[-1]
        self.post(*click(url, message_id, self.number))

    def come_as_member(self, email: str = "") -> None:
        """Somebody who is signed in at Seattle's shop writes to it."""
        self.number += 1
        self.post(f"/members/{SHOP}", member_form(self.number, f"canary member {self.number}", self.world.now(), email))

    def post(self, path: str, made: Made) -> None:
        webhook, headers, body = made
        self.world.history.webhooks.append(webhook)
        self.world.deliver(webhook, path, headers, body)

    def defer(self, body: str) -> None:
        """The table is away for the time of one webhook: the event waits on the queue."""
        away, self.world.client.away = self.world.client.away, True
        self.text(body)
        self.world.scheduler.run(self.world.now())
        self.world.client.away = away

    def order(self, event: int = 0, **fields: Any) -> None:
        now = self.world.now()
        order = {
            "id": 1001,
            "name": "#1001",
            "created_at": now,
            "updated_at": now,
            "currency": "USD",
            "total_price": "42.00",
            "customer": {"id": 7, "first_name": "Canary", "phone": CARLA, "email": "canary@example.test"},
            "line_items": [],
        }
        made = order_webhook(SHOP, f"event-{event}", {**order, **fields})
        self.post(f"/webhooks/shopify/{SHOP}", made)

    def ask_privacy(self, topic: str = "customers/data_request") -> None:
        content = {"shop_id": 1, "customer": {"id": 7}, "data_request": {"id": 9}}
        self.post(f"/webhooks/shopify/{SHOP}", privacy_webhook(SHOP, topic, content))

    def settle_request(self) -> None:
        def settle(ports: Any) -> bool:
            [asked] = list_privacy_requests(SEATTLE, MIA, ports)
            return settle_privacy_request(SEATTLE, asked.request.id, MIA, ports, done=True) is not None

        self.world.ask("settle request", MIA, settle)

    def product(self, event: int = 0, topic: str = "products/update", **fields: Any) -> None:
        now = self.world.now()
        product: dict[str, Any] = {"id": 501}
        if topic != "products/delete":
            variants = [{"price": "42.00", "sku": "HB-41", "barcode": "4006381333931"}]
            product |= {"title": "Harbor boots", "handle": "boots", "updated_at": now, "published_at": now}
            product |= {"variants": variants, **fields}
        made = product_webhook(SHOP, f"product-{event}", topic, product)
        self.post(f"/webhooks/shopify/{SHOP}", made)

    # --- what associates do ---------------------------------------------------------------------------------------

    def send(
        self,
        body: str = "canary answer",
        *,
        key: str = "key-00001",
        associate: str = ADA,
        pictures: tuple[str, ...] = (),
        store: str = "",
        product: str = "",
    ) -> None:
        conversation_id = self.conversation(store)["id"]
        command = SendCommand(
            conversation_id=conversation_id, associate_id=associate, body=body, idempotency_key=key,
            pictures=pictures, product_id=product,
        )  # fmt: skip
        self.world.ask(
            "send", associate, lambda ports: send_message(command, ports).id,
            key=key, conversation_id=conversation_id, body=body,
        )  # fmt: skip

    def offer(self) -> None:
        """Ada is told where a picture may be put."""
        self._about_upload("upload", lambda conversation, ports: offer_upload(conversation, ADA, 10, ports).upload.id)

    def upload_in_chat(self) -> str:
        """The id of a customer's picture: it is there, and not checked yet."""
        self.offer_in_chat()
        self.rest()
        item = self.world.history.stored("u")[-1]
        upload = json.decode(item["media"])["id"]
        self.world.attachments.upload(f"uploads/{item['conversation_id']}/{item['owner']}/{upload}")
        return str(upload)

    def offer_in_chat(self) -> None:
        link = self.link()
        self.world.ask("upload in chat", "", lambda ports: offer_in_chat(link, len(PICTURE), ports).upload.id)

    def check_in_chat(self, upload: str) -> None:
        link = self.link()
        self.world.ask("check in chat", "", lambda ports: check_in_chat(link, upload, ports).media.state.value)

    def upload(self) -> str:
        """Its id: it is there, and not checked yet."""
        self.offer()
        self.rest()
        (item,) = self.world.history.stored("u")
        upload = json.decode(item["media"])["id"]
        self.world.attachments.upload(f"uploads/{item['conversation_id']}/{ADA}/{upload}")
        return str(upload)

    def check(self, upload: str) -> None:
        self._about_upload(
            "check", lambda conversation, ports: check_upload(conversation, ADA, upload, ports).media.state.value
        )

    def offer_for_start(self) -> None:
        order = self.order_item()
        self.world.ask("upload for start", ADA, lambda ports: offer_for_start(SEATTLE, order, ADA, 10, ports).upload.id)

    def upload_for_start(self) -> str:
        """Likewise for the first text."""
        self.offer_for_start()
        self.rest()
        (item,) = self.world.history.stored("u")
        upload = json.decode(item["media"])["id"]
        self.world.attachments.upload(f"uploads/{item['conversation_id']}/{ADA}/{upload}")
        return str(upload)

    def check_for_start(self, upload: str) -> None:
        order = self.order_item()
        self.world.ask(
            "check for start", ADA,
            lambda ports: check_for_start(SEATTLE, order, ADA, upload, ports).media.state.value,
        )  # fmt: skip

    def order_item(self) -> str:
        """The id of the one order."""
        (order,) = self.world.history.stored("o")
        return str(order["id"])

    def _about_upload(self, verb: str, act: Callable[[Conversation, Dependencies], str]) -> None:
        conversation_id = self.conversation()["id"]
        self.world.ask(
            verb, ADA, lambda ports: act(own_conversation(conversation_id, ADA, ports)[0], ports),
            conversation_id=conversation_id,
        )  # fmt: skip

    def hold(self, pause: int = HOUR, body: str = "canary later", *, key: str = "key-hold1") -> None:
        """To be sent so long from now."""
        conversation_id, at = self.conversation()["id"], self.world.now() + pause
        command = SendCommand(
            conversation_id=conversation_id, associate_id=ADA, body=body, idempotency_key=key, send_at=at
        )
        self.world.ask(
            "hold", ADA, lambda ports: send_message(command, ports).id,
            key=key, conversation_id=conversation_id, body=body,
        )  # fmt: skip

    def held(self) -> Item:
        (held,) = self.world.history.stored("n")
        return held

    def put_off(self, pause: int = HOUR) -> None:
        """The held text gets other words, and so much more time."""
        held = self.held()
        command = ChangeHeld(
            conversation_id=held["conversation_id"], held_id=held["id"], associate_id=ADA, body="canary other",
            send_at=held["release_at"] + pause,
        )  # fmt: skip
        self.world.ask(
            "change", ADA, lambda ports: change_held(command, ports).id, conversation_id=held["conversation_id"]
        )

    def start(
        self,
        body: str = "canary start",
        *,
        key: str = "key-start1",
        associate: str = ADA,
        pictures: tuple[str, ...] = (),
    ) -> None:
        command = StartCommand(
            store_id=SEATTLE,
            associate_id=associate,
            order_id=self.order_item(),
            body=body,
            idempotency_key=key,
            pictures=pictures,
        )
        self.world.ask(
            "start",
            associate,
            lambda ports: start_conversation(command, ports),
            key=key,
            body=body,
            order_id=self.order_item(),
        )

    def ask_first(self) -> None:
        """Who has not agreed is asked for their yes from now on."""
        setup: Any = DynamoSetup(self.world._table, None)
        store = self.world.process().directory.store(SEATTLE)
        assert store is not None
        setup.put_store(replace(store, opt_in=OptInSetting.REQUIRED))

    def share(self) -> None:
        """Seattle's number at WhatsApp is Tacoma's, too. Carla talks with Seattle."""
        self.world.share(shared(connection_id=TWILIO))
        self.at_whatsapp()
        self.rest()

    def talk_with_both(self) -> None:
        """Tacoma's conversation comes first."""
        self.share()
        self.invite(TACOMA, BOB)
        self.rest()
        self.accept(Channel.WHATSAPP)
        self.rest()
        self.at_whatsapp(self.word())
        self.rest()

    def invite(self, store: str = SEATTLE, associate: str = ADA) -> None:
        """In the shop."""
        command = InviteCommand(store_id=store, associate_id=associate, idempotency_key="key-invite")
        self.world.ask("invite", associate, lambda ports: invite_customer(command, ports).id, key="key-invite")

    def _invite(self) -> Invite:
        (item,) = self.world.history.stored("v")
        return json.decode(item["value"], type=Invite)

    def word(self) -> str:
        """What the page of the invitation tells who has given their number at WhatsApp."""
        return word_of(self._invite(), self.world.process())

    def revoke(self) -> None:
        made = self._invite().id
        self.world.ask("revoke", ADA, lambda ports: revoke_invite(SEATTLE, made, ADA, ports))

    def accept(self, channel: Channel = Channel.SMS, address: str = CARLA) -> None:
        """The customer gives the address that they write from."""
        token = token_of(self._invite().seed, self.world.process())
        command = AcceptCommand(
            token=token,
            channel=channel,
            address=address,
            name="Canary",
            wording=INVITE_WORDING,
            caller="198.51.100.7",
        )
        self.world.ask("accept", "", lambda ports: accept_invite(command, ports).status.state)

    def use_chat(self) -> None:
        """Customers get a link to the chat page from now on."""
        setup: Any = DynamoSetup(self.world._table, None)
        store = self.world.process().directory.store(SEATTLE)
        assert store is not None
        setup.put_store(replace(store, chat_link=ChatLinkSetting.IN_TEXT))

    def tell_of_orders(self) -> None:
        """From now on events of orders text Seattle's customers; every process reads the set-up."""
        self.world.warm = False
        setup: Any = DynamoSetup(self.world._table, None)
        store = self.world.process().directory.store(SEATTLE)
        assert store is not None
        setup.put_store(replace(store, automatic_texts=True))

    def need_credits(self, credits_left: int = 1000) -> None:
        """From now on Seattle's texts need credits, of which it has some; every process reads the set-up."""
        self.world.warm = False
        setup: Any = DynamoSetup(self.world._table, None)
        process = self.world.process()
        store = process.directory.store(SEATTLE)
        assert store is not None
        setup.put_store(replace(store, credits=True))
        purchase = Purchase(
            id="first", merchant_id=MERCHANT, store_id=SEATTLE, by_id=MIA, pack=credits_left, price=1000, created_at=1
        )
        process.credits.begin(purchase)
        process.credits.settle(replace(purchase, state=PurchaseState.PAID), self.world.now())

    def promise_answers(self) -> None:
        """From now on customers of Seattle wait half an hour at the most; every process reads the set-up."""
        self.world.warm = False
        setup: Any = DynamoSetup(self.world._table, None)
        store = self.world.process().directory.store(SEATTLE)
        assert store is not None
        setup.put_store(replace(store, reassign_after=30))

    def waits(self) -> Item:
        (waiting,) = self.world.history.stored("q")
        return waiting

    def link(self) -> ChatLink:
        """What a browser has that opened the link in the newest text."""
        token = self.world.history.accepted[-1].body.partition("/chat#")[2][:TOKEN_LENGTH]
        ports = self.world.process()
        session = open_chat_link(token, "198.51.100.7", ports)
        return session_of(session.link.id, session.token, ports)

    def browse(self, verb: str, use_case: Any, *arguments: str, key: str = "", **about: Any) -> None:
        """A request of the customer's page."""
        link = self.link()
        self.world.ask(verb, "", lambda ports: use_case(link, *arguments, ports), key=key, **about)

    def write(self, body: str = "canary words", key: str = "key-write1", pictures: tuple[str, ...] = ()) -> None:
        link = self.link()
        command = ChatCommand(link=link, body=body, idempotency_key=key, pictures=pictures)
        self.world.ask("write", "", lambda ports: write_in_chat(command, ports).id, key=key, body=body)

    def take_next(self) -> None:
        """Somebody looks into the queue."""
        self.world.pollers["outbound"].poll()

    def assign(self, by: str, to: str | None, was: str | None) -> None:
        command = AssignCommand(conversation_id=self.conversation()["id"], associate_id=by, to=to, was=was)
        self.world.ask(
            "assign", by, lambda ports: assign_conversation(command, ports).assignee_id,
            conversation_id=command.conversation_id, to=to, was=was,
        )  # fmt: skip

    def go_away(self, associate: str) -> None:
        self.world.ask("away", associate, lambda ports: go_away(associate, "canary is away", None, ports).since)

    def come_back(self, associate: str) -> None:
        self.world.ask("back", associate, lambda ports: come_back(associate, ports))

    def ask_as(self, associate: str, verb: str, use_case: Any) -> None:
        conversation_id = self.conversation()["id"]
        self.world.ask(
            verb, associate, lambda ports: bool(use_case(conversation_id, associate, ports)),
            conversation_id=conversation_id,
        )  # fmt: skip

    def ask(self, verb: str, use_case: Any, *arguments: str) -> None:
        conversation_id = self.conversation()["id"]
        self.world.ask(
            verb, ADA, lambda ports: use_case(conversation_id, *arguments, ports), conversation_id=conversation_id
        )

    def erase(self, **whose: str) -> None:
        """The customer of the one conversation, or of what is named."""
        other = Other(**(whose or {"conversation_id": self.conversation()["id"]}))
        self.world.ask("erase", MIA, lambda ports: erase_customer(other, MIA, ports).id)

    def merge(self, *, keep_other: bool = False, associate: str = ADA) -> None:
        """The first two customers who have a conversation are the same person, the first one says."""
        first, second = self.two_conversations()
        other = Other(conversation_id=second)
        self.world.ask(
            "merge", associate,
            lambda ports: merge_customers(first, other, associate, ports, keep_other=keep_other).customer.id,
            conversation_id=first,
        )  # fmt: skip

    def part(self) -> None:
        """As it was before."""
        first, _ = self.two_conversations()
        gone = next(item["id"] for item in self.world.history.stored("p") if item.get("merged_into"))
        self.world.ask(
            "part", ADA, lambda ports: undo_merge(first, gone, ADA, ports).customer.id, conversation_id=first
        )

    def close(self, store: str, associate: str) -> None:
        conversation_id = self.conversation(store)["id"]
        self.world.ask(
            "close", associate, lambda ports: close_conversation(conversation_id, associate, ports).state,
            conversation_id=conversation_id,
        )  # fmt: skip

    def reopen(self, store: str, associate: str) -> None:
        conversation_id = self.conversation(store)["id"]
        self.world.ask(
            "reopen", associate, lambda ports: reopen_conversation(conversation_id, associate, ports).state,
            conversation_id=conversation_id,
        )  # fmt: skip

    # --- where it stands ------------------------------------------------------------------------------------------

    def conversation(self, store: str = "") -> Item:
        """The only one there is, in that store."""
        (conversation,) = (c for c in self.world.history.stored("c") if not store or c["store_id"] == store)
        return conversation

    def two_conversations(self) -> tuple[str, str]:
        first, second, *_ = sorted(str(item["id"]) for item in self.world.history.stored("c"))
        return first, second

    def message(self, **fields: Any) -> Item:
        """The newest with these fields."""
        found = [m for m in self.world.history.stored("m") if all(m.get(name) == fields[name] for name in fields)]
        return max(found, key=lambda message: str(message["id"]))

    def to_the_brink(self, milliseconds: int = 0) -> None:
        """So long before the conversation expires."""
        self.world.scheduler.now = self.conversation()["last_activity_at"] + LIFETIME - milliseconds
