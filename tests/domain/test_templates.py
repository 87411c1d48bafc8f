"""Templates: what can be saved, which language is chosen, and the standard ones (L8-L10, L15, N17)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.first_text import first_text
from chalicelib.domain.messages import BODY_LIMIT
from chalicelib.domain.orders import OrderEvent
from chalicelib.domain.segments import Encoding, count
from chalicelib.domain.standard_texts import FOR_MERCHANT, INACTIVE, TEXTS, standard, switched_on
from chalicelib.domain.template_tokens import fill, parse
from chalicelib.domain.templates import (
    LANGUAGES,
    LONGEST_NAME,
    Audience,
    AutomaticSwitches,
    Template,
    TemplateKind,
    checked,
    checked_name,
)

VALUES = {
    "order.number": "#1042",
    "store.name": "Vogt & Co",
    "store.phone": "+15550001000",
    "order.total": "1234.90 USD",
}


@pytest.mark.parametrize("event", OrderEvent)
@pytest.mark.parametrize("language", LANGUAGES)
def test_standard_texts_are_there_in_each_language_and_are_one_cheap_part(event: OrderEvent, language: str) -> None:
    filled = fill(parse(TEXTS[event][language]), VALUES)
    parts = count(filled.text)
    assert (filled.missing, parts.encoding, parts.segments) == ((), Encoding.GSM7, 1)
    begun = count(first_text("Vogt & Co", filled.text))  # where no conversation is open yet
    assert (begun.encoding, begun.segments) == (Encoding.GSM7, 1)


def test_those_for_the_merchants_phone_are_told_apart() -> None:
    merchants = {event.value for event in OrderEvent if standard(event, "m1", "s1").audience is Audience.MERCHANT}
    assert merchants == {"merchant_order_placed", "merchant_order_paid", "merchant_ticket"}
    by_hand = Template(id="t", merchant_id="m1", store_id="s1", kind=TemplateKind.CUSTOM, texts={"en": "Hi"})
    assert by_hand.audience is Audience.CUSTOMER


def test_what_a_store_stored_before_there_were_any_switches_none_of_them_off() -> None:
    before = AutomaticSwitches(store_id="s1", merchant_id="m1", on=frozenset({OrderEvent.SENT}))
    assert switched_on(before) == {OrderEvent.SENT} | FOR_MERCHANT
    off = frozenset({OrderEvent.MERCHANT_PAID})
    assert OrderEvent.MERCHANT_PAID not in switched_on(replace(before, merchant_off=off))


def test_standard_templates_can_be_saved_as_they_are() -> None:
    for event in OrderEvent:
        assert checked(standard(event, "m1", "s1").texts) == TEXTS[event]


def test_standard_templates_come_active_but_for_payments_and_follow_ups() -> None:
    assert {event for event in OrderEvent if not standard(event, "m1", "s1").active} == INACTIVE


@pytest.mark.parametrize(
    ("wanted", "store_language", "chosen"),
    [("de", "fr", "de"), ("pt-BR", "fr", "pt"), ("pl", "fr", "fr"), ("", "xx", "en"), ("DE-at", "en", "de")],
)
def test_the_language_is_the_customers_else_the_stores_else_english(
    wanted: str, store_language: str, chosen: str
) -> None:
    assert standard(OrderEvent.SENT, "m1", "s1").text_for(wanted, store_language)[0] == chosen


def test_any_language_is_better_than_none() -> None:
    template = standard(OrderEvent.SENT, "m1", "s1")
    template.texts.clear()
    template.texts["nl"] = "Hoi"
    assert template.text_for("de", "fr") == ("nl", "Hoi")


def test_blank_languages_are_left_out() -> None:
    assert checked({"de": " Hallo ", "en": "Hi", "fr": " "}) == {"en": "Hi", "de": "Hallo"}


@pytest.mark.parametrize(
    ("texts", "details"),
    [
        ({}, {"field": "texts"}),
        ({"en": " "}, {"field": "texts"}),
        ({"xx": "Hi"}, {"field": "texts"}),
        ({"en": "x" * (BODY_LIMIT + 1)}, {"field": "texts.en", "limit": BODY_LIMIT}),
        (
            {"en": "Hi", "de": "Hallo [[fristname]]"},
            {"field": "texts.de", "problem": "unknown", "at": 6, "token": "fristname", "nearest": "firstname"},
        ),
        ({"en": "[["}, {"field": "texts.en", "problem": "unclosed", "at": 0, "token": "", "nearest": ""}),
    ],
)
def test_what_cannot_be_saved(texts: dict[str, str], details: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked(texts)
    assert refused.value.details == details


def test_names() -> None:
    assert checked_name("  Ready   to collect ") == "Ready to collect"
    for wrong in ("", " ", "x" * (LONGEST_NAME + 1), "a\0b", "a\u202eb"):
        with pytest.raises(InvalidInput):
            checked_name(wrong)
