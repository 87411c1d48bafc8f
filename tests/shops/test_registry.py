"""The registry of shop platforms and what is written about them."""

import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.shops import SHOPS, shop
from chalicelib.shops.shopify import Shopify

MATRIX = Path(__file__).parents[2] / "docs" / "shops.md"


def test_every_registered_shop_has_a_column_in_the_matrix() -> None:
    header = next(line for line in MATRIX.read_text("utf-8").splitlines() if line.startswith("| |"))
    assert [cell.strip() for cell in header.strip("|").split("|")][1:] == [f"`{name}`" for name in SHOPS]


def test_every_row_of_the_matrix_answers_for_every_shop() -> None:
    lines = MATRIX.read_text("utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| |")]
    assert rows
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 1 + len(SHOPS), row
        assert all(cells), row


def test_every_shop_has_a_test_file() -> None:
    for name in SHOPS:
        assert (Path(__file__).parent / name / f"test_{name}.py").exists()


def test_a_shop_is_made_by_its_name() -> None:
    assert isinstance(shop("shopify"), Shopify)


def test_an_unregistered_platform_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        shop("market-stall")


def test_adapters_load_only_when_asked_for() -> None:
    code = "import sys, chalicelib.shops; assert 'chalicelib.shops.shopify' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=MATRIX.parents[1])
