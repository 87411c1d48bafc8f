"""One text of a bulk (L13), to the customer of one order: checked, filled in, and queued once per number.

Whoever finds a reason against it gives it. The once item names the number, so that two orders of one customer, two runs
at once and a run after a crash come to one text.
"""

from hashlib import sha256

from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.allocation import Seat
from chalicelib.domain.bulk import Bulk, Result, Unsent
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import InvalidInput, Unavailable
from chalicelib.domain.first_text import first_text
from chalicelib.domain.merchants import Store
from chalicelib.domain.messages import BODY_LIMIT, Message, MessageKind
from chalicelib.domain.routing import Route, RouteKey
from chalicelib.domain.template_tokens import fill, parse
from chalicelib.domain.template_values import values

from . import compose
from .allocate_proxy import numbers_of_store, seats_of
from .charge_credits import charged
from .held_messages import daytime
from .order_in_mail import is_talked_about
from .ports import Append, Appended, Deps, Duplicate, Once, Opened, Opening
from .shared_numbers import brought_first
from .text_about_order import Postponed, Recipient, begun, phone_of, refused, suits, taken_up

EVENT = "bulk"
"""What its messages say that they come from."""
_ATTEMPTS = 5


class _One(Recipient, frozen=True, kw_only=True):
    bulk: Bulk
    body: str


def text_in_bulk(bulk: Bulk, store: Store, order_id: str, deps: Deps) -> Result | Postponed:
    """What became of it. Raises TooFewCredits, and Unavailable where nothing can be said yet."""
    one = _prepared(bulk, store, order_id, deps)
    if isinstance(one, Unsent):
        return Result(order_id, unsent=one)
    earlier = deps.conversations.find_once(once_of(bulk, one.address, ""))
    if earlier is not None:
        return found_before(earlier, order_id)
    obstacle = refused(store, one.address, deps)
    if obstacle is not None:
        return Result(order_id, unsent=Unsent(obstacle.value))
    now = deps.clock.now()
    if (until := daytime(store, "sms", one.address, now)) > now:
        return Postponed(until)
    numbers = numbers_of_store(store, deps)
    if not numbers:
        return Result(order_id, unsent=Unsent.NO_SENDER)
    for _attempt in range(_ATTEMPTS):
        outcome = _attempted(one, seats_of(numbers, store.id, one.address, deps)[0], deps)
        if outcome is not None:
            return outcome
    raise Unavailable


def _prepared(bulk: Bulk, store: Store, order_id: str, deps: Deps) -> _One | Unsent:
    order = deps.orders.find(order_id)
    if order is None or order.store_id != store.id or order.erased_at is not None:
        return Unsent.NO_ORDER
    customer = deps.customers.find(order.customer_id)
    if customer is None:
        return Unsent.NO_ORDER
    address = phone_of(order, customer)
    if address is None:
        return Unsent.NO_PHONE
    known = values(store, store.language, customer=customer, order=order, associate=bulk.sender_name)
    filled = fill(parse(bulk.text), known)
    if filled.missing:
        return Unsent.MISSING_VALUE
    return _One(store=store, order=order, customer=customer, address=address, bulk=bulk, body=filled.text)


def _attempted(one: _One, seat: Seat, deps: Deps) -> Result | None:
    """None: something changed meanwhile; try again."""
    now, order_id = deps.clock.now(), one.order.id
    held = seat.held(now)
    if held is not None and not suits(held, one):
        return Result(order_id, unsent=Unsent.NUMBER_TAKEN)
    if held is not None and held.lives(now) and not held.is_open(now):
        return Result(order_id, unsent=Unsent.NOT_OPTED_IN)
    outcome: object
    try:
        if held is not None and held.is_open(now):
            message = message_in(held, one.body, now, deps)
            once, rerouting = _once(one, message), brought_first(held, now, deps)
            outcome = deps.conversations.append(Append(once=once, messages=(message,), rerouting=rerouting))
        else:
            opening, message = _opening(one, seat, held, now, deps)
            outcome = deps.conversations.open(opening)
    except InvalidInput:
        return Result(order_id, unsent=Unsent.TOO_LONG)
    if isinstance(outcome, Appended | Opened):
        return Result(order_id, message.conversation_id, message.id)
    return found_before(outcome.once, order_id) if isinstance(outcome, Duplicate) else None


def found_before(once: Once, wanted: str) -> Result:
    """The number has its text already: for what is `wanted`, perhaps by us before a crash, or for another one."""
    conversation_id, message_id, of = once.result.split(" ", 2)
    return Result(of, conversation_id, message_id) if of == wanted else Result(wanted, unsent=Unsent.SAME_NUMBER)


def once_of(bulk: Bulk, address: Address, result: str) -> Once:
    """Of the number it keeps a digest alone."""
    return Once(f"bulk#{bulk.id}", sha256(address.encode()).hexdigest()[:32], result=result)


def result_of(message: Message, of: str) -> str:
    return f"{message.conversation_id} {message.id} {of}"


def message_in(conversation: Conversation, body: str, now: int, deps: Deps) -> Message:
    """Raises InvalidInput where it has become too long with its values."""
    if len(body) > BODY_LIMIT:
        raise InvalidInput("With its values, the text is too long.", limit=BODY_LIMIT)
    message_id = compose.next_id(conversation.last_message_id, now, deps)
    written = compose.written(conversation, message_id, body, now, author_id=None, author_name=None, unprompted=True)
    return charged(replace(written, kind=MessageKind.AUTOMATIC, event=EVENT), deps)


def _opening(one: _One, seat: Seat, held: Conversation | None, now: int, deps: Deps) -> tuple[Opening, Message]:
    """The customer's conversation with the store about this order: taken up again, or new. Raises InvalidInput."""
    conversation = begun(one, seat, deps.ids.ulid(now), now) if held is None else taken_up(held, one, now)
    body = first_text(one.store.name, one.body) if held is None else one.body
    message = message_in(conversation, body, now, deps)
    leads_here = one.order.active and not is_talked_about(one.order, deps)
    opening = Opening(
        once=_once(one, message),
        conversation=conversation.with_message(message),
        was=held,
        route=Route(
            key=RouteKey(seat.proxy.channel, seat.proxy.address, one.address),
            merchant_id=one.store.merchant_id,
            store_id=one.store.id,
            conversation_id=conversation.id,
        ),
        route_was=seat.route,
        messages=(message,),
        order=one.order.in_conversation(conversation.id) if leads_here else None,
    )
    return opening, message


def _once(one: _One, message: Message) -> Once:
    return once_of(one.bulk, one.address, result_of(message, one.order.id))
