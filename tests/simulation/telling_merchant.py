"""The merchant's own phone is told of orders and of customers who begin to write, and says STOP (L7, L17, L18)."""

from collections.abc import Iterator
from typing import Any

from chalicelib.domain.addresses import Address
from chalicelib.domain.audit import AuditAct, AuditEntry
from chalicelib.domain.merchants import StoreChange
from chalicelib.usecases.change_merchant_phone import change_merchant_phone
from tests.support.merchant import MERCHANT, MIA, SEATTLE

from .story import Story

Acts = Iterator[None]
PHONE = Address("+12065550155")


def naming_the_merchants_phone(story: Story) -> Acts:
    yield
    story.world.ask(
        "change merchant phone", MIA, lambda ports: change_merchant_phone(SEATTLE, MIA, PHONE, "", ports).phone
    )


def ordering_where_the_merchant_is_told(story: Story) -> Acts:
    _wanted(story)
    yield
    story.order()


def telling_the_merchant(story: Story) -> Acts:
    _ordered(story)
    yield
    _a_minute_later(story)


def telling_the_merchant_what_costs(story: Story) -> Acts:
    story.need_credits()
    _ordered(story)
    yield
    _a_minute_later(story)


def telling_the_merchant_without_credits(story: Story) -> Acts:
    story.need_credits(5)
    _ordered(story)
    yield
    _a_minute_later(story)


def telling_a_merchant_who_opted_out(story: Story) -> Acts:
    _ordered(story)
    story.text("STOP", sender=PHONE)
    story.rest()
    yield
    _a_minute_later(story)


def beginning_where_the_merchant_is_told(story: Story) -> Acts:
    """What comes behind it, or once more, begins nothing."""
    _wanted(story)
    yield
    story.text()
    story.text()


def telling_the_merchant_of_a_ticket(story: Story) -> Acts:
    _begun(story)
    yield
    _a_minute_later(story)


def telling_the_merchant_of_a_ticket_that_costs(story: Story) -> Acts:
    story.need_credits()
    _begun(story)
    yield
    _a_minute_later(story)


def telling_the_merchant_of_what_has_ended(story: Story) -> Acts:
    _begun(story)
    story.close(SEATTLE, MIA)
    story.rest()
    yield
    _a_minute_later(story)


def writing_as_the_merchant(story: Story) -> Acts:
    """At WhatsApp, where that phone is a customer as any."""
    _wanted(story)
    yield
    story.at_whatsapp(sender=PHONE)


def telling_of_who_is_erased(story: Story) -> None:
    """The stage alone: the text waits on its way out, and has been paid for."""
    story.need_credits()
    _begun(story)
    story.world.outbound.on_put = lambda: None
    story.world.due()
    story.rest()


def stopping_as_the_merchant(story: Story) -> Acts:
    _wanted(story)
    yield
    story.text("STOP", sender=PHONE)


def _wanted(story: Story) -> None:
    """Every process reads the set-up."""
    story.world.warm = False
    ports: Any = story.world.process()
    change = StoreChange(store_id=SEATTLE, merchant_id=MERCHANT, merchant_phone=PHONE)
    entry = AuditEntry(
        id="0" * 26,
        merchant_id=MERCHANT,
        store_id=SEATTLE,
        associate_id=MIA,
        act=AuditAct.MERCHANT_PHONE_CHANGED,
        conversation_id="",
        at=story.world.now(),
    )
    assert ports.store_changes.put(change, None, entry)


def _ordered(story: Story) -> None:
    """The text is due, and the clock stands still."""
    story.world.minutes = False
    _wanted(story)
    story.order()
    story.rest()


def _begun(story: Story) -> None:
    """As above, of somebody who begins to write."""
    story.world.minutes = False
    _wanted(story)
    story.text()
    story.rest()


def _a_minute_later(story: Story) -> None:
    story.world.minutes = True
    story.world.due()
