"""What the link of a mail that can be stopped with one click says (RFC 8058; docs/email.md).

It holds whose mails end by itself, so that it works as long as the mail can be found, whatever has been deleted here.
The address stands in it in cipher: links get into logs and histories of others.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable

from .addresses import Address

LONGEST = 1_000
"""Characters of a token."""
_BLOCK = 32


def sealed(address: Address, block: Callable[[int], bytes]) -> str:
    """`block`: the 32 secret bytes with a number, others for each message."""
    return urlsafe_b64encode(_masked(address.encode(), block)).decode()


def unsealed(text: str, block: Callable[[int], bytes]) -> Address:
    """Of what was sealed with the same blocks."""
    return Address(_masked(urlsafe_b64decode(text), block).decode())


def _masked(content: bytes, block: Callable[[int], bytes]) -> bytes:
    stream = b"".join(block(number) for number in range(len(content) // _BLOCK + 1))
    return bytes(one ^ other for one, other in zip(content, stream, strict=False))
