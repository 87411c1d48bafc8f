"""Managers buy packs of credits (L2, L4): usable as soon as the payment provider says that they are paid, once each."""

from hashlib import sha256
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.domain.credits import PACKS, Purchase, PurchaseState
from chalicelib.domain.errors import IdempotencyConflict, InvalidInput, NotFound
from chalicelib.domain.merchants import Store

from .access import managed_store, signed_in
from .ports import Deps

_BACK = "/#/stores/{}/settings/credits"
"""Of the app: where a payer comes back to, and where payments are settled."""


class Payable(NamedTuple):
    purchase: Purchase
    page: str
    """Where it is paid."""


def begin_purchase(store_id: str, key: str, pack: int, associate_id: str, deps: Deps) -> Payable:
    """Once per idempotency key. Raises NotFound (also where credits are switched off),
    PermissionDenied, InvalidInput, IdempotencyConflict, Unavailable."""
    store = credit_store(store_id, associate_id, deps)
    if pack not in PACKS:
        raise InvalidInput("There are packs of 1000, 2000 and 5000 credits.", field="pack")
    purchase = Purchase(
        id=sha256(f"{associate_id} {key}".encode()).hexdigest()[:32],
        merchant_id=store.merchant_id,
        store_id=store.id,
        by_id=associate_id,
        pack=pack,
        price=PACKS[pack],
        created_at=deps.clock.now(),
    )
    page = deps.credit_purchases.page(purchase, f"{deps.site_url}{_BACK.format(store.id)}")
    if not deps.credits.begin(purchase):
        earlier = deps.credits.purchase(store.id, purchase.id)
        if earlier is None or earlier.pack != pack:
            raise IdempotencyConflict
        purchase = earlier
    return Payable(purchase, page)


def settle_purchases(store_id: str, associate_id: str, deps: Deps) -> list[Purchase]:
    """Those that had not ended, as they are now. Asked whenever a manager looks: no report of the provider's is needed,
    and none is believed. Raises NotFound, PermissionDenied, Unavailable."""
    store = credit_store(store_id, associate_id, deps)
    waiting = [each for each in deps.credits.purchases(store.id) if each.state is PurchaseState.PENDING]
    return [_settled(each, deps) for each in waiting]


def credit_store(store_id: str, associate_id: str, deps: Deps) -> Store:
    """The store, for a manager of it, if it has credits switched on."""
    store = managed_store(signed_in(associate_id, deps), store_id, deps)
    if not store.credits:
        raise NotFound
    return store


def _settled(purchase: Purchase, deps: Deps) -> Purchase:
    state = deps.credit_purchases.outcome(purchase)
    if state is PurchaseState.PENDING:
        return purchase
    ended = replace(purchase, state=state)
    if deps.credits.settle(ended, deps.clock.now()):
        deps.log.info("credits_bought", store_id=purchase.store_id, state=state, credits=purchase.pack)
    return ended
