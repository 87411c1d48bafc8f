"""ES256 (RFC 7518): signatures on the curve P-256 over SHA-256, each with the nonce that RFC 6979 derives for it.

Of our own, because no library for it fits into the package (docs/decisions/0024-pushes-without-words.md). It takes
another time for another key: for what nobody can time, as here, where one signature an hour is made by the clock.
"""

import hmac
from collections.abc import Iterator
from hashlib import sha256

Point = tuple[int, int]

_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_G: Point = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
_BYTES = 32


def sign(key: bytes, message: bytes) -> bytes:
    """r and s, 32 bytes each. Raises ValueError for a key that is none."""
    secret = int.from_bytes(key)
    if len(key) != _BYTES or not 0 < secret < _N:
        raise ValueError("that is no key of P-256")
    digest = sha256(message).digest()
    hashed = int.from_bytes(digest)
    for nonce in _nonces(key, (hashed % _N).to_bytes(_BYTES)):
        r = _times(nonce, _G)[0] % _N
        s = pow(nonce, -1, _N) * (hashed + r * secret) % _N
        if r and s:
            return r.to_bytes(_BYTES) + s.to_bytes(_BYTES)
    raise AssertionError("there is always another nonce")


def _nonces(key: bytes, digest: bytes) -> Iterator[int]:
    """RFC 6979, 3.2."""
    v, k = b"\x01" * _BYTES, b"\x00" * _BYTES
    for mark in (b"\x00", b"\x01"):
        k = hmac.digest(k, v + mark + key + digest, "sha256")
        v = hmac.digest(k, v, "sha256")
    while True:
        v = hmac.digest(k, v, "sha256")
        if 0 < (nonce := int.from_bytes(v)) < _N:
            yield nonce
        k = hmac.digest(k, v + b"\x00", "sha256")
        v = hmac.digest(k, v, "sha256")


def _times(factor: int, point: Point) -> Point:
    """`factor`: at least 1, and less than the order of the curve: the sum never meets the point itself, or nothing."""
    total = point
    for bit in bin(factor)[3:]:
        total = _sum(total, total)
        if bit == "1":
            total = _sum(total, point)
    return total


def _sum(one: Point, other: Point) -> Point:
    (x, y), (to_x, to_y) = one, other
    if x == to_x:
        slope = 3 * (x * x - 1) * pow(2 * y, -1, _P)
    else:
        slope = (to_y - y) * pow(to_x - x, -1, _P)
    sum_x = (slope * slope - x - to_x) % _P
    return sum_x, (slope * (x - sum_x) - y) % _P
