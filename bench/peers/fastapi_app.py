"""The classic way, kept for measuring only: FastAPI and PostgreSQL, one process, browsers connected to it.

It does for a customer's text what the product does: verify, once only, route, store, count, tell open browsers.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qsl
from uuid import uuid4

import psycopg
from fastapi import FastAPI, Request, Response, WebSocket, WebSocketDisconnect
from twilio.request_validator import RequestValidator

TABLES = """
create table routes (customer text, proxy text, conversation uuid, store text, primary key (customer, proxy));
create table once (key text primary key, message uuid);
create table conversations (id uuid primary key, store text, activity timestamptz, preview text, unread int);
create index inbox on conversations (store, activity);
create table messages (id uuid primary key, conversation uuid, body text, direction text, at timestamptz);
create index thread on messages (conversation, at);
create table associates (id text primary key, stores text[]);
"""
URL = os.environ["WEBHOOK_URL"] + "/webhooks/twilio"
validator = RequestValidator("twilio-secret-1")
browsers: dict[WebSocket, str] = {}


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.database = await psycopg.AsyncConnection.connect(os.environ["DATABASE_URL"], autocommit=True)
    for statement in filter(str.strip, TABLES.split(";")):
        await app.state.database.execute(statement)
    yield
    await app.state.database.close()


app = FastAPI(lifespan=lifespan)


@app.post("/webhooks/twilio")
async def receive(request: Request) -> Response:
    form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    if not validator.validate(URL, form, request.headers.get("x-twilio-signature", "")):
        return Response(status_code=403)
    store = await _store(form)
    if store:
        await _push(store)
    return Response("<Response/>", media_type="text/xml")


async def _store(form: dict[str, str]) -> str:
    database, message = app.state.database, uuid4()
    async with database.transaction():
        found = await database.execute(
            "insert into once values (%s, %s) on conflict do nothing returning key", (form["MessageSid"], message)
        )
        if await found.fetchone() is None:
            return ""
        found = await database.execute(
            "select conversation, store from routes where customer = %s and proxy = %s", (form["From"], form["To"])
        )
        conversation, store = await found.fetchone()
        await database.execute(
            "insert into messages values (%s, %s, %s, 'inbound', now())", (message, conversation, form["Body"])
        )
        await database.execute(
            "update conversations set activity = now(), preview = left(%s, 80), unread = unread + 1 where id = %s",
            (form["Body"], conversation),
        )
    return str(store)


async def _push(store: str) -> None:
    for browser, associate in list(browsers.items()):
        found = await app.state.database.execute("select stores from associates where id = %s", (associate,))
        row = await found.fetchone()
        if row and store in row[0]:
            await browser.send_json({"activities": [{"type": "conversation", "store_id": store}]})


@app.websocket("/ws/{associate}")
async def connect(browser: WebSocket, associate: str) -> None:
    await browser.accept()
    browsers[browser] = associate
    try:
        while True:
            await browser.receive_text()
    except WebSocketDisconnect:
        browsers.pop(browser, None)
