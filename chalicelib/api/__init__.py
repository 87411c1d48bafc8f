"""The HTTP edge: parse, call a use case, present. Beside `app.py` the only place that imports chalice."""

import os
from typing import Any

_API, _WEBHOOKS = "app.app", "app.webhooks"
"""What Lambda calls the functions that serve HTTP."""


def register(app: Any) -> None:
    """Adds every route of the REST API. A function that Lambda runs for something else gets none, which is a twentieth
    of its cold start; that of the webhooks gets what answers them.
    """
    handler = os.environ.get("_HANDLER", _API)
    if handler == _WEBHOOKS:
        from . import function_url  # noqa: F401  now, while Lambda starts it with a whole processor
    if handler != _API:
        return
    from . import (
        assignments,
        audit,
        bulk,
        carts,
        chat,
        consent,
        conversations,
        customers,
        devices,
        held,
        invites,
        me,
        media,
        notes,
        orders,
        privacy,
        products,
        reminders,
        sales,
        settings,
        store_credits,
        templates,
    )

    first = (me, orders, bulk, products, carts, conversations, customers, privacy, assignments, media)
    then = (chat, held, reminders, notes, audit, consent, invites, sales, settings, store_credits, templates)
    for module in (*first, *then, devices):
        app.register_blueprint(module.blueprint)


def answer_webhook(event: Any, ports: Any) -> dict[str, Any]:
    """A request to the webhooks' own address (payload format 2.0) -> its answer."""
    from . import function_url

    return function_url.answer(event, ports)
