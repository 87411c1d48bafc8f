"""Addresses in the one form that keys and comparisons use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.addresses import (
    Address,
    Channel,
    can_be_answered,
    can_be_texted,
    email_address,
    masked,
    phone_from_shop,
    sms_address,
)


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("+15557654321", "+15557654321"),
        (" +15557654321\n", "+15557654321"),
        ("+1234567", "+1234567"),
        ("+123456789012345", "+123456789012345"),
        ("40404", "40404"),
        ("Harbour Co", "HARBOUR CO"),
        ("harbour co", "HARBOUR CO"),
    ],
)
def test_senders_of_texts_have_one_form(raw: str, address: str) -> None:
    assert sms_address(raw) == address


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "+",
        "+0123456789",
        "+123456",
        "+1234567890123456",
        "12",
        "+1555٧654321",
        "+1 555 765",
        "a" * 12,
        "a\0b",
        "a#b",
    ],
)
def test_what_cannot_text_is_refused(raw: str) -> None:
    with pytest.raises(ValueError, match="address"):
        sms_address(raw)


@given(st.text(max_size=30))
def test_the_form_is_stable_and_safe_in_keys(raw: str) -> None:
    try:
        address = sms_address(raw)
    except ValueError:
        return
    assert sms_address(address) == address
    assert "#" not in address
    assert "\0" not in address
    assert address.isascii()


def test_only_full_numbers_can_be_answered() -> None:
    assert can_be_texted(Address("+15557654321"))
    assert not can_be_texted(Address("40404"))
    assert not can_be_texted(Address("HARBOUR CO"))


@pytest.mark.parametrize(
    ("raw", "region", "address"),
    [
        ("(212) 555-0123", "US", "+12125550123"),
        ("+44 20 7946 0018", "US", "+442079460018"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("00 44 20 7946 0018", "DE", "+442079460018"),
        ("555-0123", "US", None),
        ("", "US", None),
        ("call me", "US", None),
        ("1" * 400, "US", None),
        ("+12125550123", "XX", "+12125550123"),
        ("2125550123", "XX", None),
    ],
)
def test_numbers_as_people_type_them(raw: str, region: str, address: str | None) -> None:
    assert phone_from_shop(raw, region) == address


def test_a_masked_address_shows_its_last_two_characters() -> None:
    assert masked(Address("+15557654321")) == "•••21"


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("Nora.Lind@Mail.Example", "nora.lind@mail.example"),
        (" nora+shop@mail.example\n", "nora+shop@mail.example"),
        ("nöra@bücher.example", "nöra@bücher.example"),
    ],
)
def test_mailboxes_have_one_form(raw: str, address: str) -> None:
    assert email_address(raw) == address


@pytest.mark.parametrize(
    "raw",
    ["", "@", "nora", "nora@", "@mail.example", "nora@mail", "a b@mail.example", "a@b@mail.example", "<a@mail.example>",
     "a\0@mail.example", f"{'a' * 65}@mail.example", f"a@{'b' * 260}.example"],
)  # fmt: skip
def test_what_is_no_mailbox_is_refused(raw: str) -> None:
    with pytest.raises(ValueError, match="mailbox"):
        email_address(raw)


def test_nothing_of_a_mailbox_is_shown() -> None:
    assert masked(Address("nora@mail.example")) == "•••@•••"


def test_everybody_but_a_short_code_or_a_name_can_be_answered() -> None:
    assert can_be_answered(Channel.SMS, Address("+15557654321"))
    assert not can_be_answered(Channel.SMS, Address("40404"))
    assert can_be_answered(Channel.EMAIL, Address("nora@mail.example"))
