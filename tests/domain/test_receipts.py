"""What a customer is texted when a cart is paid, in every language that texts have."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.receipts import WORDS, receipt
from chalicelib.domain.segments import count
from chalicelib.domain.templates import LANGUAGES
from tests.support.carts import CART, LINE, paid


def test_every_language_that_templates_have() -> None:
    assert set(WORDS) == set(LANGUAGES)
    for language in LANGUAGES:
        assert "$24.80" in receipt(paid(), "Pine", language)
        assert count(receipt(paid(), "Pine", language)).segments <= 2, "no letter that halves the room"


def test_another_language_is_english() -> None:
    assert receipt(paid(), "Pine", "xx") == receipt(paid(), "Pine", "en")


def test_long_carts_are_counted_and_included_taxes_said() -> None:
    cart = paid()
    assert cart.totals is not None
    lines = (LINE,) * 12
    many = replace(cart, contents=replace(cart.contents, lines=lines), totals=replace(cart.totals, taxes_included=True))
    text = receipt(many, "Pine", "en")
    assert text.count("2 x Boots: $20.00") == 8
    assert "and 4 more\n" in text
    assert "Taxes included: $1.80" in text


def test_what_is_not_paid_has_none() -> None:
    with pytest.raises(ValueError, match="paid"):
        receipt(CART, "Pine", "en")
