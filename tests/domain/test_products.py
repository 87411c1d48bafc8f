"""Products: how reports of one converge, what they are found by, and what a card says (N18, H9)."""

import itertools

import pytest

from chalicelib.domain.media import Media
from chalicelib.domain.products import (
    LONGEST_CARD_TITLE,
    LONGEST_WORD,
    MOST_CODES,
    MOST_WORDS,
    Product,
    ProductState,
    card_of,
    code_key,
    matches,
    product_id,
    searched,
    words_of,
)
from tests.support.products import product


def test_reports_converge_in_any_order() -> None:
    gone = Product(id=product().id, merchant_id="m", connection_id="c", external_id="501", state=ProductState.DELETED)
    told = [product(), product(updated_at=2**42, title="Later"), product(title="Same instant"), gone]
    for reports in itertools.permutations(told[:3]):
        newest = reports[0]
        for other in reports[1:]:
            newest = other.newest(newest)
        assert newest.title == "Later"
    for reports in itertools.permutations(told):
        newest = reports[0]
        for other in reports[1:]:
            newest = other.newest(newest)
        assert newest is gone


def test_two_reports_of_one_instant_come_to_the_same() -> None:
    one, other = product(title="One"), product(title="Other")
    assert one.newest(other) == other.newest(one)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Café crème, 250 g", ("cafe", "creme", "250", "g")),
        ("CAFÉ Straße Øl Łódź", ("cafe", "strasse", "ol", "lodz")),
        ("Cafe\u0301", ("cafe",)),
        ("blue Blue BLUE", ("blue",)),
        ("緑茶セット", ("緑茶", "茶セ", "セッ", "ット", "ト")),
        ("茶", ("茶",)),
        ("T恤衫 L", ("t", "恤衫", "衫", "l")),
        ("Ｆｕｌｌ", ("full",)),
        ("snake_case-and/more", ("snake", "case", "and", "more")),
        ("   ", ()),
        ("🥾", ()),
    ],
)
def test_words_are_without_case_and_accents(title: str, words: tuple[str, ...]) -> None:
    assert words_of(title) == words


@pytest.mark.parametrize(
    ("title", "query", "found"),
    [
        ("Harbor Boots", "boo har", True),
        ("Harbor Boots", "boots navy", False),
        ("Crème brûlée", "CREME brul", True),
        ("Creme brulee", "crème", True),
        ("緑茶セット", "茶セット", True),
        ("緑茶セット", "茶", True),
        ("緑茶セット", "ト", True),
        ("緑茶セット", "紅茶", False),
        ("가방 세트", "가", True),
        ("Supercalifragilisticexpialidocious", "supercalifragilisticexpi", True),
    ],
)
def test_beginnings_of_words_find(title: str, query: str, found: bool) -> None:
    wanted = searched(query)
    assert wanted
    assert matches(words_of(title), wanted) is found


def test_the_longest_word_is_looked_up_first() -> None:
    assert searched("a navy go") == ("navy", "go", "a")


def test_what_a_product_is_found_by_is_bounded() -> None:
    many = product(title=" ".join(f"w{number}" for number in range(50)), codes=tuple(map(str, range(1000, 1100))))
    assert len(many.words) == MOST_WORDS
    assert len(many.code_keys) == MOST_CODES
    assert words_of("x" * 500) == ("x" * LONGEST_WORD,)


@pytest.mark.parametrize("state", [ProductState.HIDDEN, ProductState.DELETED])
def test_what_is_not_listed_is_found_by_nothing(state: ProductState) -> None:
    assert product(state=state).words == ()
    assert product(state=state).code_keys == ()


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("4006381333931", "4006381333931"),
        ("036000291452", "36000291452"),
        ("0036000291452", "36000291452"),
        (" HB-41 ", "hb-41"),
        ("HB 41", "hb41"),
        ("０３６", "36"),
        ("0", ""),
        ("", ""),
    ],
)
def test_a_code_has_one_key_however_it_is_written(code: str, key: str) -> None:
    assert code_key(code) == key


def test_the_id_of_a_product_is_not_an_orders() -> None:
    assert product_id("c", "1") != product_id("c", "2")
    assert len(product_id("c", "1")) == 22


@pytest.mark.parametrize(
    ("fields", "price"),
    [
        ({}, "$129.00 - $149.00"),
        ({"price_to": 12900}, "$129.00"),
        ({"price_from": 125000, "price_to": 125000, "currency": "EUR"}, "€1,250.00"),
        ({"price_from": 500, "price_to": 500, "currency": "JPY"}, "¥500"),
        ({"price_from": 1500, "price_to": 1500, "currency": "KWD"}, "KWD 1.500"),
        ({"price_from": None}, ""),
        ({"currency": ""}, ""),
    ],
)
def test_a_price_for_people(fields: dict[str, int | str | None], price: str) -> None:
    assert product(**fields).price == price


def test_a_card_has_all_there_is_to_say_in_words() -> None:
    card = card_of(product())
    assert card.text == "Harbor Boots\n$129.00 - $149.00\nhttps://pine.myshopify.com/products/501"
    body = card.below("These? \n")
    assert body == f"These?\n{card.text}"
    assert card.words_in(body) == "These?"
    assert card.below("  ") == card.text
    assert card.words_in(card.text) == ""


def test_a_long_title_is_cut_on_a_card() -> None:
    assert len(card_of(product(title="Long " * 50)).title) <= LONGEST_CARD_TITLE


def test_a_card_knows_which_picture_is_its_own() -> None:
    card, own = card_of(product()), Media(id="p1", product_id=product().id)
    assert card.with_picture_of([Media(id="x"), own]).picture_id == "p1"
    assert card.with_picture_of([Media(id="x")]).picture_id == ""
    assert card.with_picture_of([own]).is_all_of([own])
    assert not card.with_picture_of([own]).is_all_of([own, Media(id="x")])
