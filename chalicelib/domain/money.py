"""Money in minor units: exact integers, never floats."""

import re

_AMOUNT = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,15}))?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)

# ISO 4217, list one, column "Minor unit"; what is not here has 2
_PLACES = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_EXPONENT = {currency: places for places, currencies in _PLACES.items() for currency in currencies.split()}


def exponent(currency: str) -> int:
    """Decimal places of an ISO 4217 currency. Raises ValueError for what is no currency code."""
    if not _CURRENCY.fullmatch(currency):
        raise ValueError("not a currency code")
    return _EXPONENT.get(currency, 2)


def minor_units(amount: str, currency: str) -> int:
    """`12.5` USD -> 1250. Raises ValueError for no plain amount, or for more precision than the currency has."""
    places = exponent(currency)
    match = _AMOUNT.fullmatch(amount)
    if match is None:
        raise ValueError("not an amount")
    whole, fraction = match[1], (match[2] or "").rstrip("0")
    if len(fraction) > places:
        raise ValueError("more precise than the currency")
    return int(whole + fraction.ljust(places, "0"))
