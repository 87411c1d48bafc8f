"""A store asks its customers about an order days after it was sent (X22)."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from chalicelib.domain.automatic_texts import DAY
from chalicelib.domain.orders import OrderEvent
from chalicelib.domain.standard_texts import standard
from chalicelib.domain.templates import AutomaticSwitches
from tests.support.merchant import MERCHANT, SEATTLE

from .story import Story

Acts = Iterator[None]
EVENT = OrderEvent.FOLLOW_UP


def sending_what_is_followed_up(story: Story) -> Acts:
    _wanted(story)
    story.order()
    story.rest()
    yield
    _sent(story)


def following_up(story: Story) -> Acts:
    """The text is due, and the clock stands still."""
    story.world.minutes = False
    _wanted(story)
    story.order()
    story.rest()
    _sent(story)
    story.rest()
    yield
    story.world.scheduler.now += DAY
    story.world.minutes = True
    story.world.due()


def following_up_what_was_cancelled(story: Story) -> Acts:
    """In the same minute."""
    story.world.minutes = False
    _wanted(story)
    story.order()
    story.rest()
    _sent(story)
    story.rest()
    yield
    story.world.scheduler.now += DAY
    story.order(2, updated_at=story.world.now(), fulfillment_status="fulfilled", cancelled_at=story.world.now())
    story.world.minutes = True
    story.world.due()


def _wanted(story: Story) -> None:
    story.tell_of_orders()
    templates: Any = story.world.process().templates
    made = replace(standard(EVENT, MERCHANT, SEATTLE), active=True, revision=1)
    switches = AutomaticSwitches(store_id=SEATTLE, merchant_id=MERCHANT, on=frozenset({EVENT}), follow_up_days=1)
    assert templates.save(made, switches)


def _sent(story: Story) -> None:
    story.order(1, updated_at=story.world.now(), fulfillment_status="fulfilled")
