"""A fake platform listens on loopback, in a thread of its own, until it is closed."""

import socket
from threading import Event, Thread

import uvicorn
from starlette.types import ASGIApp

START_S = 5.0


class Served:
    """One application on a port of this machine; nobody else reaches it."""

    def __init__(self, app: ASGIApp, port: int = 0) -> None:
        """port: 0 takes any free one."""
        self._listener = socket.create_server(("127.0.0.1", port))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        # what a fake does wrong on purpose is no news for the log, and addresses hold tokens
        config = uvicorn.Config(app, log_config=None, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True)

    def start(self) -> None:
        """Begin to answer.

        Raises: TimeoutError where the server does not come up.
        """
        self._thread.start()
        for _ in range(int(START_S / 0.01)):
            if self._server.started:
                return
            Event().wait(0.01)
        raise TimeoutError(self.url)

    def close(self) -> None:
        """Answer nobody any more; what hangs is cut off."""
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(START_S)
        self._listener.close()
