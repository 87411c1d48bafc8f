"""Plain HTTP to providers: no redirects, no retries (the state machine retries, knowing what it risks)."""

from functools import cache
from typing import Any

from chalicelib.usecases.ports import HttpResponse, NoAnswer, NotConnected

_ANSWER_LIMIT = 1 << 20
_CONNECT_TIMEOUT = 3.0


class UrllibHttp:
    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        """`timeout` in seconds, for the answer. Answers are read up to 1 MiB."""
        from urllib3 import Timeout
        from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

        try:
            answer = _pool().request(
                method,
                url,
                headers=headers,
                body=body,
                timeout=Timeout(connect=_CONNECT_TIMEOUT, read=timeout),
                redirect=False,
                retries=False,
                preload_content=False,
            )
            try:
                return HttpResponse(answer.status, answer.read(_ANSWER_LIMIT))
            finally:
                answer.release_conn()
        except (NewConnectionError, ConnectTimeoutError) as error:
            raise NotConnected from error
        except HTTPError as error:
            raise NoAnswer from error


@cache
def _pool() -> Any:
    from urllib3 import PoolManager

    return PoolManager(maxsize=4)
