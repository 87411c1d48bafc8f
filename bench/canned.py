"""A local AWS endpoint that has an answer ready for each kind of request, the same bytes every time.

It runs in a process of its own, so that its CPU time is nobody's; what a measured handler does is real: signing,
sending, reading and parsing over HTTP. `python canned.py FILE` reads the answers, prints its port and serves.
"""

import asyncio
import json
import sys
import zlib
from pathlib import Path

Answers = list[tuple[str, str, str]]
"""Operation (X-Amz-Target after its dot, Action, or path), text the body must contain, and the answer."""


class Endpoint(asyncio.Protocol):
    """One kept-alive connection."""

    def __init__(self, answers: Answers) -> None:
        self._answers = [(operation, part.encode(), _http(body)) for operation, part, body in answers]
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].decode("latin-1")
            headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:])
            size = end + 4 + int(headers.get("content-length", 0))
            if headers.get("expect") == "100-continue":
                self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            if len(self._buffer) < size:
                return
            body, self._buffer = self._buffer[end + 4 : size], self._buffer[size:]
            self._transport.write(self._answer(head, headers, body))

    def _answer(self, head: str, headers: dict[str, str], body: bytes) -> bytes:
        named = headers.get("x-amz-target", "").rpartition(".")[2]
        operation = named or ("publish" if b"Action=Publish" in body else "post_to_connection")
        for wanted, part, answer in self._answers:
            if wanted.lower() == operation and part in body:
                return answer
        print("no answer for", head, body, file=sys.stderr)
        return b"HTTP/1.1 500 No answer\r\ncontent-length: 2\r\n\r\n{}"


def _http(body: str) -> bytes:
    content = body.encode()
    kind = "text/xml" if body.startswith("<") else "application/x-amz-json-1.0"
    head = f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {len(content)}\r\n"
    return f"{head}x-amzn-requestid: {'A' * 52}\r\nx-amz-crc32: {zlib.crc32(content)}\r\n\r\n".encode() + content


async def _serve(answers: Answers) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Endpoint(answers), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(json.loads(Path(sys.argv[1]).read_text())))
