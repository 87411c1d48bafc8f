"""A customer's file, page by page until its end."""

from typing import Any

from msgspec.structs import fields

from chalicelib.domain.exports import Records
from chalicelib.usecases.export_customer import ExportPage, export_customer
from chalicelib.usecases.merge_customers import Other
from tests.support.world import MIA

MOST_PAGES = 200


def pages(world: Any, whose: Other, associate_id: str = MIA) -> list[ExportPage]:
    found = [export_customer(whose, associate_id, None, world)]
    while found[-1].cursor is not None:
        assert len(found) < MOST_PAGES, "it does not end"
        found.append(export_customer(whose, associate_id, found[-1].cursor, world))
    return found


def whole(world: Any, whose: Other, associate_id: str = MIA) -> Records:
    """All pages, one behind the other."""
    joined = Records()
    for page in pages(world, whose, associate_id):
        for field in fields(Records):
            getattr(joined, field.name).extend(getattr(page.records, field.name))
    return joined
