"""The simulated push service takes what RFC 8292 says, and nothing else."""

from base64 import urlsafe_b64encode
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.simulator.conftest import NOW

pytestmark = pytest.mark.anyio
KEY, OTHER = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())


def signed(api: httpx.AsyncClient, key: ec.EllipticCurvePrivateKey = KEY, **claims: Any) -> dict[str, str]:
    own = f"{api.base_url.scheme}://{api.base_url.netloc.decode()}"
    said = {"aud": own, "exp": NOW // 1000 + 43_200, "sub": "https://x.test", **claims}
    public = KEY.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    known = urlsafe_b64encode(public).rstrip(b"=").decode()
    return {"Authorization": f"vapid t={jwt.encode(said, key, 'ES256')}, k={known}", "TTL": "60"}


async def test_a_signed_push_is_taken_and_remembered(api: httpx.AsyncClient) -> None:
    headers = {**signed(api), "Urgency": "high", "Topic": "reminder"}
    assert (await api.post("/push/phone", headers=headers)).status_code == 201
    assert (await api.get("/push/phone")).json() == [{"ttl": "60", "urgency": "high", "topic": "reminder"}]
    assert (await api.get("/push/laptop")).json() == []


async def test_a_browser_that_has_unsubscribed_is_gone(api: httpx.AsyncClient) -> None:
    answer = await api.post("/push/gone1", headers=signed(api))
    assert answer.status_code == 410, answer.text


async def test_what_is_not_signed_for_this_service_and_this_day_is_refused(api: httpx.AsyncClient) -> None:
    wrong = [
        {},
        {"TTL": "60"},
        {**signed(api), "Authorization": "vapid t=a.b.c, k=AAAA"},
        signed(api, OTHER),
        signed(api, aud="https://other.test"),
        signed(api, exp=NOW // 1000 + 90_000),
        signed(api, exp=NOW // 1000 - 1),
        signed(api, sub="nobody"),
        {name: value for name, value in signed(api).items() if name != "TTL"},
    ]
    for headers in wrong:
        assert (await api.post("/push/phone", headers=headers)).status_code == 403, headers
    assert (await api.post("/push/phone", headers=signed(api), content=b"words")).status_code == 403
    assert (await api.get("/push/phone")).json() == []
