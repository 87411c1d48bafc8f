"""Browsers of the signed-in associate that are woken when a reminder is due (H20)."""

from chalice.app import Blueprint

from chalicelib.usecases.manage_devices import add_device, forget_device, push_key

from . import device_schemas as schemas
from .routing import Call, Route, endpoint

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    Route(
        method="GET", path="/me/push", summary="What a browser subscribes to pushes with (H20).", answer=schemas.PushKey
    ),
)
def show_push_key(call: Call) -> schemas.PushKey:
    return schemas.PushKey(push_key(call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="PUT",
        path="/me/push",
        summary="Wake this browser when a reminder of mine is due; of more than ten the oldest goes (H20).",
        request=schemas.PushDevice,
    ),
)
def add_own_device(call: Call) -> None:
    add_device(call.associate_id, call.body.endpoint, call.deps)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/me/push/forget",
        summary="Do not wake this browser any more (H20).",
        request=schemas.PushDevice,
    ),
)
def forget_own_device(call: Call) -> None:
    forget_device(call.associate_id, call.body.endpoint, call.deps)
