"""Conversations of long ago, for which no test can wait: taken in by the use case itself, with an older clock."""

import secrets
import time

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.events import MessageReceived
from chalicelib.usecases.receive_message import receive_message
from local import directory, history, merchant
from tests.e2e.stack import Stack

DAY = 86_400_000


def texted(stack: Stack, number: str, body: str, days_ago: float, store: str = "boston") -> None:
    """A text from `number`, received that many days ago."""
    received(stack, merchant.TWILIO_ID, Channel.SMS, stack.number(store), number, body, days_ago)


def wrote_at_whatsapp(stack: Stack, number: str, body: str, days_ago: float, store: str = "boston") -> None:
    """As above, at WhatsApp."""
    to = merchant.WHATSAPP_NUMBERS[store]
    received(stack, merchant.META_ID, Channel.WHATSAPP, to, number, body, days_ago)


def received(
    stack: Stack, connection_id: str, channel: Channel, to: str, number: str, body: str, days_ago: float
) -> None:
    at = time.time_ns() // 1_000_000 - int(days_ago * DAY)
    table = directory.table(stack.outputs, stack.emulator_endpoint)
    event = MessageReceived(
        connection_id=connection_id,
        provider_id=f"SM{secrets.token_hex(16)}",
        channel=channel,
        sender=Address(number),
        recipient=Address(to),
        body=body,
        received_at=at,
        written_at=at if channel is Channel.WHATSAPP else None,
    )
    receive_message(event, history._dependencies(table, stack.outputs, stack.origin))
