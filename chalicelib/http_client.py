"""Plain HTTP to providers: no redirects, no retries (the state machine retries, knowing what it risks)."""

import time
from functools import cached_property
from typing import Any

from chalicelib.usecases.ports import HttpResponse, NoAnswer, NotConnected

_ANSWER_LIMIT = 1 << 20
CONNECT_TIMEOUT = 3.0
_LONGEST_IDLE = 4.0
"""Seconds. A function that slept holds connections the other side has dropped long ago: a request on such a one
would end as `NoAnswer`, and its text as unknown, for nothing."""


class UrllibHttp:
    """`answer_limit`: bytes up to which answers are read."""

    def __init__(self, answer_limit: int = _ANSWER_LIMIT) -> None:
        self._answer_limit = answer_limit
        self._used_at = 0.0

    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        """`timeout` in seconds, for the answer."""
        from urllib3 import Timeout
        from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

        self._drop_stale_connections()
        try:
            answer = self._pool.request(
                method,
                url,
                headers=headers,
                body=body,
                timeout=Timeout(connect=CONNECT_TIMEOUT, read=timeout),
                redirect=False,
                retries=False,
                preload_content=False,
            )
            try:
                headers = {name.lower(): value for name, value in answer.headers.items()}
                return HttpResponse(answer.status, answer.read(self._answer_limit), headers)
            finally:
                answer.close()  # a connection read to the end is back in the pool by now; one that is not must go
        except (NewConnectionError, ConnectTimeoutError) as error:
            raise NotConnected from error
        except HTTPError as error:
            raise NoAnswer from error

    def _drop_stale_connections(self) -> None:
        now = time.time()
        if not 0 <= now - self._used_at < _LONGEST_IDLE:
            self._pool.clear()
        self._used_at = now

    @cached_property
    def _pool(self) -> Any:
        from urllib3 import PoolManager

        return PoolManager(maxsize=4)
