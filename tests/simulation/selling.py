"""Customers who were written to place an order (H24, X21)."""

from collections.abc import Iterator

from msgspec import json

from chalicelib.usecases.link_product import link_product
from tests.support.merchant import ADA, SEATTLE

from .story import Story

Acts = Iterator[None]


def ordering_after_a_talk(story: Story) -> Acts:
    story.text()
    story.rest()
    story.send()
    story.rest()
    yield
    story.order()


def showing_a_products_code(story: Story) -> Acts:
    product = sold(story)
    yield
    story.world.ask("link product", ADA, lambda ports: link_product(SEATTLE, product, ADA, ports).link.id)


def sharing_a_product(story: Story) -> Acts:
    story.text()
    product = sold(story)
    yield
    story.send(product=product)


def ordering_by_a_link(story: Story) -> Acts:
    product = sold(story)
    story.world.ask("link product", ADA, lambda ports: link_product(SEATTLE, product, ADA, ports).link.id)
    story.rest()
    (link,) = story.world.history.stored("pl")
    yield
    story.order(landing_site=f"/products/boots?cl={json.decode(link['value'])['id']}")


def sold(story: Story) -> str:
    """Id of a product that the shop has."""
    story.product()
    story.rest()
    (item,) = story.world.history.stored("d")
    return str(json.decode(item["value"])["id"])
