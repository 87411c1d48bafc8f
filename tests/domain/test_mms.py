"""Where a text carries pictures: within the US and Canada, and within Australia (N19)."""

import pytest

from chalicelib.domain.addresses import Address
from chalicelib.domain.mms import AUSTRALIA, NORTH_AMERICA, mms_area

SEATTLE, TORONTO, SYDNEY = "+12065550123", "+14165550123", "+61491570156"
BERLIN, KINGSTON, TOLL_FREE, NEW_CODE = "+4915112345678", "+18765550123", "+18885550123", "+15555550123"


@pytest.mark.parametrize(
    ("sender", "recipient", "area"),
    [
        (SEATTLE, SEATTLE, NORTH_AMERICA),
        (SEATTLE, TORONTO, NORTH_AMERICA),
        (TORONTO, SEATTLE, NORTH_AMERICA),
        (TOLL_FREE, SEATTLE, NORTH_AMERICA),
        (SEATTLE, NEW_CODE, NORTH_AMERICA),
        (SYDNEY, SYDNEY, AUSTRALIA),
        (SEATTLE, SYDNEY, None),
        (SYDNEY, TORONTO, None),
        (SEATTLE, BERLIN, None),
        (BERLIN, BERLIN, None),
        (SEATTLE, KINGSTON, None),
        (KINGSTON, KINGSTON, None),
        ("40404", SEATTLE, None),
        ("SHOP", SEATTLE, None),
        (SEATTLE, "40404", None),
    ],
)
def test_both_ends_must_be_in_the_same_area(sender: str, recipient: str, area: str | None) -> None:
    assert mms_area(Address(sender), Address(recipient)) == area
