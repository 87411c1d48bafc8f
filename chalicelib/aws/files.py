"""The bucket of attachments, by plain HTTPS: botocore's signer, and no model of S3 (P1, P2).

https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
"""

import re
from collections.abc import Iterable, Sequence
from html import unescape
from urllib.parse import quote, urlencode, urlsplit

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.media import MAX_BYTES
from chalicelib.usecases.ports import File, Http, HttpResponse, NoAnswer, NotConnected

from .sigv4 import presigned, sign

TIMEOUT = 20.0
LARGEST = MAX_BYTES + 1
"""Bytes of an answer: what is larger than anything that is taken need not be read to its end."""
UNUSED = "unused"
"""The tag of what nothing refers to yet: a rule of the bucket removes it (infra/resources.yaml)."""
_KEY = re.compile(r"<Key>([^<]+)</Key>")
_TRIES = 3
_NOTHING = (404, 416)
"""Not there; there, and empty."""
_COPIED = b"<CopyObjectResult"
"""In the answer that tells of a copy."""
_TAKEN = (412,)
"""There is something already."""


class S3Files:
    """`url`: the bucket's address, no slash at the end. `shown_as`: where browsers find it, if not there."""

    def __init__(self, url: str, shown_as: str, http: Http) -> None:
        self._url, self._shown_as, self._http = url, shown_as or url, http

    def put(self, key: str, file: File) -> None:
        headers = {"Content-Type": file.content_type, "Cache-Control": "private, max-age=31536000, immutable"}
        if file.download_as:
            headers["Content-Disposition"] = f'attachment; filename="{file.download_as}"'
        if file.unused:
            headers |= {"x-amz-tagging": f"{UNUSED}=yes", "If-None-Match": "*"}
        self._ask("PUT", self._address(key), headers, file.content, also=_TAKEN if file.unused else ())

    def link(self, key: str, lifetime: int) -> str:
        signed = presigned("GET", self._address(key), lifetime // 1000, service="s3")
        return self._shown_as + signed.removeprefix(self._url)

    def upload_link(self, key: str, content_type: str, size: int, lifetime: int) -> str:
        """Type and length are signed along: S3 takes no other."""
        headers = {"Content-Type": content_type, "Content-Length": str(size)}
        signed = presigned("PUT", self._address(key), lifetime // 1000, service="s3", headers=headers)
        return self._shown_as + signed.removeprefix(self._url)

    def get(self, key: str, most: int) -> bytes | None:
        answer = self._ask("GET", self._address(key), {"Range": f"bytes=0-{most}"}, b"", also=_NOTHING)
        return None if answer.status in _NOTHING else answer.body[: most + 1]

    def keep(self, key: str) -> bool:
        return self._ask("DELETE", f"{self._address(key)}?tagging", {}, b"", also=_NOTHING).status not in _NOTHING

    def copy(self, key: str, to: str) -> bool:
        """Without the source's tags, so that no rule takes it. S3 may say 200 and then that it failed."""
        place = urlsplit(self._url)
        bucket = place.path.strip("/") or place.netloc.split(".")[0]
        headers = {"x-amz-copy-source": f"{bucket}/{quote(key)}", "x-amz-tagging-directive": "REPLACE"}
        answer = self._ask("PUT", self._address(to), headers, b"", also=_NOTHING, done=_COPIED)
        return answer.status not in _NOTHING

    def below(self, prefix: str) -> Sequence[str]:
        query = urlencode({"list-type": "2", "max-keys": "100", "prefix": prefix}, quote_via=quote)
        answer = self._ask("GET", f"{self._url}?{query}", {}, b"")
        return [unescape(key) for key in _KEY.findall(answer.body.decode())]

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._ask("DELETE", self._address(key), {}, b"")

    def _address(self, key: str) -> str:
        return f"{self._url}/{quote(key)}"

    def _ask(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        body: bytes,
        *,
        also: tuple[int, ...] = (),
        done: bytes = b"",
    ) -> HttpResponse:
        """Every request here may be repeated without harm. `also`: the statuses that are answers beside success, which
        has `done` in its body."""
        for _ in range(_TRIES):
            signed = sign(method, url, headers, body, service="s3")
            try:
                answer = self._http.request(method, url, headers=signed, body=body, timeout=TIMEOUT)
            except (NotConnected, NoAnswer):
                continue
            if (200 <= answer.status < 300 and done in answer.body) or answer.status in also:
                return answer
            if 300 <= answer.status < 500:
                break
        raise Unavailable("The bucket of attachments does not do as it is told.")
