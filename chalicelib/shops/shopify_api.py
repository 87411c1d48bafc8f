"""Asks Shopify's Admin API (GraphQL) and says in our own words how it refuses.

Limits: https://shopify.dev/docs/api/usage/limits#graphql-admin-api-rate-limits
"""

from typing import Any, TypeVar

from msgspec import MsgspecError, Struct, json

from chalicelib.domain.merchants import Connection
from chalicelib.usecases.ports import CatalogueBusy, CatalogueRefused, Http, NoAnswer, NotConnected

API_VERSION = "2025-10"
TIMEOUT = 10.0


class _Extensions(Struct):
    code: str = ""


class _Error(Struct):
    extensions: _Extensions | None = None


class _Answer(Struct):
    errors: list[_Error] | None = None
    data: Any = None


D = TypeVar("D", bound=Struct)


class ShopifyApi:
    """`api_url`: where the API is, if not at the shop's own domain (a simulator)."""

    def __init__(self, api_url: str = "") -> None:
        self._api_url = api_url

    def _asked(
        self,
        query: str,
        variables: dict[str, Any],
        kind: type[D],
        connection: Connection,
        secrets: dict[str, str],
        http: Http,
    ) -> D:
        """Raises CatalogueBusy, CatalogueRefused."""
        token = secrets.get("access_token", "")
        if not token:
            raise CatalogueRefused
        url = f"{self._api_url or f'https://{connection.account}'}/admin/api/{API_VERSION}/graphql.json"
        headers = {"Content-Type": "application/json", "X-Shopify-Access-Token": token}
        body = json.encode({"query": query, "variables": variables})
        try:
            answer = http.request("POST", url, headers=headers, body=body, timeout=TIMEOUT)
        except (NotConnected, NoAnswer):
            raise CatalogueBusy from None
        if answer.status == 429 or answer.status >= 500:
            raise CatalogueBusy
        if answer.status != 200:
            raise CatalogueRefused
        return _read(answer.body, kind)


def _read(body: bytes, kind: type[D]) -> D:
    from msgspec import convert

    try:
        answer = json.decode(body, type=_Answer)
        if answer.errors:
            throttled = any(each.extensions and each.extensions.code == "THROTTLED" for each in answer.errors)
            raise CatalogueBusy if throttled else CatalogueRefused
        return convert(answer.data, kind)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        raise CatalogueRefused from None
