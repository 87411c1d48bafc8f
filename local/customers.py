"""The demo shop's customers and what they ordered. Data only; the first eleven are the simulator's phones."""

from typing import NamedTuple

from .merchant import BOSTON, SEATTLE


class Buyer(NamedTuple):
    first_name: str
    last_name: str
    phone: str

    @property
    def email(self) -> str:
        return f"{self.first_name}.{self.last_name}@mail.example".lower().replace(" ", "-").replace("'", "")


class Purchase(NamedTuple):
    """An order to place. `then`: what happens to it, in the words of the simulator's shop."""

    buyer: int
    """Index in BUYERS."""
    store_id: str
    hours_ago: float
    lines: tuple[tuple[str, int, int], ...]
    """Title, quantity, price of one piece in cents."""
    then: tuple[str, ...] = ()


BUYERS = tuple(
    Buyer(first, last, f"+1212555{number:04d}")
    for first, last, number in (
        ("Ana", "Souza", 101),
        ("James", "Carter", 102),
        ("Sofia", "Lindqvist", 103),
        ("Walter", "Brandt", 104),
        ("Grace", "Okafor", 105),
        ("Tom", "Becker", 106),
        ("Lena", "Fischer", 107),
        ("Raj", "Patel", 108),
        ("Mia", "Rossi", 109),
        ("Chen", "Wei", 110),
        ("Olga", "Novak", 111),
        ("Priya", "Nair", 120),
        ("Liam", "O'Connor", 121),
        ("Amélie", "Dubois", 122),
        ("Mateo", "García", 123),
        ("Hana", "Kobayashi", 124),
        ("Yusuf", "Demir", 125),
        ("Zoë", "van Dijk", 126),
        ("Fatima", "El-Sayed", 127),
        ("Lars", "Jensen", 128),
        ("Ngozi", "Eze", 129),
        ("Elif", "Yılmaz", 130),
        ("Marek", "Dvořák", 131),
        ("Isabella", "Moretti", 132),
        ("Kwame", "Mensah", 133),
        ("Sinead", "Murphy", 134),
        ("Diego", "Fernández", 135),
        ("Linh", "Trần", 136),
        ("Ruth", "Goldberg", 137),
        ("Peter", "Schmidt-Rottluff", 138),
    )
)

COAT = ("Waxed field coat", 1, 24_900)
SHIRT = ("Linen shirt, sage", 1, 8_900)
BOOTS = ("Chelsea boots, walnut", 1, 19_500)
SCARF = ("Merino scarf", 1, 4_500)
CANDLES = ("Pine candle", 3, 1_800)
BLANKET = ("Wool blanket, ochre", 1, 12_900)
MUGS = ("Stoneware mug", 4, 1_600)
TENT = ("Two-person tent", 1, 32_900)
BAG = ("Canvas weekender", 1, 14_900)
LAMP = ("Storm lantern", 1, 6_400)

PURCHASES = (
    # fresh: conversations can be started about these
    Purchase(0, BOSTON.id, 1.5, (COAT, SCARF), ("pay",)),
    Purchase(1, BOSTON.id, 4, (BOOTS,), ("pay",)),
    Purchase(2, SEATTLE.id, 6, (TENT, LAMP), ("pay",)),
    Purchase(3, BOSTON.id, 9, (BLANKET,)),
    Purchase(4, BOSTON.id, 12, (MUGS, CANDLES), ("pay",)),
    Purchase(5, SEATTLE.id, 15, (SHIRT,)),
    Purchase(6, BOSTON.id, 20, (BAG,)),
    Purchase(7, SEATTLE.id, 22, (SCARF, CANDLES), ("pay",)),
    Purchase(8, BOSTON.id, 26, (LAMP,)),
    Purchase(9, SEATTLE.id, 30, (COAT,)),
    Purchase(10, BOSTON.id, 33, (SHIRT, SCARF)),
    Purchase(11, BOSTON.id, 38, (BLANKET, CANDLES), ("pay", "fulfil")),
    Purchase(12, SEATTLE.id, 44, (BOOTS,), ("pay",)),
    Purchase(13, BOSTON.id, 50, (("Linen shirt, écru", 2, 8_900),)),
    Purchase(14, SEATTLE.id, 56, (BAG, MUGS)),
    Purchase(15, SEATTLE.id, 61, (TENT,)),
    Purchase(16, BOSTON.id, 68, (CANDLES,)),
    Purchase(17, SEATTLE.id, 71, (LAMP, MUGS), ("pay", "fulfil")),
    # too old, closed or cancelled: visible, but nothing can be started about them
    Purchase(0, BOSTON.id, 24 * 21, (BOOTS,), ("pay", "fulfil", "close")),
    Purchase(1, SEATTLE.id, 90, (SHIRT,), ("pay", "fulfil")),
    Purchase(18, BOSTON.id, 24 * 6, (BLANKET, MUGS), ("pay", "fulfil")),
    Purchase(19, SEATTLE.id, 24 * 12, (COAT,), ("pay", "fulfil")),
    Purchase(20, BOSTON.id, 30, (SCARF,), ("cancel",)),
    Purchase(21, SEATTLE.id, 10, (CANDLES,), ("pay", "close")),
    Purchase(22, SEATTLE.id, 24 * 40, (BAG,), ("pay", "fulfil", "close")),
)
