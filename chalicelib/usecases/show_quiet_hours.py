"""What people see of quiet hours (X4): a manager the table, an associate the customer's clock."""

from msgspec import Struct

from chalicelib.domain.addresses import Channel
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.merchants import Store
from chalicelib.domain.quiet_hours import Night, Place, local_time, next_night, places_of
from chalicelib.domain.quiet_overview import RuleLine, rule_lines

from .access import managed_store, signed_in
from .held_messages import answers_until
from .ports import Deps


class CustomerClock(Struct, frozen=True, kw_only=True):
    """The time where a customer is, as far as their number tells."""

    zone: str
    """IANA name of the zone to read it in."""
    guessed: bool
    """Their address tells nothing: it is the store's zone."""
    night: Night | None
    """The quiet hours that it is now, or the next ones. None: none hold for this conversation."""
    answers_until: int | None
    """Before then (epoch milliseconds) a text goes out at night too, as an answer."""


class QuietTable(Struct, frozen=True, kw_only=True):
    store: Store
    here: Night | None
    """Where the store is: for numbers that tell nothing."""
    rules: tuple[RuleLine, ...]


def show_quiet_hours(store_id: str, associate_id: str, deps: Deps) -> QuietTable:
    """Raises NotFound, PermissionDenied."""
    store, now = managed_store(signed_in(associate_id, deps), store_id, deps), deps.clock.now()
    here = next_night(now, (Place(store.timezone),), store.quiet_hours)
    return QuietTable(store=store, here=here, rules=rule_lines(now, store.quiet_hours))


def customer_clock(conversation: Conversation, deps: Deps) -> CustomerClock:
    """Nothing is read for it."""
    store, now = deps.directory.store(conversation.store_id), deps.clock.now()
    store_zone = "UTC" if store is None else store.timezone
    places = places_of(conversation.channel, conversation.customer_address, store_zone)
    known = tuple(place for place in places_of(Channel.SMS, conversation.customer_address, "") if place.zone)
    return CustomerClock(
        zone=local_time(now, known)[1] if known else store_zone,
        guessed=not known,
        night=None if store is None else next_night(now, places, store.quiet_hours),
        answers_until=answers_until(conversation),
    )
