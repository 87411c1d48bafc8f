"""One of everything that a route can be about, in one store; and a request for every route."""

from typing import Any

from msgspec.structs import replace

from chalicelib.api.routing import Route
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.audit import AuditAct, AuditEntry
from chalicelib.domain.bulk import Bulk, Part
from chalicelib.domain.cart_contents import Destination
from chalicelib.domain.credits import CreditAccount
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.invites import INVITE_WORDING
from chalicelib.domain.media import Media, MediaState
from chalicelib.domain.merchants import ChatLinkSetting
from chalicelib.domain.messages import FailureReason, Message
from chalicelib.domain.privacy_requests import PrivacyRequest, RequestKind
from chalicelib.domain.templates import Template, TemplateKind
from chalicelib.domain.transfers import Transfer
from chalicelib.domain.uploads import owned_by_link
from chalicelib.usecases.invite_customer import InviteCommand, invite_customer, token_of
from chalicelib.usecases.open_chat_link import open_chat_link
from chalicelib.usecases.ports import Once, SendError
from chalicelib.usecases.write_note import customer_of, order_of, write_note
from tests.api.client import JSON, KEY, Answer, as_json, call, path_of
from tests.fakes.outside import START
from tests.support.carts import CART, OFFER
from tests.support.products import product
from tests.support.reminding import remind
from tests.support.world import (
    ADA,
    FOREIGN,
    FOREIGN_NUMBER,
    FOREIGN_WHATSAPP,
    HOUR,
    META,
    MIA,
    OTHER_META,
    OTHER_SHOP,
    OTHER_TWILIO,
    SEATTLE,
    SEATTLE_NUMBER,
    SHOP,
    TWILIO,
    WHATSAPP_NUMBER,
    ZOE,
    World,
)

SECRET = "canary-of-the-store"
"""Stands in the texts of the store: whoever may not see it must not get it."""


PRICED = CART.offered(OFFER, START).revision
"""Of the cart."""


class Objects:
    """A conversation with a customer's text and a failed message, and its order."""

    def __init__(self, world: World, store_id: str = SEATTLE) -> None:
        shop, twilio, number, author = (
            (SHOP, TWILIO, SEATTLE_NUMBER, ADA)
            if store_id == SEATTLE
            else (OTHER_SHOP, OTHER_TWILIO, FOREIGN_NUMBER, ZOE)
        )
        order = world.order(connection_id=shop)
        conversation_id = world.start(order, f"{SECRET} one", associate_id=author)
        world.deliver()
        world.text(f"{SECRET} two", connection_id=twilio, recipient=Address(number))
        world.channel.answers = [SendError(FailureReason.UNREACHABLE)]
        message = world.send(conversation_id, f"{SECRET} three", associate_id=author)
        world.deliver()
        meta, at_whatsapp = (META, WHATSAPP_NUMBER) if store_id == SEATTLE else (OTHER_META, FOREIGN_WHATSAPP)
        fields = {"connection_id": meta, "channel": Channel.WHATSAPP, "written_at": world.clock.now()}
        world.text(f"{SECRET} four", recipient=at_whatsapp, **fields)
        held = world.hold(conversation_id, world.clock.now() + HOUR, f"{SECRET} four", associate_id=author)
        picture = Media(id=f"{message.id}-0", state=MediaState.READY, content_type="image/jpeg", width=4, height=3)
        _keep_picture(world, message, picture)
        leaver = _leaver(world, store_id)
        first = {sub: world.upload_for_start(order, owner=sub) for sub in (ADA, MIA, ZOE)}
        ready = {sub: world.upload(conversation_id, owner=sub) for sub in (ADA, MIA, ZOE)}
        self.ids = {
            **_sold(world, store_id, shop, conversation_id),
            **_of_shop(world, store_id, shop, order.customer_id),
            **_own(world, store_id, author, conversation_id),
            **_chat(world, store_id, shop, author),
            "text_conversation_id": conversation_id,
            "leaver": leaver,
            "merged_id": order.customer_id,
            "successor": author,
            **_under_way(world, store_id, leaver),
            "template_id": _template(world, store_id),
            "store_id": _with_credits(world, store_id),
            "order_id": order.id,
            "conversation_id": conversation_id,
            "at_whatsapp": world.conversation_of(number=at_whatsapp).id,
            "texting": conversation_id,
            "message_id": message.id,
            "associate_id": author,
            "held_id": held.id,
            "media_id": picture.id,
            **{f"picture_of_{sub}": picture_id for sub, picture_id in ready.items()},
            **{f"start_picture_of_{sub}": picture_id for sub, picture_id in first.items()},
            "start_picture_id": first[author],
            "picture_id": ready[author],
            "text_picture_id": ready[author],
            "text_message_id": message.id,
            "pictures_token": world.references.sign("pictures", [conversation_id, message.id], now=world.clock.now()),
        }


def _keep_picture(world: World, message: Message, picture: Media) -> None:
    stored = world.message(message)
    world.messages.keep_media(replace(stored, media=(picture,)), stored)


def _product(world: World, store_id: str, shop: str) -> str:
    made = product("501", shop, merchant_id=world.table.stores[store_id].merchant_id, title=f"{SECRET} boots")
    world.table.products[made.id] = made
    return made.id


def _sold(world: World, store_id: str, shop: str, conversation_id: str) -> dict[str, str]:
    return {"product_id": _product(world, store_id, shop), "cart_id": _cart(world, conversation_id)}


def _cart(world: World, conversation_id: str) -> str:
    """With a price."""
    talk = world.conversation(conversation_id)
    given = {"conversation_id": talk.id, "merchant_id": talk.merchant_id, "store_id": talk.store_id}
    begun = replace(CART, id=f"cart-{talk.store_id}", **given)
    contents = replace(begun.contents, destination=Destination(address1=f"{SECRET} 7", city="X", country_code="US"))
    made = replace(begun, contents=contents).offered(OFFER, world.clock.now())
    world.table.carts[talk.id, made.id] = made
    return made.id


def _chat(world: World, store_id: str, shop: str, author: str) -> dict[str, str]:
    """A conversation on the chat page, its link, and a browser that has opened it."""
    customer = ShopCustomer(external_id="c-9", first_name="Dana", phone="+12065550123")
    order = world.order(connection_id=shop, external_id="1009", number="#1009", customer=customer)
    token = world.start_chat(order, f"{SECRET} four", associate_id=author)
    world.change_store(store_id, chat_link=ChatLinkSetting.OFF)
    session = open_chat_link(token, "198.51.100.7", world)
    picture = world.upload(session.link.conversation_id, owner=author)
    shown = world.send(session.link.conversation_id, f"{SECRET} five", associate_id=author, pictures=(picture,))
    world.deliver()
    return {
        "chat_token": token,
        "chat_id": session.link.id,
        "chat_cookie": session.token,
        "chat_conversation_id": session.link.conversation_id,
        "chat_message_id": shown.id,
        "chat_picture_id": picture,
        "upload_id": world.upload(session.link.conversation_id, owner=owned_by_link(session.link.id)),
    }


def _reminders(world: World, store_id: str, conversation_id: str) -> dict[str, str]:
    """One of everybody's who may talk there."""
    people = (ADA, MIA) if store_id == SEATTLE else (ZOE,)
    made = {sub: remind(world, conversation_id, associate_id=sub, note=f"{SECRET} six").id for sub in people}
    return {"reminder_id": made[people[0]]} | {f"reminder_of_{sub}": name for sub, name in made.items()}


def _notes(world: World, store_id: str, conversation_id: str) -> dict[str, str]:
    """A note about the customer and a remark about their order, of everybody's who may talk there."""
    people = (ADA, MIA) if store_id == SEATTLE else (ZOE,)
    ids: dict[str, str] = {}
    order_id = world.conversation(conversation_id).order_id or ""
    for sub in people:
        note = write_note(customer_of(conversation_id, sub, world), f"{SECRET} seven", world.key(), world)
        remark = write_note(order_of(order_id, sub, world), f"{SECRET} eight", world.key(), world)
        ids |= {f"note_of_{sub}": note.id, f"remark_of_{sub}": remark.id}
    return ids | {"note_id": ids[f"note_of_{people[0]}"], "remark_id": ids[f"remark_of_{people[0]}"]}


def _own(world: World, store_id: str, author: str, conversation_id: str) -> dict[str, str]:
    """What is theirs who made it."""
    reminders, notes = _reminders(world, store_id, conversation_id), _notes(world, store_id, conversation_id)
    return {**_invite(world, store_id, author), **reminders, **notes}


def _invite(world: World, store_id: str, author: str) -> dict[str, str]:
    """An invitation in the shop."""
    command = InviteCommand(store_id=store_id, associate_id=author, idempotency_key=world.key())
    made = invite_customer(command, world)
    return {"invite_id": made.id, "invite_token": token_of(made.seed, world)}


def _of_shop(world: World, store_id: str, shop: str, customer_id: str) -> dict[str, str]:
    """It asks for the data of a customer."""
    merchant, now = world.table.stores[store_id].merchant_id, world.clock.now()
    about = {"merchant_id": merchant, "store_id": store_id, "connection_id": shop, "customer_id": customer_id}
    made = PrivacyRequest(id=f"request-{store_id}", kind=RequestKind.DATA, requested_at=now, **about)
    world.privacy_requests.add(made)
    return {"connection_id": shop, "request_id": made.id}


def _leaver(world: World, store_id: str) -> str:
    """Somebody of the store who has no contacts."""
    known = next(each for each in world.table.associates.values() if each.belongs_to(store_id))
    gone = replace(known, id=f"leaver-{store_id}", stores={store_id: frozenset()})
    world.setup.put_associate(gone)
    return gone.id


def _transfer(world: World, store_id: str, leaver: str) -> str:
    """One that is under way; nothing is left to move."""
    merchant = world.table.stores[store_id].merchant_id
    transfer = Transfer(
        id=f"transfer-{store_id}",
        merchant_id=merchant,
        store_id=store_id,
        from_id=leaver,
        from_name="Leaver",
        to_id=leaver,
        to_name="Successor",
        by_id=leaver,
        by_name="Manager",
        at=world.clock.now(),
        total=0,
    )
    world.transfers.put(transfer)
    return transfer.id


def _under_way(world: World, store_id: str, leaver: str) -> dict[str, str]:
    return {"transfer_id": _transfer(world, store_id, leaver), "bulk_id": _bulk(world, store_id)}


def _bulk(world: World, store_id: str) -> str:
    """One that waits, with nothing to send."""
    merchant, now = world.table.stores[store_id].merchant_id, world.clock.now()
    bulk = Bulk(
        id=f"bulk-{store_id}", merchant_id=merchant, store_id=store_id, sender_id="gone", sender_name="Gone",
        text=f"{SECRET} seven", total=1, parts=1, made_at=now, due_at=now,
    )  # fmt: skip
    entry = AuditEntry(
        id=f"audit-{bulk.id}", merchant_id=merchant, store_id=store_id, associate_id="gone",
        act=AuditAct.BULK_STARTED, conversation_id="", at=now,
    )  # fmt: skip
    world.bulks.add(bulk, (Part(0, ("no-order",)),), Once("bulk", bulk.id), entry)
    return bulk.id


def _template(world: World, store_id: str) -> str:
    made = Template(
        id=f"template-{store_id}",
        merchant_id=world.table.stores[store_id].merchant_id,
        store_id=store_id,
        kind=TemplateKind.CUSTOM,
        name="Ready",
        texts={"en": f"{SECRET} six"},
        revision=1,
    )
    world.templates.save(made, None)
    return made.id


def _with_credits(world: World, store_id: str) -> str:
    """The store, with credits switched on, and some."""
    world.change_store(store_id, credits=True)
    merchant = world.table.stores[store_id].merchant_id
    account = CreditAccount(store_id=store_id, merchant_id=merchant, balance=1_000_000)
    world.table.credit_accounts[store_id] = account
    return store_id


def foreign(world: World) -> Objects:
    return Objects(world, FOREIGN)


BODIES: dict[str, Any] = {
    "StartConversation": lambda ids: {"order_id": ids["order_id"], "body": "Hello"},
    "ChangeStore": lambda ids: {"chat_link": "in_text", "chat_link_was": "off"},
    "ChangeMerchantPhone": lambda ids: {"phone": "+12065550166", "phone_was": None},
    "SendMessage": lambda ids: {"body": "Hello"},
    "CartInput": lambda ids: {"lines": [{"product_id": ids.get("product_id", "p-1"), "quantity": 2}]},
    "ChangeCart": lambda ids: {
        "revision": PRICED,
        "contents": {"lines": [{"product_id": ids.get("product_id", "p-1"), "quantity": 2}]},
    },
    "ShareCart": lambda ids: {"revision": PRICED, "words": "Here you are"},
    "CancelCart": lambda ids: {"revision": PRICED},
    "SendTemplate": lambda ids: {"name": "ready", "language": "en_US", "values": ["Carla", "#1001"]},
    "MergeCustomers": lambda ids: {
        "conversation_id": ids.get("chat_conversation_id", ids["conversation_id"]),
        "order_id": None,
    },
    "SettleRequest": lambda ids: {"done": True},
    "ExportCustomer": lambda ids: {"cursor": None},
    "EraseCustomer": lambda ids: {"confirmed": "cannot_be_undone"},
    "Assign": lambda ids: {"to": None, "was": ids.get("associate_id", ADA)},
    "GoAway": lambda ids: {"answer": "Back on Monday.", "until": None},
    "ChangeHeld": lambda ids: {"body": "Hello", "send_at": START + 3 * HOUR},
    "StartTransfer": lambda ids: {
        "from_id": ids.get("leaver", "leaver"),
        "to_id": ids.get("successor", ADA),
    },
    "ChangeProxy": lambda ids: {
        "channel": "sms",
        "address": FOREIGN_NUMBER if ids["store_id"] == FOREIGN else SEATTLE_NUMBER,
        "state": "works",
    },
    "SaveTemplate": lambda ids: {"kind": "custom", "name": "Ready", "texts": {"en": "Hello"}, "revision": 1},
    "StartBulk": lambda ids: {"text": "We close at noon.", "ids": [ids["order_id"]]},
    "BuyCredits": lambda ids: {"pack": 1000},
    "ChooseThreshold": lambda ids: {"threshold": 100},
    "PreviewTemplate": lambda ids: {"text": "Hello [[firstname]]"},
    "SetReminder": lambda ids: {"note": "Call back", "wall": "2026-12-24T09:00", "zone": None},
    "SnoozeReminder": lambda ids: {"until": "hour"},
    "MarkRead": lambda ids: {"up_to": ids["message_id"]},
    "OpenChat": lambda ids: {"token": ids.get("chat_token", "t" * 22)},
    "InviteCustomer": lambda ids: {"conversation_id": None},
    "OpenInvite": lambda ids: {"token": ids.get("invite_token", "t" * 22)},
    "AcceptInvite": lambda ids: {
        "token": ids.get("invite_token", "t" * 22),
        "channel": "sms",
        "address": "+12065550147",
        "name": "Dana",
        "wording": INVITE_WORDING,
    },
    "WriteInChat": lambda ids: {"body": "Hello"},
    "OfferPicture": lambda ids: {"size": 1234},
    "OpenPictures": lambda ids: {"token": ids.get("pictures_token", "t" * 22)},
    "ChangeTags": lambda ids: {"add": ["VIP"], "remove": ["New"]},
    "PushDevice": lambda ids: {"endpoint": "https://web.push.apple.com/phone"},
    "WriteNote": lambda ids: {"body": "Likes blue"},
    "MarkSeen": lambda ids: {"up_to": "01M3250V000000000000000006"},
}


def good_request(route: Route, ids: dict[str, str], sub: str = MIA, **changes: Any) -> Answer:
    """A request that this route takes, of a manager unless said otherwise. `changes`: of `call`."""
    if route.path == "/conversations/{conversation_id}/templates" and ids["conversation_id"] == ids.get("texting"):
        ids = {**ids, "conversation_id": ids["at_whatsapp"]}  # texts know no templates
    if route.path.startswith("/chat/"):
        ids = _on_the_page(ids)
    for kind in ("picture", "start_picture", "reminder", "note", "remark"):  # everybody has their own
        own = f"{kind}_of_{sub}"
        if own in ids and ids[f"{kind}_id"] in {value for name, value in ids.items() if name.startswith(f"{kind}_of_")}:
            ids = {**ids, f"{kind}_id": ids[own]}
    body = None if route.request is None else as_json(BODIES[route.request.__name__](ids))
    headers = changes.pop("headers", {**JSON, **(KEY if route.idempotent else {})})
    if not route.signed_in and "chat_cookie" in ids:
        headers = {**headers, "Cookie": f"chat={ids['chat_cookie']}"}
    path = path_of(route, _about_a_chat(ids) if route.path.endswith("/chat-link") else ids)
    return call(route.method, path, **{"sub": sub, "body": body, "headers": headers, **changes})


def _on_the_page(ids: dict[str, str]) -> dict[str, str]:
    """What a customer's page shows is of its own conversation."""
    theirs = {name: ids.get(f"chat_{name}") for name in ("message_id", "picture_id")}
    texted = {name: ids.get(f"text_{name}") for name in theirs}
    return ids | {name: value for name, value in theirs.items() if value and ids[name] == texted[name]}


def _about_a_chat(ids: dict[str, str]) -> dict[str, str]:
    """The conversation by text is none that a link leads to."""
    if ids["conversation_id"] != ids.get("text_conversation_id"):
        return ids
    return {**ids, "conversation_id": ids["chat_conversation_id"]}
