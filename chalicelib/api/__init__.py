"""The HTTP edge: parse, call a use case, present. Beside `app.py` the only place that imports chalice."""

import os
from typing import Any

_HANDLER = "app.app"
"""What Lambda calls the function that serves HTTP."""


def register(app: Any) -> None:
    """Adds every route; in a function that Lambda runs for another trigger, none: a twentieth of its cold start."""
    if os.environ.get("_HANDLER", _HANDLER) != _HANDLER:
        return
    from . import conversations, me, orders, webhooks

    for module in (me, orders, conversations, webhooks):
        app.register_blueprint(module.blueprint)
