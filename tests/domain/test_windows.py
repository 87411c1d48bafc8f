"""The 24 hours at WhatsApp, to the millisecond (X9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.addresses import Channel
from chalicelib.domain.messages import Direction
from chalicelib.domain.windows import WINDOW, has_window, is_closed, opened
from tests.support.samples import conversation, message, outbound

DAY = 86_400_000


@pytest.mark.parametrize(("later", "closed"), [(0, False), (DAY - 1, False), (DAY, True), (DAY + 1, True)])
def test_the_window_is_24_hours_to_the_millisecond(later: int, closed: bool) -> None:
    assert is_closed("whatsapp", opened("whatsapp", 1_000), 1_000 + later) is closed


def test_nobody_can_be_answered_freely_who_never_wrote() -> None:
    assert is_closed("whatsapp", None, 0)
    assert opened("whatsapp", None) is None


@pytest.mark.parametrize("channel", [channel for channel in Channel if channel is not Channel.WHATSAPP])
def test_no_other_channel_has_a_window(channel: Channel) -> None:
    assert not has_window(channel)
    assert opened(channel, 5) is None
    assert not is_closed(channel, None, 10**15)


@given(st.lists(st.integers(0, 10 * DAY), min_size=1, max_size=8), st.integers(0, 12 * DAY))
def test_in_whatever_order_messages_come_the_latest_counts(written: list[int], now: int) -> None:
    known = conversation(channel="whatsapp")
    for at in written:
        known = known.with_message(message(at, channel="whatsapp", free_until=opened("whatsapp", at)))
    assert known.takes_templates_only(now) is (now >= max(written) + WINDOW)


def test_only_what_the_customer_writes_opens_it() -> None:
    ours = outbound(5, channel="whatsapp", free_until=DAY)
    assert conversation(channel="whatsapp").with_message(ours).free_until is None
    notice = message(5, channel="whatsapp", direction=Direction.INBOUND)
    assert conversation(channel="whatsapp", free_until=9).with_message(notice).free_until == 9
