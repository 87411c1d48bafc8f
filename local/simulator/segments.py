"""How many SMS a text is split into (GSM 03.38; product.md 4.5)."""

GSM_BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = set("^{}\\[]~|€\f")
GSM_SINGLE, GSM_PART = 160, 153
UCS2_SINGLE, UCS2_PART = 70, 67


def count_segments(body: str) -> int:
    """At least 1. Extended characters weigh 2; beyond GSM-7 everything counts in UTF-16 units."""
    if all(char in GSM_BASIC or char in GSM_EXTENDED for char in body):
        return _parts([2 if char in GSM_EXTENDED else 1 for char in body], GSM_SINGLE, GSM_PART)
    return _parts([2 if ord(char) > 0xFFFF else 1 for char in body], UCS2_SINGLE, UCS2_PART)


def _parts(weights: list[int], single: int, part: int) -> int:
    if sum(weights) <= single:
        return 1
    parts, room = 1, part
    for weight in weights:
        if weight > room:
            parts, room = parts + 1, part
        room -= weight
    return parts
