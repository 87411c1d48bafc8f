"""Idempotent requests: what makes two of them the same (I12)."""

from hashlib import sha256

from .ports import Once


def request_once(associate_id: str, key: str, content: tuple[str, ...], result: str) -> Once:
    """The Once of a client's request: its key counts per associate, its content is compared by digest."""
    digest = sha256("\0".join((str(len(content)), *content)).encode("utf-8", "surrogatepass")).hexdigest()
    return Once(f"request#{associate_id}", key, digest=digest, result=result)
