"""Links to products: the code goes into the page's address and is found again in an order's landing page (H22, X21)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.product_links import CODE_LENGTH, address, code_in, code_of, is_code, marked
from tests.support.products import product

CODE = "AbCdEfGh12"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://pine.example/p/1", f"https://pine.example/p/1?cl={CODE}"),
        ("https://pine.example/p?id=1", f"https://pine.example/p?id=1&cl={CODE}"),
        ("https://pine.example/p?", f"https://pine.example/p?cl={CODE}"),
        ("https://pine.example/p?id=1&", f"https://pine.example/p?id=1&cl={CODE}"),
        ("https://pine.example/p#sizes", f"https://pine.example/p?cl={CODE}#sizes"),
        ("https://pine.example/p?id=1#a?b", f"https://pine.example/p?id=1&cl={CODE}#a?b"),
    ],
)
def test_the_code_stands_in_the_address_of_the_page(url: str, expected: str) -> None:
    assert marked(url, CODE) == expected
    assert code_in(expected) == CODE


@pytest.mark.parametrize(
    ("landing", "code"),
    [
        (f"/products/boots?variant=4&cl={CODE}&utm_source=x", CODE),  # Shopify says it without its host
        (f"https://pine.example/?cl={CODE}", CODE),
        ("", ""),
        ("/products/boots", ""),
        (f"/products/boots?cl={CODE}9", ""),
        ("/products/boots?cl=AbCd", ""),
        (f"/products/boots?xcl={CODE}", ""),
        (f"/products/cl={CODE}", ""),
        (f"/products/boots?cl={CODE[:-1]}\u0664", ""),
    ],
)
def test_a_landing_page_says_by_which_link(landing: str, code: str) -> None:
    assert code_in(landing) == code


@given(st.binary(min_size=32, max_size=32))
def test_a_code_is_short_and_plain(secret: bytes) -> None:
    code = code_of(secret)
    assert is_code(code)
    assert len(code) == CODE_LENGTH


def test_customers_get_the_link_domain_or_the_page_itself() -> None:
    boots = product()
    assert address(boots, CODE, "go.pine.example") == f"https://go.pine.example/l/{CODE}"
    assert address(boots, CODE, "") == f"{boots.url}?cl={CODE}"
    assert address(product(url=""), CODE, "go.pine.example") == ""
