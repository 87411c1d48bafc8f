"""References that leave us and come back: only ours, for one purpose, for a while."""

import base64

import pytest

from chalicelib.domain.errors import BadSignature
from chalicelib.signing import SignedReferences

KEY = "k" * 43
NOW = 1_790_000_000_000


@pytest.fixture
def references() -> SignedReferences:
    return SignedReferences(lambda: KEY)


def test_what_was_signed_reads_back(references: SignedReferences) -> None:
    token = references.sign("delivery", ["c", "m", 2], now=NOW)
    assert references.read("delivery", token, now=NOW + 10**9) == ["c", "m", 2]


def test_a_token_goes_into_an_address_as_it_is(references: SignedReferences) -> None:
    token = references.sign("delivery", ["c/ü?&#", "m", 1], now=NOW)
    assert all(character.isalnum() or character in "-_." for character in token)


def test_a_token_for_one_purpose_is_none_for_another(references: SignedReferences) -> None:
    with pytest.raises(BadSignature):
        references.read("socket", references.sign("delivery", ["a", "b"], now=NOW), now=NOW)


def test_a_token_of_another_key_is_refused(references: SignedReferences) -> None:
    token = SignedReferences(lambda: "x" * 43).sign("delivery", 1, now=NOW)
    with pytest.raises(BadSignature):
        references.read("delivery", token, now=NOW)


def test_every_changed_or_missing_character_is_noticed(references: SignedReferences) -> None:
    token = references.sign("delivery", ["c", "m", 1], now=NOW)
    forged = [token[:n] for n in range(len(token))]
    forged += [token[:n] + ("A" if token[n] != "A" else "B") + token[n + 1 :] for n in range(len(token) - 1)]
    accepted = []
    for claim in forged:
        try:
            references.read("delivery", claim, now=NOW)
        except BadSignature:
            continue
        accepted.append(claim)
    assert accepted == []


@pytest.mark.parametrize(
    "claim",
    ["", ".", "..", "a.b", "ü.ü", "\x00", " ", "a" * 10_000, base64.urlsafe_b64encode(b"[1,2]").decode() + "."],
)
def test_garbage_is_refused(references: SignedReferences, claim: str) -> None:
    with pytest.raises(BadSignature):
        references.read("delivery", claim, now=NOW)


def test_a_token_lives_to_the_millisecond(references: SignedReferences) -> None:
    token = references.sign("socket", "x", now=NOW)
    assert references.read("socket", token, now=NOW + 30_000, max_age=30_000) == "x"
    with pytest.raises(BadSignature):
        references.read("socket", token, now=NOW + 30_001, max_age=30_000)


def test_a_token_from_the_future_is_refused_where_age_counts(references: SignedReferences) -> None:
    with pytest.raises(BadSignature):
        references.read("socket", references.sign("socket", "x", now=NOW + 1), now=NOW, max_age=30_000)


@pytest.mark.parametrize("key", ["", "short", "k" * 31])
def test_a_short_key_is_our_mistake_and_not_the_callers(key: str) -> None:
    token = SignedReferences(lambda: KEY).sign("delivery", 1, now=NOW)
    with pytest.raises(ValueError, match="too short"):
        SignedReferences(lambda: key).read("delivery", token, now=NOW)
    with pytest.raises(ValueError, match="too short"):
        SignedReferences(lambda: key).sign("delivery", 1, now=NOW)
