"""Which order a mail is about, by the number that is printed for people (S19)."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from .orders import Order

READ = 10_000
"""Characters of a mail's newest text in which a number is looked for."""
_NEAR = 3
_SURE = 4
_TOKEN = re.compile(r"#?\w+(?:[-/.]\w+)*")
_WORDS = (
    "order", "bestell", "auftrag", "commande", "pedido", "ordine", "ordre", "beställ", "zamówieni", "encomenda",
    "заказ", "objednáv", "注文", "订单",
)  # fmt: skip
"""How words for an order begin, in the languages of replies."""


def order_named(subject: str, body: str, orders: Sequence[Order]) -> Order | None:
    """The first that is named, the subject's before the text's. `orders`: the sender's own, in the order of preference.

    `#` before it always counts. Without it, so does a number of four characters or more in the subject; in the text it
    needs letters and digits both, or a word for "order" shortly before: else any year would be one.
    """
    by_number = {_key(order.number): order for order in reversed(orders)}
    named = chain(_named(subject, in_subject=True), _named(body[:READ], in_subject=False))
    return next((by_number[key] for key in named if key in by_number), None)


def may_name_one(subject: str, body: str) -> bool:
    """Whether it is worth looking for the sender's orders."""
    return any(chain(_named(subject, in_subject=True), _named(body[:READ], in_subject=False)))


def _named(text: str, *, in_subject: bool) -> Iterable[str]:
    before: list[str] = []
    for found in _TOKEN.finditer(text):
        token = found.group().casefold()
        key = _key(token)
        if any(map(str.isdigit, key)) and _counts(token, key, before, in_subject=in_subject):
            yield key
        before = [*before[1 - _NEAR :], token]


def _counts(token: str, key: str, before: Sequence[str], *, in_subject: bool) -> bool:
    if token.startswith("#") or any(word.startswith(_WORDS) for word in before):
        return True
    return len(key) >= _SURE and (in_subject or any(map(str.isalpha, key)))


def _key(number: str) -> str:
    return number.casefold().lstrip("#")
