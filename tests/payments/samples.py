"""A bill, as every payment provider is given it."""

from chalicelib.usecases.ports import Bill
from tests.support.carts import LINE, TOTALS

NOW = 1_795_300_000_000
BILL = Bill(
    reference="c-1.cart-1.1", lines=(LINE,), totals=TOTALS, expires_at=NOW + 23 * 3_600_000 + 999,
    back_to="https://pine.myshopify.com/",
)  # fmt: skip
