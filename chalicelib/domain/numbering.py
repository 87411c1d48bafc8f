"""How near two phone numbers are, from their digits alone: no table of numbers is loaded for it.

Country codes: ITU-T, List of ITU-T Recommendation E.164 country codes (1 and 7, some of two digits, else three).
"""

from enum import IntEnum

from .addresses import Address

_TWO_DIGITS = frozenset(
    (20, 27, *range(30, 35), 36, 39, 40, 41, *range(43, 50), *range(51, 59), *range(60, 67), 81, 82, 84, 86,
     *range(90, 96), 98)
)  # fmt: skip
_NORTH_AMERICA_AREA = 3
_AREA = 2
"""Digits that stand for the area: the area code in North America, else as far as plans agree."""


class Nearness(IntEnum):
    """Nearest first."""

    SAME_AREA = 0
    SAME_COUNTRY = 1
    ELSEWHERE = 2


def nearness(ours: Address, theirs: Address) -> Nearness:
    """Of two numbers in E.164 form; what is none (mailboxes, short codes) is from elsewhere."""
    country = _country_code(ours)
    if not country or country != _country_code(theirs):
        return Nearness.ELSEWHERE
    digits = 1 + len(country) + (_NORTH_AMERICA_AREA if country == "1" else _AREA)
    return Nearness.SAME_AREA if ours[:digits] == theirs[:digits] else Nearness.SAME_COUNTRY


def _country_code(number: Address) -> str:
    if not number.startswith("+"):
        return ""
    digits = number[1:4]
    if digits[:1] in ("1", "7"):
        return digits[:1]
    return digits[:2] if int(digits[:2]) in _TWO_DIGITS else digits
