"""Key strings: nothing a part holds can forge another key."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.store import keys

NASTY = ["#", "~", "a#b", "\x00", "é", "😀", "%", "%23", "+1@x.y_-", "", " ", "=", "\ud800", "LOOKUP", "M#1", "/"]


@pytest.mark.parametrize("part", NASTY)
def test_only_safe_characters_are_left(part: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9+@._%-]*", keys.encode(part))
    assert keys.decode(keys.encode(part)) == part


def test_what_ids_and_addresses_are_made_of_stays_readable() -> None:
    assert keys.encode("AZaz09+@._-") == "AZaz09+@._-"


@given(st.lists(st.text(), min_size=1, max_size=3), st.lists(st.text(), min_size=1, max_size=3))
@example(["a", "b"], ["a#b"])
@example(["", "a"], ["#a"])
def test_different_parts_make_different_keys(left: list[str], right: list[str]) -> None:
    assert (keys.joined("P", *left) == keys.joined("P", *right)) == (left == right)


def test_an_overlong_part_becomes_a_hash_that_no_text_encodes_to() -> None:
    long = "😀" * 5000
    assert len(keys.encode(long)) < 100
    assert keys.encode(long) != keys.encode(long + "x")
    assert keys.encode(keys.encode(long)) != keys.encode(long)


def test_the_conversation_sorts_after_its_messages_and_nothing_is_between_indexes() -> None:
    assert keys.message("c", "7ZZZZZZZZZZZZZZZZZZZZZZZZZ").sk < keys.META
    assert keys.conversation("c").pk == keys.message("c", "m").pk
    assert keys.at(999) < keys.at(999, "a") < keys.at(1000) < keys.at(10_000)
    assert keys.at(-5) == keys.at(0)


def test_kinds_of_items_never_share_a_partition_and_sort_key() -> None:
    name = "x"
    made = [
        keys.conversation(name), keys.message(name, name), keys.order(name), keys.customer(name),
        keys.route(name, name, name), keys.lookup(name, name, name), keys.consent(name, name, name, name),
        keys.ledger(name, name, name, name, name), keys.once(name, name), keys.associate(name),
        keys.setup("STORE", name), keys.socket(name), keys.store_socket(name, name),
    ]  # fmt: skip
    assert len(set(made)) == len(made)
