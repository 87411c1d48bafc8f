"""Nothing is lost, doubled, put out of order or left in doubt by a provider's outage, and all is over soon after it."""

import pytest

from chalicelib.domain.messages import FAILURE_TEXT, FailureReason
from tests.support.merchant import HOUR

from .outage import KINDS, Outage, OutageStory, run_outage


@pytest.mark.parametrize("kind", KINDS)
def test_an_hour_without_the_provider(kind: str) -> None:
    assert run_outage(Outage(kind=kind, conversations=20, texts=5, lasting=HOUR)).violations == []


@pytest.mark.simulation
@pytest.mark.parametrize("kind", KINDS)
def test_six_hours_and_five_thousand_texts(kind: str) -> None:
    report = run_outage(Outage(kind=kind, conversations=500, texts=10, lasting=6 * HOUR))
    print(kind, report)  # noqa: T201 - the figures of docs/simulation.md
    assert report.violations == []


def test_after_a_day_a_text_fails_and_says_why() -> None:
    story = OutageStory(Outage(kind="refused connections", conversations=5, texts=2, lasting=26 * HOUR, writing=HOUR))
    report = story.play()
    assert report.violations == []
    assert (report.accepted, report.failures) == (0, {FailureReason.TOO_LONG_QUEUED: 10})
    assert FAILURE_TEXT[FailureReason.TOO_LONG_QUEUED] == "The text provider could not be reached for a day."
