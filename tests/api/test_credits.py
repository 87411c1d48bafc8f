"""Credits over HTTP (L1-L4, L14, L24)."""

import pytest

from chalicelib.domain.credits import PurchaseState
from tests.api.client import JSON, KEY, Answer, as_json, call
from tests.support.world import ADA, MIA, SEATTLE, World

PATH = f"/stores/{SEATTLE}/credits"


@pytest.fixture(autouse=True)
def _credits(world: World) -> None:
    world.change_store(credits=True)


def buy(world: World, pack: int = 1000) -> Answer:
    return call(
        "POST",
        f"{PATH}/purchases",
        sub=MIA,
        body=as_json({"pack": pack}),
        headers={**JSON, "Idempotency-Key": world.key()},
    )


def paid(world: World, pack: int = 1000) -> Answer:
    buy(world, pack)
    world.credit_purchases.outcomes = {each.id: PurchaseState.PAID for each in world.table.purchases.values()}
    return call("POST", f"{PATH}/settle", sub=MIA)


def test_a_pack_is_paid_for_on_the_providers_page_and_counts_then(world: World) -> None:
    bought = buy(world)
    assert bought.status == 201
    assert bought.json["url"].startswith("https://pay.example.test/")
    assert call("POST", f"{PATH}/settle", sub=MIA).json["rows"] == [{"pack": 1000, "state": "pending"}]
    assert call("GET", PATH, sub=ADA).json["balance"] == 0
    assert paid(world).json["rows"] == [{"pack": 1000, "state": "paid"}] * 2
    assert call("GET", PATH, sub=ADA).json == {
        "balance": 2000, "per_segment": 12, "threshold": 50, "low_since": None,
    }  # fmt: skip


def test_a_text_that_cannot_be_paid_is_refused(world: World) -> None:
    paid(world)
    talk = world.talk()
    world.table.credit_accounts.clear()
    answer = call(
        "POST", f"/conversations/{talk}/messages", sub=ADA, body=as_json({"body": "Hello"}), headers={**JSON, **KEY}
    )
    assert (answer.status, answer.code) == (409, "too_few_credits")


def test_the_ledger_says_who_bought_and_what_went_where(world: World) -> None:
    paid(world)
    talk = world.talk()
    found = call("GET", f"{PATH}/lines", sub=MIA).json
    assert [(row["kind"], row["amount"], row["by_name"], row["conversation_id"]) for row in found["rows"]] == [
        ("purchase", 1000, "Mia", None),
        ("charge", -12, "Ada", talk),
    ]
    assert [pack["credits"] for pack in found["packs"]] == [1000, 2000, 5000]


def test_the_threshold_is_chosen_or_switched_off(world: World) -> None:
    for threshold in (100, None):
        answer = call("PUT", f"{PATH}/threshold", sub=MIA, body=as_json({"threshold": threshold}), headers=JSON)
        assert answer.json["threshold"] == threshold


def test_who_i_am_says_which_stores_need_credits(world: World) -> None:
    stores = {each["id"]: each["credits"] for each in call("GET", "/me", sub=MIA).json["stores"]}
    assert stores.pop(SEATTLE) is True
    assert not any(stores.values())
