"""A shop's word for who is signed in there: what counts, and that nothing else does."""

import base64
import hmac
import json

import pytest

from chalicelib.domain.errors import BadSignature
from chalicelib.domain.member_identity import AHEAD, LIFE, LONGEST, MemberIdentity, read_identity
from tests.support.members import SECRET, identity, signed

NOW = 1_790_000_000_000
SECONDS = NOW // 1000


def test_it_says_who_it_is() -> None:
    said = identity(NOW, first_name="Zoë", last_name="Ngô 😀", email="zoe@mail.example", beside={"kept": "out"})
    assert read_identity(said, SECRET, NOW) == MemberIdentity(
        customer="c-1", issued_at=SECONDS, first_name="Zoë", last_name="Ngô 😀", email="zoe@mail.example"
    )


def test_padding_may_stand_there_where_a_template_language_puts_it() -> None:
    first = base64.urlsafe_b64encode(json.dumps({"customer": "12345", "issued_at": SECONDS}).encode()).decode()
    assert first.endswith("=")
    said = f"{first}.{hmac.new(SECRET.encode(), first.encode(), 'sha256').hexdigest()}"
    assert read_identity(said, SECRET, NOW).customer == "12345"


@pytest.mark.parametrize(
    ("age", "counts"), [(0, True), (LIFE, True), (LIFE + 1, False), (-AHEAD, True), (-AHEAD - 1, False)]
)
def test_it_counts_for_a_day(age: int, counts: bool) -> None:
    said = identity(NOW, issued_at=SECONDS - age)
    if counts:
        assert read_identity(said, SECRET, NOW).customer == "c-1"
    else:
        with pytest.raises(BadSignature):
            read_identity(said, SECRET, NOW)


GOOD = identity(NOW)
FIRST, _, DIGEST = GOOD.partition(".")


@pytest.mark.parametrize(
    "said",
    [
        "", ".", FIRST, f"{FIRST}.", f".{DIGEST}", f"{FIRST}.{DIGEST.upper()}", f"{FIRST}.{DIGEST}\n", f" {GOOD}",
        f"{FIRST}A.{DIGEST}", f"{FIRST}.{DIGEST[:-1]}", f"{FIRST}=.{DIGEST}", identity(NOW, "members-2"),
        identity(NOW, customer=""), identity(NOW, customer="a b"), identity(NOW, customer="a" * 129),
        identity(NOW, customer=7), identity(NOW, customer="c-1\n"), identity(NOW, issued_at="now"),
        identity(NOW, issued_at=-1), identity(NOW, issued_at=10**12), identity(NOW, first_name="a" * 256),
        identity(NOW, email="a" * 255), identity(NOW, email=None), signed(b"[]"), signed(b"{}"), signed(b"\xff\xfe"),
        signed(b'{"customer":"c-1"}'), "ü" + GOOD[1:], "A" * (LONGEST + 1),
    ],
)  # fmt: skip
def test_nothing_else_does(said: str) -> None:
    with pytest.raises(BadSignature):
        read_identity(said, SECRET, NOW)


@pytest.mark.parametrize("secret", ["", "  "])
def test_without_a_secret_nobody_is_anybody(secret: str) -> None:
    with pytest.raises(BadSignature):
        read_identity(identity(NOW, secret), secret, NOW)
