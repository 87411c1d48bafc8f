"""Puts the built web app where CloudFront serves it from."""

import json
import mimetypes
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from infra.failure import ShippingError

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""Machines disagree about these, so they are not asked."""
FOREVER = "public, max-age=31536000, immutable"
"""For what the build names after its content."""
ASK_FIRST = "no-cache"
PAGES = {
    "chat.html": ("chat", "chat/"),
    "pictures.html": ("pictures", "pictures/"),
    "invite.html": ("invite", "invite/"),
}
"""Pages that have addresses of their own, which a bucket serves by exactly these names."""
NOT_SHIPPED = ("simulator.html", "config.json")


def config(outputs: Mapping[str, str], region: str) -> dict[str, Any]:
    """What the web app reads at start (`/config.json`)."""
    auth = {"endpoint": outputs["AuthEndpoint"], "client_id": outputs["UserPoolClientId"]}
    return {"api": outputs["PublicApiUrl"], "auth": auth, "region": region}


def require_built(dist: Path) -> None:
    """Raises ShippingError before anything is deployed that would lack its site."""
    if not (dist / "index.html").is_file():
        raise ShippingError("The web app is not built (web/dist/index.html is missing): `make deploy` builds it.")


def upload_site(session: Any, dist: Path, outputs: Mapping[str, str]) -> int:
    """Uploads `dist` and its configuration, then lets CloudFront forget what it knows; the number of files.

    Pages come last, so that none names a file that is not there yet. Files of earlier builds stay: open browsers
    may still ask for them.
    """
    require_built(dist)
    s3, bucket = session.client("s3"), outputs["SiteBucketName"]
    files = list(_files(dist))
    for path in files:
        name = path.relative_to(dist).as_posix()
        for key in PAGES.get(name, (name,)):
            s3.put_object(
                Bucket=bucket,
                Key=key,
                Body=path.read_bytes(),
                ContentType=content_type(name),
                CacheControl=cache_control(name),
            )
    body = json.dumps(config(outputs, session.region_name)).encode()
    s3.put_object(Bucket=bucket, Key="config.json", Body=body, ContentType="application/json", CacheControl="no-store")
    _forget(session, outputs["SiteDistributionId"])
    return len(files) + 1


def content_type(name: str) -> str:
    suffix = Path(name).suffix
    return CONTENT_TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def cache_control(name: str) -> str:
    return FOREVER if name.startswith("assets/") else ASK_FIRST


def _files(dist: Path) -> Iterator[Path]:
    found = [path for path in sorted(dist.rglob("*")) if path.is_file()]
    shipped = [path for path in found if path.relative_to(dist).as_posix() not in NOT_SHIPPED]
    yield from sorted(shipped, key=lambda path: path.suffix == ".html")


def _forget(session: Any, distribution: str) -> None:
    batch = {"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": str(time.time_ns())}
    session.client("cloudfront").create_invalidation(DistributionId=distribution, InvalidationBatch=batch)
