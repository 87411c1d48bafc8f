"""The credentials with which a store's account calls a provider's API (RFC 7617)."""

import base64
import binascii


def basic_auth(header: str) -> tuple[str, str]:
    """User and password of an Authorization header; empty where it holds none."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return user, password
