"""Identifiers: ULIDs, whose text order is their time order.

Format: https://github.com/ulid/spec (26 characters of Crockford base 32: 48 bits of
milliseconds, 80 bits of randomness). Clock and randomness are passed in.
"""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {char: value for value, char in enumerate(_ALPHABET)}
_LENGTH = 26
_RANDOM_BITS = 80


def ulid(at: int, randomness: int) -> str:
    """The ULID of an instant. `at`: epoch milliseconds below 2**48; `randomness`: below 2**80."""
    if not (0 <= at < 1 << 48 and 0 <= randomness < 1 << _RANDOM_BITS):
        raise ValueError("out of the range of a ULID")
    return _encode(at << _RANDOM_BITS | randomness)


def ulid_after(value: str) -> str:
    """The smallest ULID that sorts after `value`: keeps order where two clocks disagree."""
    return _encode(_decode(value) + 1)


def is_ulid(value: str) -> bool:
    """Whether a text (as it came from outside) is a well-formed ULID."""
    return len(value) == _LENGTH and value[0] <= "7" and all(char in _VALUE for char in value)


def to_bytes(value: str) -> bytes:
    """The 16 bytes of a ULID. Raises ValueError for anything else."""
    return _decode(value).to_bytes(16, "big")


def from_bytes(value: bytes) -> str:
    """The ULID of 16 bytes."""
    return _encode(int.from_bytes(value, "big"))


def _encode(number: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))


def _decode(value: str) -> int:
    if not is_ulid(value):
        raise ValueError("not a ULID")
    number = 0
    for char in value:
        number = number << 5 | _VALUE[char]
    return number
