"""Colleagues write notes and take them away, and give customers tags (S13, S24)."""

from collections.abc import Iterator

from chalicelib.usecases.tag_customer import TagChange, tag_customer
from chalicelib.usecases.write_note import customer_of, order_of, remove_note, write_note
from tests.support.merchant import ADA

from .story import Story

Acts = Iterator[None]
WORDS = "canary note"


def noting(story: Story) -> Acts:
    story.text()
    story.rest()
    yield
    _note(story)


def remarking(story: Story) -> Acts:
    story.order()
    story.rest()
    order_id = story.order_item()
    yield
    story.world.ask(
        "note", ADA, lambda ports: write_note(order_of(order_id, ADA, ports), WORDS, "key-remark1", ports).id,
        key="key-remark1",
    )  # fmt: skip


def taking_a_note_away(story: Story) -> Acts:
    story.text()
    story.rest()
    _note(story)
    story.rest()
    (note,) = story.world.history.stored("no")
    conversation_id = story.conversation()["id"]
    yield
    story.world.ask(
        "remove note", ADA,
        lambda ports: remove_note(customer_of(conversation_id, ADA, ports), note["id"], ports),
    )  # fmt: skip


def tagging(story: Story) -> Acts:
    story.text()
    story.rest()
    change = TagChange(story.conversation()["id"], ADA, ("VIP",), ())
    yield
    story.world.ask("tag", ADA, lambda ports: tag_customer(change, ports)[0])


def _note(story: Story) -> None:
    conversation_id = story.conversation()["id"]
    story.world.ask(
        "note", ADA, lambda ports: write_note(customer_of(conversation_id, ADA, ports), WORDS, "key-note1", ports).id,
        key="key-note1",
    )  # fmt: skip
