"""What the simulation has found, each as the shortest story that shows it. `test_regressions.py` plays them."""

from collections.abc import Callable

from chalicelib.usecases.mark_read import mark_read
from tests.support.merchant import ADA

from .story import Story


def answered_at_the_last_moment(story: Story) -> None:
    """An answer accepted just before the expiry prolonged the conversation, and then failed because it had "ended"."""
    story.text()
    story.rest()
    story.to_the_brink(40)
    story.send()


def read_by_two(story: Story) -> None:
    """Somebody had seen both texts; somebody else's report of having seen the first put the second back to unread."""
    for _ in range(2):
        story.text()
        story.rest()
    first, second = sorted(str(message["id"]) for message in story.world.history.stored("m"))
    story.ask("read", mark_read, ADA, second)
    story.ask("read", mark_read, ADA, first)


STORIES: dict[str, Callable[[Story], None]] = {
    story.__name__: story for story in (answered_at_the_last_moment, read_by_two)
}
