"""What a store has in credits, where they went, and from when on it is told that they run out (L3, L14, L24)."""

from chalicelib.domain.credits import CreditAccount, CreditLine, checked_threshold
from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.merchants import Colleague, Store

from .access import messaging_store, signed_in
from .buy_credits import credit_store
from .ports import Deps, Page

_ATTEMPTS = 5


def show_credits(store_id: str, associate_id: str, deps: Deps) -> CreditAccount:
    """For whoever texts there. Raises NotFound (also where credits are switched off), PermissionDenied,
    MessagingDisabled."""
    store = messaging_store(signed_in(associate_id, deps), store_id, deps)
    if not store.credits:
        raise NotFound
    return _account(store, deps)


def show_ledger(
    store_id: str, associate_id: str, limit: int, cursor: str | None, deps: Deps
) -> tuple[Page[CreditLine], list[Colleague]]:
    """Newest first, with who belongs to the store. Raises NotFound, PermissionDenied, InvalidInput."""
    store = credit_store(store_id, associate_id, deps)
    return deps.credits.lines(store.id, limit, cursor), list(deps.directory.colleagues(store.id))


def choose_threshold(store_id: str, associate_id: str, threshold: int | None, deps: Deps) -> CreditAccount:
    """None: nobody is told. Raises NotFound, PermissionDenied, InvalidInput, ChangedMeanwhile."""
    store = credit_store(store_id, associate_id, deps)
    wanted = CreditAccount(store_id=store.id, merchant_id=store.merchant_id, threshold=checked_threshold(threshold))
    for _attempt in range(_ATTEMPTS):
        if deps.credits.set_threshold(wanted, deps.clock.now()):
            return _account(store, deps)
    raise ChangedMeanwhile


def _account(store: Store, deps: Deps) -> CreditAccount:
    found = deps.credits.account(store.id)
    return CreditAccount(store_id=store.id, merchant_id=store.merchant_id) if found is None else found
