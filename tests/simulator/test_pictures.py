"""What a phone has sent along: shown for as long as it is kept, and then named instead of asked for in vain."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec.structs import replace

from local.simulator import Simulator
from local.simulator.pictures import MOST_KEPT, Pictures

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


async def test_they_are_there_after_a_restart(tmp_path: Path, simulator: Simulator) -> None:
    config = replace(simulator.config, state_file=tmp_path / "other" / "simulator.json")
    before = Pictures(config)
    ids = [before.keep(f"picture {number}".encode(), "image/png") for number in range(MOST_KEPT + 2)]
    (tmp_path / "other" / "pictures" / "torn").write_bytes(b"half a file")
    again = Pictures(config)
    assert [each in again for each in ids] == [False] * 2 + [True] * MOST_KEPT
    assert "torn" not in again
    assert len(list((tmp_path / "other" / "pictures").iterdir())) == MOST_KEPT
