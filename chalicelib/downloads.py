"""Fetches attachments from where their provider keeps them, and from nowhere else (docs/media.md).

The host must be on the provider's list, each redirect as well; the address that was checked is the one connected to;
size and time are bounded whatever the other side does.
"""

import ipaddress
import re
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from chalicelib.domain.media import MAX_BYTES, MediaRefusal, MediaRefused
from chalicelib.usecases.ports import MediaUnavailable, Origin

CONNECT_TIMEOUT, IDLE_TIMEOUT, TIMEOUT = 3.0, 10.0, 40.0
"""Seconds: to connect, between two pieces, for all of it."""
MOST_REDIRECTS = 3
_PIECE = 64 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?/[!-\[\]-~]*", re.ASCII)
"""Lower-case host, no user, no backslash, no white space, nothing outside ASCII."""
_UPWARDS = re.compile(r"(^|/)(\.|%2e){1,2}(/|$)", re.ASCII | re.IGNORECASE)

Resolve = Callable[[str, int], Sequence[str]]


def addresses_of(host: str, port: int) -> list[str]:
    """Raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class SafeDownloads:
    """`resolve`: the addresses of a host. `clock`: seconds."""

    def __init__(self, resolve: Resolve = addresses_of, clock: Callable[[], float] = time.monotonic) -> None:
        self._resolve, self._clock = resolve, clock

    def get(self, url: str, origins: Sequence[Origin]) -> bytes:
        end = self._clock() + TIMEOUT
        for _ in range(MOST_REDIRECTS + 1):
            origin = origin_of(url, origins)
            answer = self._request(urlsplit(url), origin)
            try:
                if answer.status in _REDIRECTS:
                    url = urljoin(url, answer.headers.get("location", ""))
                    continue
                if answer.status != 200:
                    raise MediaUnavailable
                return self._content(answer, end)
            finally:
                answer.close()
        raise MediaRefused(MediaRefusal.FOREIGN)

    def _request(self, url: SplitResult, origin: Origin) -> Any:
        """To the address that was checked: a name that resolves to another one meanwhile changes nothing."""
        from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
        from urllib3.exceptions import HTTPError

        host, port = url.hostname or "", url.port or (443 if url.scheme == "https" else 80)
        address = self._address(host, port, private=origin.private)
        timeout = Timeout(connect=CONNECT_TIMEOUT, read=IDLE_TIMEOUT)
        if url.scheme == "https":
            pool: HTTPConnectionPool = HTTPSConnectionPool(
                address, port, timeout=timeout, server_hostname=host, assert_hostname=host
            )
        else:
            pool = HTTPConnectionPool(address, port, timeout=timeout)
        headers = {**origin.headers, "Host": url.netloc, "Accept-Encoding": "identity", "User-Agent": "counterline"}
        target = url._replace(scheme="", netloc="", fragment="").geturl()
        try:
            return pool.request(
                "GET", target, headers=headers, redirect=False, retries=False, preload_content=False,
                decode_content=False,
            )  # fmt: skip
        except HTTPError as error:
            raise MediaUnavailable from error

    def _address(self, host: str, port: int, *, private: bool) -> str:
        try:
            found = self._resolve(host, port)
        except OSError as error:
            raise MediaUnavailable from error
        if not found:
            raise MediaUnavailable
        if not private and not all(map(is_public, found)):
            raise MediaRefused(MediaRefusal.FOREIGN)
        return found[0]

    def _content(self, answer: Any, end: float) -> bytes:
        from urllib3.exceptions import HTTPError

        said = answer.headers.get("content-length", "")
        if said.isdigit() and int(said) > MAX_BYTES:
            raise MediaRefused(MediaRefusal.TOO_LARGE)
        content = bytearray()
        try:
            while piece := answer.read1(_PIECE):
                content += piece
                if len(content) > MAX_BYTES:
                    raise MediaRefused(MediaRefusal.TOO_LARGE)
                if self._clock() > end:
                    raise MediaUnavailable
        except HTTPError as error:
            raise MediaUnavailable from error
        return bytes(content)


def origin_of(url: str, origins: Sequence[Origin]) -> Origin:
    """Whose address this is. Raises MediaRefused for one that is on nobody's list."""
    if _ADDRESS.fullmatch(url) and not _UPWARDS.search(url.partition("?")[0]):
        for origin in origins:
            if url.startswith(origin.prefix):
                return origin
    raise MediaRefused(MediaRefusal.FOREIGN)


def is_public(address: str) -> bool:
    """Whether an address is one of the internet's, and not of a machine or network near to us."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast
