"""What the simulation has found, each as the shortest story that shows it. `test_regressions.py` plays them."""

from collections.abc import Callable

from chalicelib.usecases.close_conversation import delete_conversation
from chalicelib.usecases.mark_read import mark_read
from chalicelib.usecases.retry_message import retry_message
from tests.support.merchant import ADA

from .provider import GOOD, Habits
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


def sent_again_as_the_customer_writes(story: Story) -> None:
    """A text asked for again kept the expiry of that moment, and failed although the customer had prolonged it all."""
    story.text()
    story.rest()
    story.world.provider.habits = Habits(busy=0, refuses=1, refusals=(("21614", 400),))
    story.send()
    story.rest()
    story.world.provider.habits = GOOD
    story.to_the_brink(200)
    story.ask("retry", retry_message, story.message(direction="outbound")["id"], ADA)
    story.world.scheduler.run(story.world.now() + 100)
    story.text()


def told_again_after_the_deletion(story: Story) -> None:
    """The answer "has ended" went out, was erased, and then stood for the next one, which the provider never took."""
    habits = story.world.provider
    story.text()
    story.rest()
    story.to_the_brink(0)
    story.world.scheduler.now += 1_000
    habits.habits = Habits(busy=0, refuses=0, unclear=0, silent=1, unlisted=0)
    story.text("canary anybody there")
    story.world.scheduler.run(story.world.now() + 2_000)
    story.ask("delete", delete_conversation, ADA)
    story.world.scheduler.run(story.world.now() + 2_000)
    habits.habits = Habits(busy=0, refuses=0, unclear=1, took=0, unlisted=0)
    story.text("canary hello")
    story.world.scheduler.run(story.world.now() + 2_000)
    habits.habits = GOOD


def invited_again(story: Story) -> None:
    """The text with the link to the chat was sent again to the chat itself, and shown as sent: nobody got it."""
    story.use_chat()
    story.order()
    story.rest()
    story.world.provider.habits = Habits(busy=0, refuses=1, refusals=(("30003", 400),))
    story.start()
    story.rest()
    story.world.provider.habits = GOOD
    story.ask("retry", retry_message, story.message(kind="invitation")["id"], ADA)


STORIES: dict[str, Callable[[Story], None]] = {
    story.__name__: story
    for story in (
        answered_at_the_last_moment,
        read_by_two,
        sent_again_as_the_customer_writes,
        told_again_after_the_deletion,
        invited_again,
    )
}
