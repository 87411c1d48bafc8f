"""An associate has a browser woken when a reminder is due, or not any more (H20)."""

from chalicelib.domain.devices import Device, check_endpoint, to_make_room

from .access import signed_in
from .ports import Deps


def push_key(associate_id: str, deps: Deps) -> str | None:
    """What a browser asks its push service for an address with; None: this installation wakes no browsers."""
    signed_in(associate_id, deps)
    return deps.push_services.public_key or None


def add_device(associate_id: str, endpoint: str, deps: Deps) -> None:
    """Safe to repeat. Raises InvalidInput, PermissionDenied."""
    associate = signed_in(associate_id, deps)
    check_endpoint(endpoint, deps.push_services.local_service)
    devices = deps.devices.of_associate(associate.id)
    if any(each.endpoint == endpoint for each in devices):
        return
    for old in to_make_room(list(devices)):
        deps.devices.remove(associate.id, old.endpoint)
    device = Device(
        associate_id=associate.id,
        merchant_id=associate.merchant_id,
        endpoint=endpoint,
        created_at=deps.clock.now(),
    )
    deps.devices.put(device)


def forget_device(associate_id: str, endpoint: str, deps: Deps) -> None:
    """Safe to repeat, and for one that is not there. Raises PermissionDenied."""
    deps.devices.remove(signed_in(associate_id, deps).id, endpoint)
