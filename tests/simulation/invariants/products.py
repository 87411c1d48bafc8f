"""N18: a product is as the newest accepted report of it, deleted for good, and found by exactly what it says. Where the
shop hands out its catalogue, that is what there is."""

from collections.abc import Iterator

import msgspec

from chalicelib.domain.products import Product, ProductState
from chalicelib.store.products import rows_of
from tests.simulation.history import History


def check(history: History) -> Iterator[str]:
    stored = [msgspec.convert(msgspec.json.decode(item["value"]), Product) for item in history.stored("d")]
    yield from _reports(history, {product.external_id: product for product in stored})
    yield from _catalogue(history.catalogue, stored)
    wanted = {(row.pk, row.sk) for product in stored for row in rows_of(product)}
    found = {(item["pk"], item["sk"]) for item in history.stored("i")}
    yield from (f"a product is not found by {key}" for key in wanted - found)
    yield from (f"nothing says {key} any more" for key in found - wanted)


def _catalogue(catalogue: dict[str, int], stored: list[Product]) -> Iterator[str]:
    if not catalogue:
        return
    listed = {product.external_id: product.updated_at for product in stored if product.is_listed}
    for external_id in sorted(catalogue.keys() | listed.keys()):
        if listed.get(external_id) != catalogue.get(external_id):
            yield f"product {external_id} is not as the shop's catalogue has it"


def _reports(history: History, stored: dict[str, Product]) -> Iterator[str]:
    for webhook in history.webhooks:
        if webhook.kind != "product" or not webhook.accepted:
            continue
        product = stored.get(str(webhook.facts["id"]))
        if product is None:
            yield f"product {webhook.facts['id']} was reported and is not there"
        elif webhook.facts["topic"] == "products/delete":
            if product.state is not ProductState.DELETED:
                yield f"product {product.external_id} was deleted and is there"
        elif product.state is not ProductState.DELETED and product.updated_at < webhook.facts["updated_at"]:
            yield f"product {product.external_id} is older than an accepted report of it"
