"""Prepaid credits of a store (L1-L4, L24): whoever texts sees the balance, managers buy and read the ledger."""

from chalice.app import Blueprint

from chalicelib.domain.credits import CURRENCY, PACKS, PER_SEGMENT, CreditAccount, CreditLine
from chalicelib.domain.errors import ChangedMeanwhile, IdempotencyConflict, MessagingDisabled
from chalicelib.usecases.buy_credits import begin_purchase, settle_purchases
from chalicelib.usecases.show_credits import choose_threshold, show_credits, show_ledger

from . import credit_schemas as schemas
from .routing import Call, Query, Route, endpoint

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/credits",
        summary="The store's balance, and what a text costs (L3). Not found where it needs no credits.",
        answer=schemas.Credits,
        errors=(MessagingDisabled,),
    ),
)
def show_store_credits(call: Call, store_id: str) -> schemas.Credits:
    return _account(show_credits(store_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/credits/lines",
        summary="The ledger of the store's credits, newest first, and the packs there are; for managers.",
        query={
            "cursor": Query("Of the next page.", maximum=1024),
            "limit": Query("Lines, 50 by default.", "integer", maximum=100),
        },
        answer=schemas.CreditLedger,
    ),
)
def list_store_credit_lines(call: Call, store_id: str) -> schemas.CreditLedger:
    limit, cursor = call.query.get("limit", 50), call.query.get("cursor")
    page, colleagues = show_ledger(store_id, call.associate_id, limit, cursor, call.deps)
    names = {each.id: each.name for each in colleagues}
    return schemas.CreditLedger(
        rows=[_line(each, names) for each in page.rows],
        next=page.cursor,
        packs=[schemas.Pack(credits=pack, price=price) for pack, price in PACKS.items()],
        currency=CURRENCY,
    )


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/stores/{store_id}/credits/purchases",
        summary="Begin to buy a pack: the payment provider's page (L2, L4).",
        request=schemas.BuyCredits,
        answer=schemas.PaymentPage,
        status=201,
        idempotent=True,
        errors=(IdempotencyConflict,),
    ),
)
def buy_store_credits(call: Call, store_id: str) -> schemas.PaymentPage:
    payable = begin_purchase(store_id, call.idempotency_key, call.body.pack, call.associate_id, call.deps)
    return schemas.PaymentPage(url=payable.page)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/stores/{store_id}/credits/settle",
        summary="Ask what became of payments that had not ended; what is paid counts at once.",
        answer=schemas.SettledPurchases,
    ),
)
def settle_store_credits(call: Call, store_id: str) -> schemas.SettledPurchases:
    found = settle_purchases(store_id, call.associate_id, call.deps)
    return schemas.SettledPurchases(rows=[schemas.PurchaseView(pack=each.pack, state=each.state) for each in found])


@endpoint(
    blueprint,
    Route(
        method="PUT",
        path="/stores/{store_id}/credits/threshold",
        summary="Choose below how many credits the store is told that they run out (L24).",
        request=schemas.ChooseThreshold,
        answer=schemas.Credits,
        errors=(ChangedMeanwhile,),
    ),
)
def choose_store_threshold(call: Call, store_id: str) -> schemas.Credits:
    return _account(choose_threshold(store_id, call.associate_id, call.body.threshold, call.deps))


def _account(of: CreditAccount) -> schemas.Credits:
    return schemas.Credits(balance=of.balance, per_segment=PER_SEGMENT, threshold=of.threshold, low_since=of.low_since)


def _line(of: CreditLine, names: dict[str, str]) -> schemas.CreditLineView:
    return schemas.CreditLineView(
        id=of.id,
        at=of.at,
        kind=of.kind,
        amount=of.amount,
        by_name=names.get(of.by_id or "", ""),
        conversation_id=of.conversation_id,
    )
