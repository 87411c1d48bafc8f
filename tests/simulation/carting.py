"""Remote carts: scenes and races (N21-N26)."""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import json

from chalicelib.domain.cart_contents import CartLine, Contents
from chalicelib.domain.carts import LINK_LIFETIME
from chalicelib.usecases.change_cart import BeginCommand, begin_cart, cancel_cart, change_cart
from chalicelib.usecases.share_cart import share_cart
from chalicelib.wiring import Dependencies
from local.simulator.config import PaymentConnection
from local.simulator.payment_webhooks import adyen_webhook
from tests.support.merchant import ADA, TILL, TILL_ACCOUNT, TILL_KEY

from .history import Webhook
from .story import Story
from .till import TOTAL

Acts = Iterator[None]
_KNOWN = PaymentConnection(provider="adyen", id=TILL, account=TILL_ACCOUNT, api_key="a", webhook_secret=TILL_KEY)


def beginning_a_cart(story: Story) -> Acts:
    _open(story)
    yield
    _begin(story)


def changing_a_cart(story: Story) -> Acts:
    _priced(story)
    yield
    _ask(
        story, "change cart", lambda cart, ports: change_cart(*_of(cart), cart["revision"], _contents(story, 3), ports)
    )


def sharing_a_cart(story: Story) -> Acts:
    _priced(story)
    yield
    _share(story)


def cancelling_a_cart(story: Story) -> Acts:
    _shared(story)
    yield
    _cancel(story)


def paying_a_cart(story: Story) -> Acts:
    _shared(story)
    yield
    _pay(story)


def paying_a_cart_too_late(story: Story) -> Acts:
    _shared(story)
    story.world.scheduler.now += LINK_LIFETIME
    yield
    _pay(story)


def payment_against_cancellation(story: Story) -> None:
    _shared(story)
    _pay(story)
    _cancel(story)


def payment_against_itself(story: Story) -> None:
    """The provider reports it twice at once."""
    _shared(story)
    _pay(story)
    _pay(story)


def payment_against_payment(story: Story) -> None:
    """Two payments of one link."""
    _shared(story)
    _pay(story, "1")
    _pay(story, "2")


def payment_against_expiry(story: Story) -> None:
    """Made in the last millisecond, told when it is over; and another one made after that."""
    _shared(story)
    story.world.scheduler.now = _cart(story)["expires_at"] - 1
    _pay(story, "1")
    story.world.scheduler.now += 1
    _pay(story, "2")


def sharing_against_cancellation(story: Story) -> None:
    _priced(story)
    _share(story)
    _cancel(story)


def sharing_against_opt_out(story: Story) -> None:
    _priced(story)
    _share(story)
    story.text("STOP")


RACES: tuple[Callable[[Story], None], ...] = (
    payment_against_cancellation, payment_against_itself, payment_against_payment, payment_against_expiry,
    sharing_against_cancellation, sharing_against_opt_out,
)  # fmt: skip


def _open(story: Story) -> None:
    """The catalogue is read, and there is somebody to share with."""
    story.world.show_catalogue()
    story.world.due()
    story.rest()
    story.text()
    story.rest()


def _contents(story: Story, quantity: int = 2) -> Contents:
    product = min(json.decode(item["value"])["id"] for item in story.world.history.stored("d"))
    return Contents(lines=(CartLine(product_id=product, quantity=quantity),))


def _begin(story: Story) -> None:
    conversation_id = story.conversation()["id"]
    command = BeginCommand(
        conversation_id=conversation_id, associate_id=ADA, idempotency_key="key-cart01", contents=_contents(story)
    )
    story.world.ask(
        "begin cart", ADA, lambda ports: begin_cart(command, ports).id,
        key=command.idempotency_key, conversation_id=conversation_id,
    )  # fmt: skip


def _priced(story: Story) -> None:
    _open(story)
    _begin(story)
    story.rest()


def _shared(story: Story) -> None:
    _priced(story)
    _share(story)
    story.rest()


def _cart(story: Story) -> dict[str, Any]:
    (item,) = story.world.history.stored("ct")
    found: dict[str, Any] = {"revision": 1, **json.decode(item["value"])}
    return found


def _of(cart: dict[str, Any]) -> tuple[str, str, str]:
    return cart["conversation_id"], cart["id"], ADA


def _ask(story: Story, verb: str, act: Callable[[dict[str, Any], Dependencies], Any]) -> None:
    cart = _cart(story)
    about = {"conversation_id": cart["conversation_id"]}
    story.world.ask(verb, ADA, lambda ports: act(cart, ports).id, **about)


def _share(story: Story) -> None:
    _ask(story, "share cart", lambda cart, ports: share_cart(*_of(cart), cart["revision"], "canary words", ports))


def _cancel(story: Story) -> None:
    _ask(story, "cancel cart", lambda cart, ports: cancel_cart(*_of(cart), cart["revision"], ports))


def _pay(story: Story, number: str = "1") -> None:
    cart, world = _cart(story), story.world
    reference = f"{cart['conversation_id']}.{cart['id']}.{cart['shares']}"
    body, headers = adyen_webhook(_KNOWN, reference, number, TOTAL, "USD", world.now())
    facts = {"reference": f"SIM{number}", "cart": cart["id"], "made_at": world.now()}
    webhook = Webhook(kind="payment", id=f"SIM{number}", connection_id=TILL, facts=facts)
    world.history.webhooks.append(webhook)
    world.deliver(webhook, f"/webhooks/adyen/{TILL}", headers, body)
