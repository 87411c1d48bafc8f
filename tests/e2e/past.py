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
    table = directory.table(stack.outputs, stack.emulator_endpoint)
    event = MessageReceived(
        connection_id=merchant.TWILIO_ID,
        provider_id=f"SM{secrets.token_hex(16)}",
        channel=Channel.SMS,
        sender=Address(number),
        recipient=Address(stack.number(store)),
        body=body,
        received_at=time.time_ns() // 1_000_000 - int(days_ago * DAY),
    )
    receive_message(event, history._dependencies(table, stack.outputs, stack.origin))
