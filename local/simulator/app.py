"""The simulator as an ASGI application: `/api` is the control API, `/twilio` and `/vonage` are the providers'."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount

from .config import SimulatorConfig
from .control_api import ControlApi
from .errors import ControlError, on_control_error, on_http_error
from .simulator import ClientFactory, Simulator, new_client


def create_app(config: SimulatorConfig, http_client_factory: ClientFactory | None = None) -> Starlette:
    """The application, with its `Simulator` as `app.state.simulator`.

    Served alone it starts and stops the simulator itself. Mounted in another application it cannot: there the outer
    lifespan calls `app.state.simulator.start()` and `stop()`.
    """
    return app_of(Simulator(config, http_client_factory or new_client))


def app_of(simulator: Simulator) -> Starlette:
    """The application around a simulator that was made elsewhere."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await simulator.start()
        yield
        await simulator.stop()

    app = Starlette(
        routes=[
            Mount("/api", routes=ControlApi(simulator).routes()),
            Mount("/twilio", routes=simulator.twilio_api.routes()),
            Mount("/vonage", routes=simulator.vonage_api.routes()),
        ],
        exception_handlers={ControlError: on_control_error, HTTPException: on_http_error},
        lifespan=lifespan,
    )
    app.state.simulator = simulator
    return app
