"""Customers who were written to place an order (H24, X21)."""

from collections.abc import Iterator

from .story import Story

Acts = Iterator[None]


def ordering_after_a_talk(story: Story) -> Acts:
    story.text()
    story.rest()
    story.send()
    story.rest()
    yield
    story.order()
