"""Orders of shops that changed are read once a day, page by page: what webhooks lost is found (X1).

What is read is an order's state at its `updated_at`, applied as a webhook's: late, twice or after it, both come to the
same. What we know already is not written again.
"""

from chalicelib.domain.errors import NotFound, Unavailable
from chalicelib.domain.events import OrderChanged
from chalicelib.domain.merchants import Connection
from chalicelib.domain.order_runs import OrderRun, first_run
from chalicelib.domain.orders import Fulfilment, Order, Payment

from .access import managed_store, signed_in
from .apply_order_event import apply_order_event
from .ports import CatalogueBusy, CatalogueRefused, Deps, ListsOrders
from .read_catalogue import Progress, ShopCatalogue, go_on, show_catalogues


def read_orders_now(store_id: str, connection_id: str, associate_id: str, deps: Deps) -> tuple[ShopCatalogue, ...]:
    """It begins, with the next minute; one that is under way goes on, at once. Raises NotFound, PermissionDenied."""
    store = managed_store(signed_in(associate_id, deps), store_id, deps)
    connection = next((each for each in _shops(deps) if each.id == connection_id), None)
    if connection is None or connection.merchant_id != store.merchant_id:
        raise NotFound
    known = {run.connection_id: run for run in deps.order_runs.all()}.get(connection_id)
    if known is not None and not known.runs:  # the clock's function begins the first: it alone can read secrets
        deps.order_runs.change(known.again(deps.clock.now()), known)
    return show_catalogues(store_id, associate_id, deps)


def read_orders(now: int, stop_at: int, deps: Deps) -> Progress:
    """Works on all that are due at `now`; begins no page from `stop_at` (on the clock) on."""
    progress = Progress()
    shops = [each for each in _shops(deps) if _readable(each, deps)]
    if not shops:
        return progress
    runs = {run.connection_id: run for run in deps.order_runs.all()}
    for connection in shops:
        try:
            _work(connection, runs.get(connection.id), now, stop_at, progress, deps)
        except Unavailable:
            progress.finished = False
        except Exception as error:  # a mistake of ours must not hold up other shops
            deps.log.failure("orders_failed", error)
    return progress


def _shops(deps: Deps) -> list[Connection]:
    found = deps.directory.connections()
    return [each for each in found if isinstance(deps.channels.webhook_source(each.provider), ListsOrders)]


def _readable(connection: Connection, deps: Deps) -> bool:
    try:
        return _shop(connection, deps).may_list_orders(deps.directory.secrets(connection))
    except Unavailable:
        return False


def _begun(connection: Connection, known: OrderRun | None, now: int) -> OrderRun:
    return first_run(connection.id, connection.merchant_id, now) if known is None else known.again(now)


def _work(
    connection: Connection, known: OrderRun | None, now: int, stop_at: int, progress: Progress, deps: Deps
) -> None:
    if known is not None and not known.due(now):
        return
    begun = known if known is not None and known.runs else _begun(connection, known, now)

    def step(run: OrderRun) -> OrderRun:
        return _step(run, connection, deps)

    run = go_on(known, begun, step, deps.order_runs.change, stop_at, progress, deps)
    if run is not None:
        deps.log.info("orders_read", connection_id=connection.id, phase=run.phase, orders=run.read, found=run.found)


def _step(run: OrderRun, connection: Connection, deps: Deps) -> OrderRun:
    """The next page of it. What the shop says against it is part of the outcome."""
    secrets = deps.directory.secrets(connection)
    try:
        page = _shop(connection, deps).orders_page(run.since, run.after, connection, secrets, deps.http)
    except CatalogueBusy:
        return run.postponed(deps.clock.now())
    except CatalogueRefused:
        return run.refused()
    news = [each for each in page.orders if _is_news(each, deps.orders.find_external(connection.id, each.external_id))]
    for event in news:
        apply_order_event(event, deps)
    return run.with_page(len(page.orders), len(news), page.after)


def _is_news(event: OrderChanged, stored: Order | None) -> bool:
    """Whether it says more than we know. Within one instant, an order goes on only (Order.newest)."""
    if stored is None or event.updated_at != stored.updated_at:
        return stored is None or event.updated_at > stored.updated_at
    payments, fulfilments = list(Payment), list(Fulfilment)
    return (
        payments.index(event.payment) > payments.index(stored.payment)
        or fulfilments.index(event.fulfilment) > fulfilments.index(stored.fulfilment)
        or (event.cancelled_at is not None and stored.cancelled_at is None)
        or (event.closed_at is not None and stored.closed_at is None)
    )


def _shop(connection: Connection, deps: Deps) -> ListsOrders:
    shop: object = deps.channels.webhook_source(connection.provider)
    if not isinstance(shop, ListsOrders):
        raise CatalogueRefused
    return shop
