"""The registry of channels and what is written about them."""

import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.channels import CHANNELS, PUBLISHERS, channel
from chalicelib.channels.twilio import Twilio
from chalicelib.domain.addresses import Channel
from chalicelib.usecases.ports import LooksUp, Publishes
from infra.merchant_parts import CARRIES, SECRETS

WORDS = {Channel.SMS: "SMS", Channel.WHATSAPP: "WhatsApp", Channel.EMAIL: "e-mail", Channel.CHAT: "web chat"}
MATRIX = Path(__file__).parents[2] / "docs" / "channels.md"


def test_every_registered_channel_has_a_column_in_the_matrix() -> None:
    header = next(line for line in MATRIX.read_text("utf-8").splitlines() if line.startswith("| |"))
    assert [cell.strip() for cell in header.strip("|").split("|")][1:] == [f"`{name}`" for name in CHANNELS]


def test_every_row_of_the_matrix_answers_for_every_channel() -> None:
    rows = [
        line for line in MATRIX.read_text("utf-8").splitlines() if line.startswith("| ") and not line.startswith("| |")
    ]
    assert rows
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 1 + len(CHANNELS), row
        assert all(cells), row


@pytest.mark.parametrize("name", CHANNELS)
def test_what_the_matrix_says_is_what_the_adapter_can(name: str) -> None:
    """The cells that code can contradict."""
    adapter, told = channel(name), _column(name)
    assert told["Can be asked what it has taken"].startswith("yes") is isinstance(adapter, LooksUp)
    assert told["Webhook signature"].startswith("there is no webhook") is (name in PUBLISHERS)
    assert isinstance(adapter, Publishes) is (name in PUBLISHERS)
    assert told["Secrets"].startswith("none") is (SECRETS[name] == ())
    assert [secret for secret in SECRETS[name] if f"`{secret}`" not in told["Secrets"]] == []
    assert [each for each in CARRIES[name] if WORDS[each] not in told["Channel"]] == []
    if name != "twilio":  # the window is WhatsApp's, and Twilio carries other texts too
        assert told["Window for free text"].startswith("24 hours") is (Channel.WHATSAPP in CARRIES[name])


def _column(name: str) -> dict[str, str]:
    """The matrix's cells about a channel, by row."""
    lines = [line for line in MATRIX.read_text("utf-8").splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    place = rows[0].index(f"`{name}`")
    return {row[0]: row[place] for row in rows}


def test_every_channel_has_a_test_file() -> None:
    for name in CHANNELS:
        assert (Path(__file__).parent / name / f"test_{name}.py").exists()


def test_a_channel_is_made_by_its_name() -> None:
    assert isinstance(channel("twilio"), Twilio)
    assert isinstance(channel("twilio", {"twilio": "http://localhost:1"}), Twilio)


def test_an_unregistered_provider_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        channel("pigeon")


def test_adapters_load_only_when_asked_for() -> None:
    code = "import sys, chalicelib.channels; assert 'chalicelib.channels.twilio' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=MATRIX.parents[1])
