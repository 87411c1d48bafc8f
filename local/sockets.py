"""Passes a WebSocket on to the emulator's WebSocket API, frame by frame, both ways."""

import asyncio
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

FRAME_LIMIT = 128 * 1024
"""Bytes of a message that API Gateway takes."""
OPEN_TIMEOUT = 29
SENDABLE = frozenset((1000, *range(1001, 1004), *range(1007, 1015), *range(3000, 5000)))
"""Close codes that may be sent; others (1005, 1006) only say that none was."""


async def relay(client: WebSocket, address: str) -> None:
    """Connects to `address` and relays until one side closes. A refused hand-shake is refused to the client too."""
    try:
        upstream = await connect(
            address, open_timeout=OPEN_TIMEOUT, max_size=FRAME_LIMIT, ping_interval=None, compression=None, proxy=None
        )
    except (InvalidHandshake, OSError, TimeoutError):
        await client.close(1008)
        return
    async with upstream:
        await client.accept()
        ways = {asyncio.create_task(_up(client, upstream)), asyncio.create_task(_down(client, upstream))}
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)


async def _up(client: WebSocket, upstream: ClientConnection) -> None:
    with suppress(ConnectionClosed):
        while True:
            message = await client.receive()
            if message["type"] == "websocket.disconnect":
                await upstream.close(_code(message.get("code")))
                return
            text, data = message.get("text"), message.get("bytes")
            await upstream.send(text if text is not None else data or b"")


async def _down(client: WebSocket, upstream: ClientConnection) -> None:
    with suppress(WebSocketDisconnect, RuntimeError):  # the client may close while we send
        async for frame in upstream:
            if isinstance(frame, str):
                await client.send_text(frame)
            else:
                await client.send_bytes(frame)
        await client.close(_code(upstream.close_code))


def _code(code: int | None) -> int:
    return code if code is not None and code in SENDABLE else 1000
