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


_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "AUD": "A$", "NZD": "NZ$", "JPY": "¥"}
"""All in the alphabet of short texts (GSM 03.38), so that a price makes no text longer."""


def amount(minor: int, currency: str) -> str:
    """For people: 125000 USD -> `$1,250.00`, 500 SEK -> `SEK 5.00`. Raises ValueError for what is no currency code."""
    places = exponent(currency)
    whole, fraction = divmod(minor, 10**places)
    sign = _SIGNS.get(currency) or f"{currency} "
    return f"{sign}{whole:,}" + (f".{fraction:0{places}d}" if places else "")


def price_range(lowest: int, highest: int, currency: str) -> str:
    """`$5.00`, or `$5.00 - $7.50`."""
    return " - ".join(dict.fromkeys(amount(each, currency) for each in (lowest, highest)))
