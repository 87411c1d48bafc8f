"""Browsers that an associate wants to be told on while the app is closed (H20).

A browser's push service gives it an address of its own. Whoever knows that may wake the browser: it is asked for at
the services of browsers only, so that nobody has us call an address of theirs.
"""

import re

from msgspec import Struct

from .errors import InvalidInput

MOST_DEVICES = 10
"""Of one associate; the oldest makes room."""
LONGEST_ENDPOINT = 1500
_SERVICES = frozenset({"fcm.googleapis.com", "updates.push.services.mozilla.com"})
_FAMILIES = (".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
_ADDRESS = re.compile(r"https://([a-z0-9-]+(?:\.[a-z0-9-]+)+)/[!-~]+")
_OWN_PATH = re.compile(r"/[A-Za-z0-9_-]+")


class Device(Struct, frozen=True, kw_only=True):
    associate_id: str
    merchant_id: str
    endpoint: str
    """Where its push service takes what is for it; nobody else is to know it."""
    created_at: int

    @property
    def service(self) -> str:
        """Whose browser it is: the host."""
        return self.endpoint.split("/")[2]


def check_endpoint(endpoint: str, local_service: str = "") -> None:
    """Raises InvalidInput unless it is at a push service of a browser, or below `local_service`, if there is one."""
    below = endpoint.startswith(local_service) and endpoint.removeprefix(local_service)
    if local_service and below and _OWN_PATH.fullmatch(below):
        return
    found = _ADDRESS.fullmatch(endpoint)
    host = found[1] if found and len(endpoint) <= LONGEST_ENDPOINT else ""
    if host not in _SERVICES and not host.endswith(_FAMILIES):
        raise InvalidInput("That is not the address of a browser at a push service.")


def to_make_room(devices: list[Device]) -> list[Device]:
    """Those that go when another comes."""
    oldest_first = sorted(devices, key=lambda each: (each.created_at, each.endpoint))
    return oldest_first[: max(0, len(devices) - MOST_DEVICES + 1)]
