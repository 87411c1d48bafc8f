"""Remote carts: every state meets every event, and money adds up whatever the shop says (N21-N26)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.cart_contents import MOST_LINES, CartLine, Contents, LineProblem, Offer, Totals, checked
from chalicelib.domain.carts import (
    FAILURES,
    LINK_LIFETIME,
    MOST_TROUBLES,
    TRANSITIONS,
    WORKED_ON,
    Cart,
    CartEvent,
    CartFailure,
    CartState,
    Link,
    Payment,
    TroubleKind,
    read_reference,
)
from chalicelib.domain.errors import CartFixed, CartNotReady, CounterlineError, InvalidInput
from tests.fakes.outside import START
from tests.support.carts import CART, LINK, OFFER, TOTALS, paid, payment, shared

NOW = START
S = CartState
STEPS = ("change", "empty", "offer", "ask", "refuse", "share", "link", "fail", "pay", "order", "cancel")


def test_the_whole_table() -> None:
    """From where what leads where; what is not here is refused."""
    assert {(str(state), str(event)): str(after) for (state, event), after in TRANSITIONS.items()} == {
        **{(state, "changed"): "pricing" for state in ("building", "pricing", "priced", "failed")},
        **{(state, "emptied"): "building" for state in ("building", "pricing", "priced", "failed")},
        **{
            (state, "cancelled"): "cancelled"
            for state in ("building", "pricing", "priced", "sharing", "shared", "failed")
        },
        ("pricing", "priced"): "priced",
        ("pricing", "questioned"): "building",
        ("pricing", "refused"): "failed",
        ("priced", "share_asked"): "sharing",
        ("sharing", "repriced"): "priced",
        ("sharing", "questioned"): "building",
        ("sharing", "refused"): "failed",
        ("sharing", "link_made"): "shared",
        ("shared", "not_sent"): "failed",
        ("shared", "paid"): "paid",
        ("paid", "order_made"): "ordered",
    }


def test_what_is_over_stays_over_and_paid_can_only_become_an_order() -> None:
    over = {state for state in S if not any(start is state for start, _ in TRANSITIONS)}
    assert over == {S.ORDERED, S.EXPIRED, S.CANCELLED}
    assert {event for state, event in TRANSITIONS if state is S.PAID} == {CartEvent.ORDER_MADE}
    assert S.EXPIRED not in TRANSITIONS.values(), "it is a comparison, never stored"


def test_every_state_can_be_reached_and_money_comes_before_the_order() -> None:
    reached, edges = {S.BUILDING}, TRANSITIONS.items()
    for _ in S:
        reached |= {after for (start, _), after in edges if start in reached}
    assert reached == set(S) - {S.EXPIRED}
    assert {start for (start, _), after in edges if after is S.PAID} == {S.SHARED}
    assert {start for (start, _), after in edges if after is S.SHARED} == {S.SHARING}
    assert {start for (start, _), after in edges if after is S.SHARING} == {S.PRICED}


@given(st.lists(st.sampled_from(STEPS)))
def test_whatever_is_tried_in_whatever_order_no_step_outside_the_table_is_taken(steps: list[str]) -> None:
    carts = [CART]
    for step in steps:
        try:
            carts.append(_stepped(carts[-1], step))
        except CounterlineError:
            continue
    for before, after in pairwise(carts):
        moved = before.state is not after.state
        allowed = {TRANSITIONS[key] for key in TRANSITIONS if key[0] is before.state}
        assert not moved or after.state in allowed
        assert after.revision == before.revision + 1
        assert after.state in (S.PAID, S.ORDERED) if after.payment else after.state not in (S.PAID, S.ORDERED)
        if after.state in (S.PRICED, S.SHARING, S.SHARED, S.PAID, S.ORDERED):
            assert after.totals is not None
            assert after.totals.adds_up(after.contents.lines)


def _stepped(cart: Cart, step: str) -> Cart:
    match step:
        case "change":
            return cart.with_contents(CART.contents, "shop", NOW)
        case "empty":
            return cart.with_contents(Contents(lines=()), "", NOW)
        case "offer":
            return cart.offered(OFFER, NOW)
        case "ask":
            return cart.offered(replace(OFFER, totals=None), NOW)
        case "refuse":
            return cart.refused(CartFailure.SHOP_BUSY, NOW)
        case "share":
            return cart.sharing("ada", "", NOW)
        case "link":
            return cart.shared("draft", LINK, NOW)
        case "fail":
            return cart.not_sent("opted_out", NOW)
        case "pay" if cart.state is S.SHARED:
            return cart.with_payment(payment(), NOW)
        case "order":
            return cart.ordered("#1", NOW)
        case "cancel":
            return cart.cancelled(NOW)
    raise CartFixed


figures = st.integers(min_value=0, max_value=10**9)


@given(figures, figures, figures, figures, st.booleans(), st.integers(min_value=-3, max_value=3))
def test_money_adds_up_or_nothing_is_priced(
    subtotal: int, discounts: int, shipping: int, taxes: int, included: bool, off: int
) -> None:
    total = subtotal - discounts + shipping + (0 if included else taxes) + off
    totals = Totals(
        currency="USD", subtotal=subtotal, discounts=discounts, shipping=shipping, taxes=taxes,
        taxes_included=included, total=total,
    )  # fmt: skip
    lines = (CartLine(product_id="p", quantity=1, total=subtotal),)
    assert totals.adds_up(lines) is (off == 0 and total >= 0)
    priced = CART.offered(Offer(lines=lines, totals=totals), NOW)
    expected = S.PRICED if off == 0 and total > 0 else S.FAILED
    assert priced.state is expected


def test_lines_that_do_not_come_to_the_subtotal_are_not_believed() -> None:
    bent = replace(OFFER, lines=(replace(OFFER.lines[0], total=1),))
    assert CART.offered(bent, NOW).failure is CartFailure.DOES_NOT_ADD_UP


def test_nothing_to_pay_needs_no_link() -> None:
    free = replace(TOTALS, subtotal=0, discounts=0, shipping=0, taxes=0, total=0)
    lines = (replace(OFFER.lines[0], price=0, total=0),)
    assert CART.offered(Offer(lines=lines, totals=free), NOW).failure is CartFailure.NOTHING_TO_PAY


def test_a_line_that_needs_a_person_brings_it_back_to_them() -> None:
    asked = Offer(lines=(replace(OFFER.lines[0], problem=LineProblem.GONE),))
    cart = CART.offered(asked, NOW)
    assert (cart.state, cart.totals, cart.contents.lines[0].problem) == (S.BUILDING, None, LineProblem.GONE)


def test_only_what_is_priced_is_shared() -> None:
    with pytest.raises(CartNotReady):
        CART.sharing("ada", "", NOW)


def test_another_price_while_it_is_shared_asks_again_and_says_what_it_was() -> None:
    sharing = CART.offered(OFFER, NOW).sharing("ada", "", NOW)
    dearer = replace(OFFER, totals=replace(TOTALS, taxes=TOTALS.taxes + 100, total=TOTALS.total + 100))
    cart = sharing.offered(dearer, NOW)
    assert (cart.state, cart.was_total, cart.expires_at) == (S.PRICED, TOTALS.total, None)
    again = cart.sharing("ada", "", NOW)
    assert again.reference != sharing.reference, "the other link, if there is one, is not this one"


def test_it_expires_to_the_millisecond() -> None:
    cart = shared()
    assert cart.state_at(NOW + LINK_LIFETIME - 1) is S.SHARED
    assert cart.state_at(NOW + LINK_LIFETIME) is S.EXPIRED
    assert paid().state_at(NOW + LINK_LIFETIME) is S.PAID
    with pytest.raises(CartFixed):
        cart.cancelled(NOW + LINK_LIFETIME)


def test_paid_in_full_and_in_time_it_is_paid_however_late_that_is_told() -> None:
    told_late = shared().with_payment(payment(at=NOW + LINK_LIFETIME - 1), NOW + 10 * LINK_LIFETIME)
    assert (told_late.state, told_late.troubles) == (S.PAID, ())


def test_the_same_payment_again_changes_nothing() -> None:
    once = paid()
    assert once.with_payment(payment(), NOW + 5) == once
    twice = once.with_payment(payment("P2"), NOW + 6)
    assert twice.with_payment(payment("P2"), NOW + 7) == twice


@pytest.mark.parametrize(
    ("cart", "made", "kind"),
    [
        (paid(), payment("P2"), TroubleKind.PAID_TWICE),
        (paid().ordered("#1", NOW), payment("P2"), TroubleKind.PAID_TWICE),
        (shared(), payment("P2", at=NOW + LINK_LIFETIME), TroubleKind.PAID_TOO_LATE),
        (shared().cancelled(NOW), payment("P2"), TroubleKind.PAID_TOO_LATE),
        (shared().not_sent("opted_out", NOW), payment("P2"), TroubleKind.PAID_TOO_LATE),
        (shared(), payment("P2", amount=TOTALS.total - 1), TroubleKind.AMOUNT_DIFFERS),
        (shared(), payment("P2", currency="EUR"), TroubleKind.AMOUNT_DIFFERS),
    ],
)
def test_any_other_payment_is_left_to_people_with_its_reference(cart: Cart, made: Payment, kind: TroubleKind) -> None:
    after = cart.with_payment(made, NOW)
    assert after.state is cart.state, "nothing is marked as paid for it"
    assert [(each.kind, each.payment.reference) for each in after.troubles] == [(kind, "P2")]


def test_the_newest_troubles_are_kept() -> None:
    cart = paid()
    for number in range(MOST_TROUBLES + 3):
        cart = cart.with_payment(payment(f"X{number}"), NOW)
    assert [each.payment.reference for each in cart.troubles] == [f"X{n}" for n in range(3, MOST_TROUBLES + 3)]


def test_an_order_that_is_refused_is_told_once() -> None:
    told = paid().order_refused(NOW)
    assert [each.kind for each in told.troubles] == [TroubleKind.ORDER_REFUSED]
    assert told.order_refused(NOW) == told
    assert told.ordered("#7", NOW).state is S.ORDERED, "somebody may still make it possible"


def test_a_link_is_closed_when_nobody_is_to_pay_any_more() -> None:
    assert [each.must_close for each in (shared(), shared().cancelled(NOW), shared().not_sent("x", NOW), paid())] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not CART.cancelled(NOW).must_close


def test_what_is_asked_for_is_checked_and_nothing_of_the_shops_is_taken_from_the_browser() -> None:
    with pytest.raises(InvalidInput):
        checked(Contents(lines=(CartLine(product_id="p", quantity=1),) * (MOST_LINES + 1)))
    for quantity in (0, -1, 1000):
        with pytest.raises(InvalidInput):
            checked(Contents(lines=(CartLine(product_id="p", quantity=quantity),)))
    forged = CartLine(product_id="p", quantity=2, price=1, total=1, title="Free", problem=LineProblem.GONE)
    assert checked(Contents(lines=(forged,))).lines == (CartLine(product_id="p", quantity=2),)


def test_references_are_read_back_and_others_are_none() -> None:
    assert read_reference(shared().reference) == (CART.conversation_id, CART.id)
    for other in ("", "a", "a.b", "a.b.", "a.b.x", ".b.1", "a..1", "a.b.\u0663", "order 7"):
        assert read_reference(other) is None


def test_every_failure_has_words_and_every_step_of_the_worker_a_state() -> None:
    assert set(FAILURES) == set(CartFailure)
    assert set(WORKED_ON) == {S.PRICING, S.SHARING, S.PAID}


def test_a_link_says_which_till_it_is_of() -> None:
    assert shared().link == Link(connection_id="adyen", id="PL1", url="https://pay.example.test/PL1")
