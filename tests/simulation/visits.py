"""What people do beside texting in some random schedules: customers on the chat page, and who they are (X11, X23)."""

from datetime import UTC, datetime
from functools import partial

from chalicelib.domain.chat_links import TOKEN_LENGTH, ChatLink
from chalicelib.usecases.merge_customers import Other, merge_customers, undo_merge
from chalicelib.usecases.open_chat_link import open_chat_link, session_of
from chalicelib.usecases.upload_in_chat import check_in_chat, offer_in_chat
from chalicelib.usecases.write_in_chat import ChatCommand, write_in_chat
from chalicelib.wiring import Dependencies
from tests.support.merchant import WOO

from .attachments import PICTURE
from .history import Item
from .provider import GOOD
from .senders import woo_webhook
from .workload import CANARY, Weighed, Workload

_OPENS_AT = "198.51.100.7"
_PAGE = "/chat#"
_SOON = 500
"""Milliseconds: a text has left by then, and the shop has more to say of an order."""


def begin(workload: Workload) -> None:
    """Seattle starts with somebody who has the page open then, and somebody else writes. Nothing breaks meanwhile."""
    scheduler, faults = workload.world.scheduler, workload.world.scheduler.faults
    habits, faults.on = workload.world.provider.habits, False
    workload.world.provider.habits = GOOD
    for act in (Workload.order, Workload.start, open_page, Workload.text):
        act(workload)
        scheduler.run(scheduler.now + _SOON)
    workload.world.provider.habits, faults.on = habits, True


def open_page(workload: Workload) -> None:
    """The customer follows the link in a text; where there is none yet, the store starts."""
    tokens = [
        text.body.partition(_PAGE)[2][:TOKEN_LENGTH] for text in workload.world.history.accepted if _PAGE in text.body
    ]
    if not tokens:
        return workload.start()
    token = workload.random.choice(tokens)

    def run(ports: Dependencies) -> str:
        session = open_chat_link(token, _OPENS_AT, ports)
        workload.links.append(session_of(session.link.id, session.token, ports))
        return session.link.id

    return workload.world.ask("open chat", "", run)


def write(workload: Workload) -> None:
    """Words, now and then a keyword; the page tries again, and a double click says it twice."""
    link = _some_link(workload)
    if link is None:
        return open_page(workload)
    word = workload.random.choice(("STOP", "START")) + "." * workload.next()
    body = word if workload.random.random() < 0.1 else f"{CANARY} words {workload.next()}"
    return _write(workload, link, body)


def _write(workload: Workload, link: ChatLink, body: str, pictures: tuple[str, ...] = ()) -> None:
    command = ChatCommand(link=link, body=body, idempotency_key=f"key-{workload.next():05d}", pictures=pictures)
    say = partial(
        workload.world.ask, "write", "", lambda ports: write_in_chat(command, ports).id,
        key=command.idempotency_key, conversation_id=link.conversation_id, body=body,
    )  # fmt: skip
    say()
    if workload.random.random() < 0.2:
        workload.world.scheduler.after(workload.random.choice((0, 300, 70_000)), say)


def send_picture(workload: Workload) -> None:
    """Chosen, put where the page was told, checked, and sent, one after the other; not always all of it."""
    link = _some_link(workload)
    if link is None:
        return open_page(workload)

    def run(ports: Dependencies) -> str:
        upload = offer_in_chat(link, len(PICTURE), ports).upload
        workload.world.scheduler.after(_pause(workload), lambda: _put(workload, link, upload.id, upload.key))
        return upload.id

    return workload.world.ask("upload in chat", "", run)


def _put(workload: Workload, link: ChatLink, upload_id: str, key: str) -> None:
    if workload.random.random() < 0.9:
        workload.world.attachments.upload(key)
    for _ in range(workload.random.choice((0, 1, 1, 2))):
        check = partial(
            workload.world.ask, "check in chat", "",
            lambda ports: check_in_chat(link, upload_id, ports).media.state.value,
        )  # fmt: skip
        workload.world.scheduler.after(_pause(workload), check)
    if workload.random.random() < 0.8:
        words = f"{CANARY} look {workload.next()}"
        pause = workload.random.choice((2_000, 10_000, 10_000))
        workload.world.scheduler.after(pause, lambda: _write(workload, link, words, (upload_id,)))


def _pause(workload: Workload) -> int:
    return workload.random.randint(0, 1_000)


def _some_link(workload: Workload) -> ChatLink | None:
    return workload.random.choice(workload.links) if workload.links else None


def merge(workload: Workload) -> None:
    """Two conversations are with one and the same customer, somebody says."""
    conversations = workload.world.history.stored("c")
    one = workload.random.choice(conversations) if conversations else None
    others = [each for each in conversations if one and _is_another(each, one, workload)]
    if one is None or not others:
        return workload.text()
    other = workload.random.choice(others)
    associate, keep_other = workload._associate(one["store_id"]), workload.random.random() < 0.5
    of = Other(conversation_id=other["id"])
    return workload.world.ask(
        "merge", associate,
        lambda ports: merge_customers(one["id"], of, associate, ports, keep_other=keep_other).customer.id,
        conversation_id=one["id"],
    )  # fmt: skip


def _is_another(conversation: Item, one: Item, workload: Workload) -> bool:
    """Somebody else's, and now and then another merchant's."""
    if conversation["merchant_id"] != one["merchant_id"] and workload.random.random() < 0.8:
        return False
    return bool(conversation["customer_id"] != one["customer_id"])


def part(workload: Workload) -> None:
    """They are two, after all: one is parted again, by a conversation of either."""
    merged = [item for item in workload.world.history.stored("p") if item.get("merged_into")]
    if not merged:
        return merge(workload)
    gone = workload.random.choice(merged)
    theirs = [each for each in workload.world.history.stored("c") if _is_of(each, gone)]
    if not theirs:
        return None
    conversation = workload.random.choice(theirs)
    associate = workload._associate(conversation["store_id"])
    return workload.world.ask(
        "part", associate,
        lambda ports: undo_merge(conversation["id"], gone["id"], associate, ports).customer.id,
        conversation_id=conversation["id"],
    )  # fmt: skip


def _is_of(conversation: Item, gone: Item) -> bool:
    return conversation["customer_id"] in (gone["id"], gone["merged_into"])


def order_elsewhere(workload: Workload) -> None:
    """At the merchant's other shop, which is at WooCommerce; reported in any order and sometimes twice."""
    number, now, random = workload.next(), workload.world.now(), workload.random
    phone = random.choice(workload.phones)
    for place, (status, said) in enumerate(random.sample(_STATUSES, random.randint(1, 3))):
        at = now + place * 1000
        order = {
            "id": 5000 + number,
            "number": str(number),
            "status": status,
            "currency": "USD",
            "total": "42.00",
            "date_created_gmt": _utc(now),
            "date_modified_gmt": _utc(at),
            "customer_id": random.randint(0, 2),
            "billing": {"first_name": CANARY, "last_name": f"N{number}", "phone": phone},
        }
        facts = {**said, "updated_at": at, "cancelled_at": at if status == "cancelled" else None}
        made = woo_webhook(workload.next(), order, facts)
        for _ in range(random.choice((1, 1, 2))):
            delay = random.randint(0, 4_000)
            workload.world.scheduler.after(delay, partial(workload.post, f"/webhooks/woocommerce/{WOO}", made))


_STATUSES: tuple[tuple[str, dict[str, str]], ...] = (
    ("pending", {}),
    ("processing", {"financial_status": "paid"}),
    ("completed", {"financial_status": "paid", "fulfillment_status": "fulfilled"}),
    ("cancelled", {}),
)


def _utc(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).replace(tzinfo=None).isoformat()


VISITS: tuple[Weighed, ...] = (
    (open_page, 6),
    (write, 8),
    (send_picture, 8),
    (merge, 6),
    (part, 5),
    (order_elsewhere, 4),
)
