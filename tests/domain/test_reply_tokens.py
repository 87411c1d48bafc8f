"""The token in the mailbox for answers: it names one conversation of one mailbox, for a time, and cannot be made."""

import random

import pytest

from chalicelib.domain import reply_tokens
from chalicelib.domain.addresses import Address, email_address
from chalicelib.domain.ids import ulid

KEY, NOW = "k" * 43, 1_790_000_000_000
MAILBOX = Address("eighteen.character@mail.pine-street.test")
CONVERSATION = ulid(NOW, 12345678901234567890)


def issued(key: str = KEY, mailbox: Address = MAILBOX, conversation: str = CONVERSATION, now: int = NOW) -> str:
    return reply_tokens.issue(key, mailbox, conversation, now)


def test_it_reads_back_and_fits_into_a_mailbox() -> None:
    token = issued()
    assert len(token) == reply_tokens.LENGTH
    whole = reply_tokens.joined(MAILBOX, token)
    assert len(whole.partition("@")[0]) <= 64, "RFC 5321"
    assert email_address(whole) == whole
    assert reply_tokens.split(whole) == (MAILBOX, token)
    assert reply_tokens.read(KEY, MAILBOX, token, NOW) == CONVERSATION


def test_the_longest_mailbox_leaves_room_for_it() -> None:
    assert reply_tokens.LONGEST_MAILBOX + 1 + reply_tokens.LENGTH <= 64


@pytest.mark.parametrize(("days", "good"), [(0, True), (180, True), (181, False), (-1, False), (-400, False)])
def test_it_is_good_for_half_a_year(days: int, good: bool) -> None:
    found = reply_tokens.read(KEY, MAILBOX, issued(), NOW + days * reply_tokens.DAY)
    assert (found == CONVERSATION) is good


def test_another_key_mailbox_or_conversation_has_another() -> None:
    token = issued()
    assert reply_tokens.read("x" * 43, MAILBOX, token, NOW) is None
    assert reply_tokens.read(KEY, Address("other@mail.pine-street.test"), token, NOW) is None
    assert issued(conversation=ulid(NOW, 1))[:20] != token[:20]


def test_no_changed_token_is_taken() -> None:
    chance, token = random.Random(1), issued()
    for _ in range(10_000):
        place, letter = chance.randrange(len(token)), chance.choice("abcdefghijklmnopqrstuvwxyz234567")
        changed = token[:place] + letter + token[place + 1 :]
        if changed != token:
            assert reply_tokens.read(KEY, MAILBOX, changed, NOW) is None


@pytest.mark.parametrize("token", ["", "a", "a" * 44, "a" * 45, "a" * 46, "1" * 45, "ä" * 45, "\x00" * 45, " " * 45])
def test_nonsense_is_no_token(token: str) -> None:
    assert reply_tokens.read(KEY, MAILBOX, token, NOW) is None
