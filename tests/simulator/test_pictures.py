"""What a phone has sent along: shown for as long as it is kept, and then named instead of asked for in vain."""

from typing import Any

import httpx
import pytest

from local.simulator import Simulator
from local.simulator.pictures import MOST_KEPT

from .conftest import PHONE, STORE

pytestmark = pytest.mark.anyio


async def sent(api: httpx.AsyncClient) -> dict[str, Any]:
    picture = (await api.post("/api/pictures", content=b"GIF89a", headers={"Content-Type": "image/gif"})).json()["id"]
    text = (await api.post(f"/api/phones/{PHONE}/texts", json={"to": STORE, "body": "", "pictures": [picture]})).json()
    return dict(text)


async def newest(api: httpx.AsyncClient) -> dict[str, Any]:
    return dict((await api.get(f"/api/phones/{PHONE}")).json()["texts"][-1])


async def test_a_picture_that_is_no_longer_kept_is_counted(api: httpx.AsyncClient, simulator: Simulator) -> None:
    text = await sent(api)
    [picture] = text["pictures"]
    assert (await newest(api))["pictures_gone"] == 0
    assert (await api.get(f"/api/pictures/{picture}")).status_code == 200
    for _ in range(MOST_KEPT):
        simulator.pictures.keep(b"GIF89a", "image/gif")
    found = await newest(api)
    assert (found["pictures"], found["pictures_gone"]) == ([], 1)
    assert found["media_urls"] == text["media_urls"]
    await simulator.settle()
