"""What a text costs (L1, L3), and the ledger's lines about it."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.credits import (
    HIGHEST_THRESHOLD,
    PACKS,
    PER_SEGMENT,
    LineKind,
    charge_of,
    checked_threshold,
    costs,
    low_line,
    price,
    refund_of,
)
from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.messages import MessageKind
from tests.support.samples import message, outbound


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", 12),
        ("a" * 160, 12),
        ("a" * 161, 24),
        ("a" * 158 + "€", 12),  # an escape and a character
        ("a" * 159 + "€", 24),
        ("ж" * 70, 12),
        ("ж" * 71, 24),
        ("👍" * 35, 12),  # two units each
        ("👍" * 36, 24),
        ("👍" * 67, 36),  # 33 fit a part: no pair of surrogates is split
    ],
)
def test_a_segment_costs_twelve_credits(words: str, expected: int) -> None:
    assert price(words) == expected


def test_packs_are_those_of_the_product() -> None:
    assert (sorted(PACKS), PER_SEGMENT) == ([1000, 2000, 5000], 12)


def test_only_what_a_store_begins_by_text_costs() -> None:
    sent = outbound()
    assert costs(sent)
    assert not costs(message())
    assert not costs(replace(sent, channel=Channel.WHATSAPP))
    free = {kind for kind in MessageKind if not costs(replace(sent, kind=kind))}
    assert free == {
        MessageKind.ENDED_ANSWER,
        MessageKind.OPT_OUT_CONFIRMATION,
        MessageKind.OPT_IN_CONFIRMATION,
        MessageKind.HELP_ANSWER,
        MessageKind.AWAY_ANSWER,
        MessageKind.CHAT_REPLY,
    }


def test_lines_of_the_same_movement_are_the_same() -> None:
    text = replace(outbound(), credits=24)
    charge, refund = charge_of(text), refund_of(text, 7)
    assert charge is not None
    assert (charge.kind, charge.amount, charge.id) == (LineKind.CHARGE, -24, f"charge.{text.id}.1")
    assert (refund.kind, refund.amount, refund.at, refund.id) == (LineKind.REFUND, 24, 7, f"refund.{text.id}.1")
    assert charge_of(outbound()) is None
    notice = low_line(charge)
    assert (notice.kind, notice.amount, notice.at) == (LineKind.LOW, 0, charge.at)


@pytest.mark.parametrize("threshold", [0, -1, HIGHEST_THRESHOLD + 1])
def test_a_threshold_is_a_number_of_credits(threshold: int) -> None:
    with pytest.raises(InvalidInput):
        checked_threshold(threshold)
    assert checked_threshold(None) is None
    assert checked_threshold(50) == 50
