"""Signs what leaves us and comes back: delivery references, socket tickets."""

from collections.abc import Callable
from typing import Any

import msgspec

from chalicelib.domain import reply_tokens
from chalicelib.domain.addresses import Address
from chalicelib.domain.errors import BadSignature

_MINIMUM_KEY = 32


class SignedReferences:
    """itsdangerous (HMAC-SHA256) over compact JSON; every purpose has its own salt, so none passes for another."""

    def __init__(self, key: Callable[[], str]) -> None:
        self._key = key

    def sign(self, purpose: str, value: object, *, now: int) -> str:
        signed: bytes = self._signer(purpose).sign(_packed([now, value]))
        return signed.decode()

    def read(self, purpose: str, token: str, *, now: int, max_age: int | None = None) -> object:
        from itsdangerous import BadData

        signer = self._signer(purpose)
        try:
            packed = signer.unsign(token.encode("ascii"))
            signed_at, value = msgspec.json.decode(_unpacked(packed))
        except (BadData, ValueError, msgspec.DecodeError) as error:
            raise BadSignature from error
        if max_age is not None and not 0 <= now - signed_at <= max_age:
            raise BadSignature
        return value

    def secret(self, purpose: str, value: str) -> bytes:
        import hmac

        return hmac.digest(_long_enough(self._key()).encode(), f"counterline.{purpose}\0{value}".encode(), "sha256")

    def _signer(self, purpose: str) -> Any:
        from hashlib import sha256

        from itsdangerous import Signer

        return Signer(
            _long_enough(self._key()), salt=f"counterline.{purpose}", digest_method=sha256, key_derivation="hmac"
        )


class SignedReplyTokens:
    """With the same key as the references; what is signed begins differently, so neither passes for the other."""

    def __init__(self, key: Callable[[], str]) -> None:
        self._key = key

    def issue(self, mailbox: Address, conversation_id: str, now: int) -> str:
        return reply_tokens.issue(_long_enough(self._key()), mailbox, conversation_id, now)

    def read(self, mailbox: Address, token: str, now: int) -> str | None:
        return reply_tokens.read(_long_enough(self._key()), mailbox, token, now)


def _long_enough(key: str) -> str:
    if len(key) < _MINIMUM_KEY:
        raise ValueError("the signing key is too short")
    return key


def _packed(value: object) -> bytes:
    from itsdangerous.encoding import base64_encode

    return base64_encode(msgspec.json.encode(value))


def _unpacked(packed: bytes) -> bytes:
    from itsdangerous.encoding import base64_decode

    return base64_decode(packed)
