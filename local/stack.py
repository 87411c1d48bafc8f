"""One whole local stack: emulator, deployed template, simulator and gateway, started in order and stopped in order."""

import socket
from typing import Self

from . import deploy, installation, preflight
from .clients import EmulatorSession
from .emulator import REGION, Emulator
from .gateway import Backends, function_url_id, gateway
from .installation import Installation
from .ports import free_port, listen, port_of
from .problems import Problem
from .server import Server
from .simulation import simulator
from .steps import Step, step
from .workspace import Workspace


class LocalStack:
    """Use as a context manager. A port 0: any free one. The data lies in the workspace and outlives the stack."""

    def __init__(self, workspace: Workspace, port: int, smtp_port: int = 0) -> None:
        self.workspace = workspace
        workspace.create()
        self._smtp_listener = listen(smtp_port, "SMTP_PORT")
        self.smtp_port = port_of(self._smtp_listener)
        try:
            self._listener = listen(port)
        except Problem:
            self._smtp_listener.close()
            raise
        self.port = port_of(self._listener)
        self.origin = f"http://localhost:{self.port}"
        self.installation = self._installation()
        self.emulator = Emulator(workspace, self.installation.emulator_port or free_port())
        self.session = EmulatorSession(self.endpoint)
        self.outputs: dict[str, str] = {}
        self._server: Server | None = None

    def __enter__(self) -> Self:
        try:
            with step(5):
                self.emulator.start()
            with step(6) as current:
                self._deploy(current)
            self._open()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def endpoint(self) -> str:
        """Of the emulator, for AWS clients."""
        return self.emulator.endpoint

    def stop(self) -> None:
        """The gateway first, so that nothing new begins; then the emulator, which writes its state."""
        if self._server:
            self._server.stop()
        self._listener.close()
        self._smtp_listener.close()
        self.emulator.stop()

    @property
    def smtp_listener(self) -> socket.socket:
        """Where the SMTP door is to listen."""
        return self._smtp_listener

    def _installation(self) -> Installation:
        """With an emulator port that is free now; the one of last time if possible."""
        path = self.workspace.installation
        found = installation.load(path)
        current = found._replace(emulator_port=free_port(found.emulator_port))
        installation.save(path, current)
        return current

    def _deploy(self, current: Step) -> None:
        result = deploy.deploy(self.workspace, self.session, self.endpoint, self.origin)
        self.outputs = result.outputs
        if not result.changed:
            current.result = "unchanged"

    def _open(self) -> None:
        """Starts the gateway with the simulator in it."""
        backends = Backends(
            emulator_port=self.emulator.port,
            rest_path=f"/restapis/{self.outputs['RestAPIId']}/{deploy.API_STAGE}/_user_request_",
            webhook_path=f"/_aws/lambda-url/{function_url_id(self.outputs['WebhooksFunctionUrl'])}",
            socket_path=f"/_aws/execute-api/{self.outputs['WebsocketAPIId']}/{deploy.API_STAGE}",
            media_bucket=self.outputs["MediaBucketName"],
            client_id=self.outputs["UserPoolClientId"],
            region=REGION,
            preflights=preflight.read_answers(self.workspace.state / "package" / "template.json"),
        )
        logs = self.workspace.logs
        outside = simulator(self)
        app = gateway(self.port, self.workspace.site, logs / "gateway.log", backends, outside)
        self._server = Server(app, self._listener, logs / "gateway-errors.log")
        self._server.start()
