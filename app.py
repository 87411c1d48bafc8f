"""Every way into Counterline, on one page. Each trigger is one line of work; the work is in `chalicelib/`.

Chalice allows blueprints for HTTP only (docs/architecture.md), so the other triggers stand here.
The queue and stream names are placeholders: infra/resources.yaml puts the real ones in, and says which changes of the
table each reader of the stream is called for.
"""

import gc
from typing import Any

gc.set_threshold(200_000)
"""First of all: a start makes 70,000 objects that stay, and looking for garbage among them was a tenth of its time."""

from chalice.app import Chalice, CORSConfig, Rate

from chalicelib import api
from chalicelib.api.errors import in_one_shape
from chalicelib.triggers import queues, schedule, sockets, stream
from chalicelib.wiring import deps

TABLE_STREAM = "arn:aws:dynamodb:us-east-1:000000000000:table/placeholder/stream/placeholder"
app = Chalice(app_name="counterline")
app.experimental_feature_flags.update(["WEBSOCKETS"])
app.api.cors = CORSConfig(
    allow_origin="*",  # a bearer token in a header, no cookies: any origin may ask, none gets anything for free
    allow_headers=["Authorization", "Content-Type", "Idempotency-Key"],
    max_age=600,
)


@app.middleware("http")
def one_error_shape(event: Any, get_response: Any) -> Any:
    return in_one_shape(get_response(event))


api.register(app)


@app.lambda_function(name="webhooks")
def webhooks(event: Any, context: Any) -> Any:
    return api.answer_webhook(event, deps())


@app.on_sqs_message(queue="inbound", name="inbound", batch_size=10)
def inbound(event: Any) -> Any:
    return queues.consume_inbound(event.to_dict(), deps())


@app.on_sqs_message(queue="provider-events", name="provider_events", batch_size=10)
def provider_events(event: Any) -> Any:
    return queues.consume_provider_events(event.to_dict(), event.context, deps())


@app.on_sqs_message(queue="media", name="media", batch_size=1)
def media(event: Any) -> Any:
    return queues.consume_media(event.to_dict(), deps())


@app.on_sqs_message(queue="outbound.fifo", name="outbound", batch_size=10)
def outbound(event: Any) -> Any:
    return queues.consume_outbound(event.to_dict(), event.context, deps())


@app.on_dynamodb_record(stream_arn=TABLE_STREAM, name="fan_out", batch_size=25, starting_position="TRIM_HORIZON")
def fan_out(event: Any) -> Any:
    return stream.consume_stream(event.to_dict(), deps())


@app.on_dynamodb_record(stream_arn=TABLE_STREAM, name="push", batch_size=100, starting_position="LATEST")
def push(event: Any) -> None:
    stream.tell_browsers(event.to_dict(), deps())


@app.schedule(Rate(1, unit=Rate.HOURS), name="sweep")
def sweep(event: Any) -> Any:
    return schedule.sweep(event.to_dict(), event.context, deps())


@app.schedule(Rate(1, unit=Rate.MINUTES), name="due")
def due(event: Any) -> Any:
    return schedule.due(event.to_dict(), event.context, deps())


@app.on_ws_connect(name="websocket_connect")
def websocket_connect(event: Any) -> Any:
    return sockets.connect(event.to_dict(), deps())


@app.on_ws_message(name="websocket_message")
def websocket_message(event: Any) -> Any:
    return sockets.message(event.to_dict(), deps())


@app.on_ws_disconnect(name="websocket_disconnect")
def websocket_disconnect(event: Any) -> Any:
    return sockets.disconnect(event.to_dict(), deps())
