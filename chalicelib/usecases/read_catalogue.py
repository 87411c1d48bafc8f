"""Shops' catalogues are read page by page (N18), in steps that any minute can take up: what webhooks lost is found.

First what the shop has, then which of ours it no longer has. Each step is safe to repeat and to run twice at once:
pages converge by the shop's own times, and how far a run is, is one conditional write.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from msgspec import Struct

from chalicelib.domain.catalogue import CataloguePhase, CatalogueRun
from chalicelib.domain.errors import NotFound, Unavailable
from chalicelib.domain.merchants import Connection
from chalicelib.domain.order_runs import OrderRun
from chalicelib.domain.products import Product, ProductState

from .access import managed_store, signed_in
from .apply_product_event import keep_product
from .ports import CatalogueBusy, CatalogueRefused, Deps, ListsProducts

_CHECKED = 50
"""Products of ours that the shop is asked about at once."""


class Progress(Struct):
    """What a run of the clock came to."""

    pages: int = 0
    finished: bool = True


class Run(Protocol):
    """How far something is read that is read page by page."""

    @property
    def runs(self) -> bool: ...
    @property
    def busy(self) -> int: ...
    def due(self, now: int) -> bool: ...


R = TypeVar("R", bound=Run)


class ShopCatalogue(Struct, frozen=True):
    """A shop's connection, whether we may ask for its catalogue, and how far that and its orders are read.

    Only the clock's function can read secrets: that it began a reading says that we may. None: not begun yet.
    """

    connection: Connection
    readable: bool
    run: CatalogueRun | None
    orders: OrderRun | None = None


def show_catalogues(store_id: str, associate_id: str, deps: Deps) -> tuple[ShopCatalogue, ...]:
    """Of the shops of the store's merchant. Raises NotFound, PermissionDenied."""
    store = managed_store(signed_in(associate_id, deps), store_id, deps)
    runs = {run.connection_id: run for run in deps.catalogue_runs.all()}
    orders = {run.connection_id: run for run in deps.order_runs.all()}
    shops = [each for each in _shops(deps) if each.merchant_id == store.merchant_id]
    return tuple(ShopCatalogue(each, each.id in runs, runs.get(each.id), orders.get(each.id)) for each in shops)


def read_now(store_id: str, connection_id: str, associate_id: str, deps: Deps) -> tuple[ShopCatalogue, ...]:
    """It begins, with the next minute; one that is under way goes on, at once. Raises NotFound, PermissionDenied."""
    shown = {each.connection.id: each for each in show_catalogues(store_id, associate_id, deps)}
    if connection_id not in shown:
        raise NotFound
    found, now = shown[connection_id], deps.clock.now()
    if found.run is not None and not found.run.runs:
        deps.catalogue_runs.change(_begun(found.connection, found.run, now), found.run)
    return show_catalogues(store_id, associate_id, deps)


def read_catalogues(now: int, stop_at: int, deps: Deps) -> Progress:
    """Works on all that are due at `now`; begins no step from `stop_at` (on the clock) on."""
    progress = Progress()
    shops = [each for each in _shops(deps) if _readable(each, deps)]
    if not shops:
        return progress
    runs = {run.connection_id: run for run in deps.catalogue_runs.all()}
    for connection in shops:
        try:
            _work(connection, runs.get(connection.id), now, stop_at, progress, deps)
        except Unavailable:
            progress.finished = False
        except Exception as error:  # a mistake of ours must not hold up other shops
            deps.log.failure("catalogue_failed", error)
    return progress


def _shops(deps: Deps) -> list[Connection]:
    """Those that hand out their catalogue to whoever may ask."""
    found = deps.directory.connections()
    return [each for each in found if isinstance(deps.channels.webhook_source(each.provider), ListsProducts)]


def _readable(connection: Connection, deps: Deps) -> bool:
    try:
        return _shop(connection, deps).may_list(_secrets(connection, deps))
    except Unavailable:
        return False


def _begun(connection: Connection, known: CatalogueRun | None, now: int) -> CatalogueRun:
    if known is not None:
        return known.again(now)
    return CatalogueRun(connection_id=connection.id, merchant_id=connection.merchant_id, started_at=now)


def _work(
    connection: Connection, known: CatalogueRun | None, now: int, stop_at: int, progress: Progress, deps: Deps
) -> None:
    if known is not None and not known.due(now):
        return
    begun = known if known is not None and known.runs else _begun(connection, known, now)

    def step(run: CatalogueRun) -> CatalogueRun:
        return _step(run, connection, deps)

    run = go_on(known, begun, step, deps.catalogue_runs.change, stop_at, progress, deps)
    if run is not None:
        deps.log.info("catalogue_read", connection_id=connection.id, phase=run.phase, products=run.read)


def go_on(
    known: R | None,
    begun: R,
    step: Callable[[R], R],
    change: Callable[[R, R | None], bool],
    stop_at: int,
    progress: Progress,
    deps: Deps,
) -> R | None:
    """The run that came to its end; None: time is up, the shop is busy, or another one works on it."""
    run = begun
    if run is not known and not change(run, known):
        return None
    while run.runs:
        if deps.clock.now() >= stop_at:
            progress.finished = False
            return None
        after = step(run)
        if not change(after, run):
            return None
        progress.pages += 1
        run = after
        if run.busy:
            return None
    return run


def _step(run: CatalogueRun, connection: Connection, deps: Deps) -> CatalogueRun:
    """The next page of it. What the shop says against it is part of the outcome."""
    try:
        return _read(run, connection, deps) if run.phase is CataloguePhase.READING else _check(run, connection, deps)
    except CatalogueBusy:
        return run.postponed(deps.clock.now())
    except CatalogueRefused:
        return run.refused()


def _read(run: CatalogueRun, connection: Connection, deps: Deps) -> CatalogueRun:
    page = _shop(connection, deps).products_page(run.after, connection, _secrets(connection, deps), deps.http)
    for product in page.products:
        keep_product(product, deps)
    return run.with_page(len(page.products), page.total, page.after)


def _check(run: CatalogueRun, connection: Connection, deps: Deps) -> CatalogueRun:
    listed = deps.products.listed(run.merchant_id, _CHECKED, run.after or None)
    known = deps.products.find_several(listed.rows)
    ours = {each.external_id: each for each in known.values() if each.connection_id == connection.id}
    if ours:
        shop = _shop(connection, deps)
        for external_id in shop.missing(tuple(ours), connection, _secrets(connection, deps), deps.http):
            keep_product(_gone(ours[external_id]), deps)
    return run.checked(listed.cursor or "", deps.clock.now())


def _gone(product: Product) -> Product:
    """As its deletion would have been told."""
    return Product(
        id=product.id,
        merchant_id=product.merchant_id,
        connection_id=product.connection_id,
        external_id=product.external_id,
        state=ProductState.DELETED,
    )


def _shop(connection: Connection, deps: Deps) -> ListsProducts:
    shop: object = deps.channels.webhook_source(connection.provider)
    if not isinstance(shop, ListsProducts):
        raise CatalogueRefused
    return shop


def _secrets(connection: Connection, deps: Deps) -> dict[str, str]:
    return deps.directory.secrets(connection)
