"""Addresses taken out of words: every form in which programs write them, and nothing else."""

import time

import pytest

from chalicelib.domain.masking import MASK, mask_contacts, mask_mailboxes, mask_name, mask_these

PRIVATE = "carla.diaz+shop@mail.customer.test"
FORMS = [
    "{}", "<{}>", "[mailto:{}]", "<mailto:{}>", "({})", '"{}"', "mailto:{}?subject=x", "To: Carla <{}>; Bob", "{},{}",
    "{}.", "{}!", "https://x.test/?email={}&b=1", "[{}](mailto:{})", "“{}”", "Von: {}\nAn: {}", "’{}’", "«{}»", "*{}*",
    "\u3000{}\u3000", "<a href='mailto:{}'>", "E-Mail：{}",
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("spelled", [PRIVATE, PRIVATE.upper(), PRIVATE.replace("@", "%40"), PRIVATE.replace("@", "＠")])
def test_a_mailbox_is_masked_in_every_form(form: str, spelled: str) -> None:
    masked = mask_mailboxes(form.replace("{}", spelled)).lower()
    assert "carla.diaz" not in masked
    assert "customer.test" not in masked
    assert masked == form.replace("{}", MASK).lower()


@pytest.mark.parametrize(
    "text",
    ["@carla is here", "5 @ $3.00", "a@b", "meet me @home.", "you@", "@", "@@@@", "see x@y z", "", "user@localhost"],
)
def test_what_is_no_mailbox_stays(text: str) -> None:
    assert mask_mailboxes(text) == text


@pytest.mark.parametrize(
    "number",
    ["+1 206 555 0177", "+12065550177", "(206) 555-0177", "206-555-0177", "0049 30 1234567", "+49 (0)30 / 123 45 67",
     "030 123 45 67", "+81-3-1234-5678", "+33 6 12 34 56 78"],
)  # fmt: skip
def test_a_phone_number_below_a_mail_is_masked(number: str) -> None:
    masked = mask_contacts(f"Carla Diaz\nTel. {number}\nPine Street 12")
    assert "0177" not in masked
    assert sum(character.isdigit() for character in masked) <= 3 + (1 if "(0)" in number else 0)


@pytest.mark.parametrize(
    "text",
    ["Order #100123456789", "Size 8.5", "1Z999AA10123456784", "€ 1.299,00", "21.09.2026 10:00", "2026-09-21", "98101",
     "https://shop.test/p/123-456-7890"],
)  # fmt: skip
def test_other_numbers_stay(text: str) -> None:
    assert mask_contacts(text) == text


def test_only_the_named_mailboxes_are_masked_where_people_write_to_each_other() -> None:
    text = f"Write to info@maker.test, not to {PRIVATE.upper()}, x{PRIVATE} or {PRIVATE}.example"
    masked = mask_these(text, [PRIVATE, "", "no mailbox"])
    assert masked == f"Write to info@maker.test, not to {MASK}, x{PRIVATE} or {MASK}.example"
    assert mask_these("plain", [PRIVATE]) == "plain"
    assert mask_these(text, []) == text


@pytest.mark.parametrize(
    "hostile",
    ["@" * 200_000, "a@" * 100_000, "a" * 200_000, "a.b-c@x." * 30_000, "+1" * 100_000, "1 2" * 70_000, "%40" * 70_000],
)
def test_it_takes_linear_time(hostile: str) -> None:
    began = time.process_time()
    mask_contacts(hostile)
    mask_these(hostile, [PRIVATE, "b@c.test"])
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Carla Diaz", "Carla Diaz"),
        ("", ""),
        ("Carla Diaz 3rd", "Carla Diaz 3rd"),
        ("Route 66 Bikes", "Route 66 Bikes"),
        ("+12065550177", ""),
        ("(206) 555-0177", ""),
        ("2065550177 ", ""),
        ("+\uff11 \uff12\uff10\uff16 \uff15\uff15\uff15 \uff10\uff11\uff17\uff17", ""),
        ("carla.diaz@customer.test", ""),
        ("Carla +1 206 555 0177", "Carla •••"),
        ("Carla (carla.diaz@customer.test)", f"Carla ({MASK})"),
    ],
)
def test_nobody_is_called_by_their_address(name: str, shown: str) -> None:
    assert mask_name(name) == shown
