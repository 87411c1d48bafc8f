"""The bucket of received mail, read by plain HTTPS with botocore's signer: no model of S3 (P1, P2).

https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
"""

from contextlib import suppress
from urllib.parse import quote

from chalicelib.domain.errors import InvalidInput, Unavailable
from chalicelib.usecases.ports import Http, HttpResponse, NoAnswer, NotConnected

from .sigv4 import sign

PREFIX = "inbound/"
LARGEST = 42_000_000
"""Bytes. SES takes mails of up to 40 MB (https://docs.aws.amazon.com/ses/latest/dg/quotas.html)."""
_TIMEOUT = 20.0


class S3Mails:
    """`url`: the bucket's address. `http` reads answers of up to LARGEST bytes."""

    def __init__(self, bucket: str, url: str, http: Http) -> None:
        self._bucket, self._url, self._http = bucket, url, http

    def raw(self, bucket: str, key: str) -> bytes:
        """Only what SES has put there: no event makes us read anything else (I10)."""
        if bucket != self._bucket:
            raise InvalidInput("This is not in the bucket of received mail.")
        return self._ask(key, {}).body

    def part(self, key: str, start: int, end: int) -> bytes:
        if start >= end:
            return b""
        answer = self._ask(key, {"Range": f"bytes={start}-{end - 1}"})
        return answer.body if answer.status == 206 else answer.body[start:end]

    def delete(self, key: str) -> None:
        with suppress(InvalidInput):  # what is not there is gone; S3 itself says 204 to that, too
            self._ask(key, {}, "DELETE")

    def _ask(self, key: str, headers: dict[str, str], method: str = "GET") -> HttpResponse:
        if not self._bucket or not key.startswith(PREFIX):
            raise InvalidInput("This is not in the bucket of received mail.")
        url = f"{self._url}/{quote(key)}"
        signed = sign(method, url, headers, b"", service="s3")
        try:
            answer = self._http.request(method, url, headers=signed, body=b"", timeout=_TIMEOUT)
        except (NotConnected, NoAnswer) as error:
            raise Unavailable from error
        if answer.status in (404, 416):
            raise InvalidInput("There is no such mail.")
        if answer.status not in (200, 204, 206):
            raise Unavailable
        return answer
