"""The SMTP door: a real mail program writes to our addresses, as the MX of our domains would let it.

It takes mail for our domains and for nobody else, so it relays nothing. It asks nobody to sign in: it listens on this
computer only, and a mail exchanger does not either.
"""

import asyncio
import logging
import socket
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from local.simulator.aws.ses_receiving import MOST_BYTES
from local.simulator.cloud import CloudUnavailable
from local.simulator.mail.network import MailNetwork

MOST_RECIPIENTS = 100
"""Of one mail: https://docs.aws.amazon.com/ses/latest/dg/quotas.html"""
LONGEST_LINE = 1024 * 1024
"""Bytes; longer than RFC 5321 allows, because a mail must not be lost for it."""
IDLE = 60
"""Seconds until a silent client is hung up on."""
logging.getLogger("mail.log").setLevel(logging.ERROR)  # it would log addresses


class _Conversation(SMTP):
    line_length_limit = LONGEST_LINE


class SmtpDoor:
    """Listens on a socket that is bound already; `open` and `close` belong in the server's lifespan."""

    def __init__(self, listener: socket.socket, network: MailNetwork) -> None:
        self._listener = listener
        self._network = network
        self._server: asyncio.Server | None = None
        self._open: set[_Conversation] = set()

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._answer, sock=self._listener)

    async def close(self) -> None:
        """Ends every conversation. Harmless when it is not open."""
        server, self._server = self._server, None
        if server is None:
            return
        server.close()
        for conversation in list(self._open):
            if conversation.transport is not None:
                conversation.transport.close()
        self._open.clear()
        await server.wait_closed()

    def _answer(self) -> SMTP:
        conversation = _Conversation(
            _Taking(self._network),
            data_size_limit=MOST_BYTES,
            enable_SMTPUTF8=True,
            hostname="localhost",
            ident="Counterline",
            timeout=IDLE,
            loop=asyncio.get_running_loop(),
        )
        self._open = {each for each in self._open if each.transport is not None} | {conversation}
        return conversation


class _Taking:
    """What the door answers to a recipient and to a mail. The names of the methods are aiosmtpd's."""

    def __init__(self, network: MailNetwork) -> None:
        self._network = network

    async def handle_RCPT(  # noqa: N802 - see above
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        receiving = self._network.receiving
        if receiving is None or not receiving.is_ours(address):
            return "550 5.7.1 Only mail for the shop's own domains is taken here"
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(rcpt_options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - see above
        content: Any = envelope.original_content
        source = (envelope.mail_from or "").removeprefix("<>")
        try:
            await self._network.through_the_door(bytes(content or b""), source, envelope.rcpt_tos)
        except CloudUnavailable:
            return "451 4.3.0 The local cloud does not answer; please try again"
        return "250 2.0.0 Taken"
