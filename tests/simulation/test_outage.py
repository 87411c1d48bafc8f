"""Nothing is lost, doubled, put out of order or left in doubt by a provider's outage, and all is over soon after it."""

import pytest

from chalicelib.domain.messages import FAILURE_TEXT, FailureReason
from tests.support.merchant import HOUR

from .outage import KINDS, Outage, OutageStory, full_size, run_outage


@pytest.mark.parametrize("kind", KINDS)
def test_an_hour_without_the_provider(kind: str) -> None:
    assert run_outage(Outage(kind=kind, conversations=20, texts=5, lasting=HOUR)).violations == []


@pytest.mark.simulation
def test_six_hours_and_five_thousand_texts() -> None:
    """Of the kind that leaves texts in doubt; the others: `make simulate OUTAGE=...`."""
    report = run_outage(full_size("time-outs"))
    assert report.violations == []


def test_after_a_day_a_text_fails_and_says_why() -> None:
    story = OutageStory(Outage(kind="refused connections", conversations=5, texts=2, lasting=26 * HOUR, writing=HOUR))
    report = story.play()
    assert report.violations == []
    assert (report.accepted, report.failures) == (0, {FailureReason.TOO_LONG_QUEUED: 10})
    assert FAILURE_TEXT[FailureReason.TOO_LONG_QUEUED] == "The text provider could not be reached for a day."
