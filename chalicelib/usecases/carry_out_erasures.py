"""Customers are erased in steps that any minute can take up (X13; docs/privacy.md).

Each step is safe to repeat and to run twice at once. What the customer writes meanwhile goes with the conversation that
it comes to; what comes after that conversation is gone is a stranger's, and stays.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.customers import Customer
from chalicelib.domain.erasures import Erasure, ErasurePhase, Place, erased
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.routing import RouteKey
from chalicelib.domain.uploads import draft_of

from .charge_credits import refund_notices, refund_unsent
from .forget_shop_number import forget_shop_number
from .ports import Deps, EraseMails, EraseMedia

_MOST_AT_ONCE = 20
_PAGE = 10
_BATCH = 100


class Erased(Struct):
    """What a run of the clock came to."""

    steps: int = 0
    finished: bool = True


def carry_out_erasures(now: int, stop_at: int, deps: Deps) -> Erased:
    """Works on all that are due at `now`; begins no step from `stop_at` (on the clock) on."""
    run = Erased()
    for erasure in deps.erasures.under_way(now, _MOST_AT_ONCE):
        try:
            _work(erasure, now, stop_at, run, deps)
        except Unavailable:
            run.finished = False
        except Exception as error:  # nor does one that cannot even be written down
            deps.log.failure("erasure_failed", error)
    return run


def _work(erasure: Erasure, now: int, stop_at: int, run: Erased, deps: Deps) -> None:
    while erasure.due(now):
        if deps.clock.now() >= stop_at:
            run.finished = False
            return
        after = _stepped(erasure, now, deps)
        if after is None or not deps.erasures.change(after, erasure):
            return  # the next minute goes on, or another one works on it
        run.steps += 1
        erasure = after
    if not erasure.runs:
        deps.log.info("customer_erased", erasure_id=erasure.id, conversations=erasure.conversations)


def _stepped(erasure: Erasure, now: int, deps: Deps) -> Erasure | None:
    """None: something changed meanwhile. Raises Unavailable."""
    try:
        return _STEPS[erasure.phase](erasure, deps)
    except Unavailable:
        raise
    except Exception as error:  # a mistake of ours must not hold up other customers': it goes behind them
        deps.log.failure("erasure_failed", error)
        return erasure.put_aside(now)


def _orders(erasure: Erasure, deps: Deps) -> Erasure | None:
    """Some of them. None: somebody else changed one meanwhile."""
    theirs = [order_id for each in erasure.customer_ids for order_id in deps.personal_data.orders(each, _PAGE)]
    found = [deps.orders.find(each) for each in dict.fromkeys((*erasure.order_ids, *theirs))]
    known = [order for order in found if order is not None and order.erased_at is None]
    if not known:
        return erasure.at(ErasurePhase.CUTTING_OFF)
    for order in known:
        if any(event.for_merchant for event in order.told or ()):
            refund_notices(order.id, deps)
        draft_ids = [draft_of(order.merchant_id, order.store_id, order.id).id]
        deps.personal_data.forget_about_order(order.id, draft_ids)
        deps.media_queue.put([EraseMedia(each) for each in draft_ids])
        if not deps.personal_data.replace_order(order, erased(order, deps.clock.now())):
            return None
    return erasure.without(orders=len(known))


def _cut_off(erasure: Erasure, deps: Deps) -> Erasure | None:
    """A report or a merge may have come since it was asked for: what is known by now is written down first. None: it
    has changed once more."""
    known = _known(erasure, deps)
    by_now = erasure.with_customers(known)
    if by_now is not erasure:
        return by_now
    if not _forget_numbers(erasure, deps):
        return None
    if not deps.personal_data.cut_off(erasure.merchant_id, erasure.customer_ids, erasure.look_ups, known):
        return None
    return erasure.at(ErasurePhase.CONVERSATIONS)


def _forget_numbers(erasure: Erasure, deps: Deps) -> bool:
    theirs = [value for kind, value in erasure.look_ups if kind == "external"]
    return forget_shop_number(erasure.merchant_id, theirs, next(iter(erasure.customer_ids), ""), deps)


def _known(erasure: Erasure, deps: Deps) -> Sequence[Customer]:
    """Those of them who are not cut off; of a merged one, the one who is kept."""
    found = [deps.customers.find(each) for each in erasure.customer_ids]
    return list({each.id: each for each in found if each is not None}.values())


def _conversations(erasure: Erasure, deps: Deps) -> Erasure | None:
    """Some of them; before any of these goes, its address is written down."""
    for customer_id in erasure.customer_ids:
        if ids := deps.personal_data.conversations(customer_id, _PAGE):
            found = deps.conversations.find_several(ids)
            places = erasure.with_places(Place(each.channel, each.customer_address) for each in found.values())
            if places is not erasure:
                return places
            for associate_id in _associates(erasure.merchant_id, deps):
                deps.personal_data.forget_invites(associate_id, ids)
            if not all(_erase(customer_id, each, deps) for each in ids):
                return None
            return erasure.without(conversations=len(ids))
    return erasure.at(ErasurePhase.CONSENT)


def _erase(customer_id: str, conversation_id: str, deps: Deps) -> bool:
    """False where something was added meanwhile: then that is to go as well."""
    conversation = deps.conversations.find(conversation_id)
    if conversation is not None and conversation.state is not ConversationState.DELETED:
        if not deps.conversations.end(conversation, conversation.deleted(deps.clock.now())):
            return False
        conversation = deps.conversations.find(conversation_id)
    if conversation is not None:
        refund_unsent(conversation, deps)  # the stream, which gives back otherwise, may find the messages gone
        if conversation.told_at is not None:
            refund_notices(conversation_id, deps)
            deps.personal_data.forget_told(conversation_id)
    if mails := tuple(deps.personal_data.mails(conversation_id)):
        deps.media_queue.put([EraseMails(mails[at : at + _BATCH]) for at in range(0, len(mails), _BATCH)])
    deps.personal_data.empty(conversation_id)
    deps.media_queue.put([EraseMedia(conversation_id)])  # after the messages: a worker that finds none stores nothing
    if conversation is not None and not _remove(conversation, deps):
        return False
    deps.personal_data.forget(customer_id, conversation_id)
    return True


def _remove(conversation: Conversation, deps: Deps) -> bool:
    """With all routes that lead to it: a conversation may have moved from one address of ours to another."""
    merchant, channel = conversation.merchant_id, conversation.channel
    for key in _pairs(merchant, Place(channel, conversation.customer_address), deps):
        if key.proxy != conversation.proxy and not deps.personal_data.forget_route(key, conversation.id):
            return False
    return deps.personal_data.remove(conversation)


def _consent(erasure: Erasure, deps: Deps) -> Erasure:
    for place in erasure.places:
        _reduce(erasure.merchant_id, place, deps)
    return erasure.at(ErasurePhase.LAST_LOOK)


def _reduce(merchant_id: str, place: Place, deps: Deps) -> None:
    """Only the opt-outs' hashes are left of what is known of an address, unless somebody else has it.

    The hash comes first: whoever begins with the address from then on brings the opt-out back, and whoever did so
    before is seen here.
    """
    consents = deps.personal_data.consents(merchant_id, place)
    opted_out = [each for each in consents if each.state is ConsentState.OPTED_OUT]
    for each in opted_out:
        deps.personal_data.suppress(each)
    if _somebody_has(merchant_id, place, deps):
        for each in opted_out:
            deps.personal_data.bring_back(each)
        return
    if all(deps.personal_data.reduce(each) for each in consents):
        deps.personal_data.forget_history(merchant_id, place)


def _somebody_has(merchant_id: str, place: Place, deps: Deps) -> bool:
    """Another customer, or a conversation that is not erased."""
    kinds = {place.channel, Channel.SMS.value if place.channel == Channel.WHATSAPP else place.channel}
    if any(deps.customers.find_by(merchant_id, kind, place.address) for kind in kinds):
        return True
    pairs = _pairs(merchant_id, place, deps)
    for start in range(0, len(pairs), _BATCH):
        routes = deps.conversations.find_routes(pairs[start : start + _BATCH]).values()
        if deps.conversations.find_several(sorted({route.conversation_id for route in routes})):
            return True
    return False


def _pairs(merchant_id: str, place: Place, deps: Deps) -> Sequence[RouteKey]:
    """An address of theirs with each of ours on its channel."""
    channel = Channel(place.channel)
    stores = [store for store in deps.directory.stores() if store.merchant_id == merchant_id]
    ours = {proxy.address for store in stores for proxy in deps.directory.proxies_of(store.id, channel)}
    return [RouteKey(place.channel, each, Address(place.address)) for each in sorted(ours)]


def _associates(merchant_id: str, deps: Deps) -> Sequence[str]:
    """Who may have invited them."""
    stores = [store for store in deps.directory.stores() if store.merchant_id == merchant_id]
    return sorted({colleague.id for store in stores for colleague in deps.directory.colleagues(store.id)})


def _last_look(erasure: Erasure, deps: Deps) -> Erasure | None:
    """What somebody who had read the customer before has written meanwhile goes as well."""
    left = any(deps.personal_data.conversations(each, 1) or _orders_left(each, deps) for each in erasure.customer_ids)
    if left or _known(erasure, deps):
        return erasure.at(ErasurePhase.ORDERS)
    if not _forget_numbers(erasure, deps):
        return None
    deps.personal_data.cut_off(erasure.merchant_id, erasure.customer_ids, erasure.look_ups, ())
    return erasure.done(deps.clock.now())


def _orders_left(customer_id: str, deps: Deps) -> bool:
    found = [deps.orders.find(each) for each in deps.personal_data.orders(customer_id, _PAGE)]
    return any(order is not None and order.erased_at is None for order in found)


_STEPS: dict[ErasurePhase, Callable[[Erasure, Deps], Erasure | None]] = {
    ErasurePhase.ORDERS: _orders,
    ErasurePhase.CUTTING_OFF: _cut_off,
    ErasurePhase.CONVERSATIONS: _conversations,
    ErasurePhase.CONSENT: _consent,
    ErasurePhase.LAST_LOOK: _last_look,
}
