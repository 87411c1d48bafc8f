"""The simulator as an ASGI application: `/api` is the control API, the other paths are the providers'."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount, Route

from local.simulator.cloud import Cloud
from local.simulator.config import SimulatorConfig
from local.simulator.control_api import ControlApi
from local.simulator.errors import ControlError, on_control_error, on_http_error
from local.simulator.mail.control_api import MailControlApi
from local.simulator.mail.smtp_door import SmtpDoor
from local.simulator.payments import Payments
from local.simulator.push_service import PushService
from local.simulator.simulator import ClientFactory, Simulator, new_client


def create_app(
    config: SimulatorConfig,
    http_client_factory: ClientFactory | None = None,
    cloud: Cloud | None = None,
    smtp: socket.socket | None = None,
) -> Starlette:
    """The application, with its `Simulator` as `app.state.simulator`.

    Served alone it starts and stops the simulator itself. Mounted in another application it cannot: there the outer
    lifespan calls `app.state.simulator.start()` and `stop()`.
    """
    return app_of(Simulator(config, http_client_factory or new_client, cloud=cloud), smtp)


def app_of(simulator: Simulator, smtp: socket.socket | None = None) -> Starlette:
    """The application around a simulator that was made elsewhere. `smtp`: where its SMTP door is to listen."""
    door = SmtpDoor(smtp, simulator.mail) if smtp else None

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await simulator.start()
        if door:
            await door.open()
        yield
        if door:
            await door.close()
        await simulator.stop()

    app = Starlette(
        routes=[
            Mount("/api", routes=control_routes(simulator)),
            Mount("/twilio", routes=[*simulator.twilio_api.routes(), *simulator.pictures.twilio_routes()]),
            Mount("/vonage", routes=[*simulator.vonage_api.routes(), *simulator.pictures.vonage_routes()]),
            Mount("/shopify", routes=simulator.shopify_api.routes()),
            Mount("/meta", routes=simulator.meta_api.routes()),
            Mount("/aws_sms", routes=simulator.aws_sms_api.routes()),
            Mount("/ses", routes=simulator.ses_api.routes()),
            *(Mount(f"/{each}", routes=simulator.pay_by_link.routes(each)) for each in ("adyen", "stripe")),
            Mount("/push", routes=PushService(simulator.clock).routes()),
            Mount("/payments", routes=Payments(simulator.config).routes()),
        ],
        exception_handlers={ControlError: on_control_error, HTTPException: on_http_error},
        lifespan=lifespan,
    )
    app.state.simulator = simulator
    return app


def control_routes(simulator: Simulator) -> list[Route]:
    """What drives the simulator, for pages and tests."""
    pictures = simulator.pictures.control_routes()
    return [*ControlApi(simulator).routes(), *MailControlApi(simulator).routes(), *pictures]
