"""The button "Unsubscribe" that mail programs show above a mail, and what they send when it is pressed (RFC 8058)."""

import re
from collections.abc import Iterable

BODY = b"List-Unsubscribe=One-Click"
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "SimulatedMailbox/1.0"}
_URL = re.compile(r"<(https?://[^<>\s]+)>")


def one_click_url(headers: Iterable[tuple[str, str]]) -> str:
    """Where a mail lets itself be stopped with one request; empty where it does not say so in both of its headers."""
    found = {name.lower(): value for name, value in headers}
    if found.get("list-unsubscribe-post", "").strip() != BODY.decode():
        return ""
    url = _URL.search(found.get("list-unsubscribe", ""))
    return "" if url is None else url.group(1)
