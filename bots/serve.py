"""Serve the web pages, send messages and do what time demands: one process, until it is told to stop."""

import gc
import signal
import socket
import sys
from contextlib import suppress
from datetime import UTC, datetime

import uvicorn

from assistant.config import Settings
from assistant.desk import open_desk
from assistant.errors import CannotListen
from bots import redaction
from bots.channels import Channels, pushed
from bots.web.app import create_app
from bots.worker import Worker

LAST_PORT = 65535
SWITCH_S = 0.001
"""After so long a thread that computes gives way: with Python's 5 ms a flood of messages waited half as long again."""


def now() -> datetime:
    """Return the time; the one clock of the serving process."""
    return datetime.now(UTC)  # noqa: TID251 - the process's edge, where time comes in


def serve(settings: Settings) -> None:
    """Listen on the host and port of the settings and answer until the process is stopped.

    A `public_url` that begins with https says that a proxy on this machine ends TLS before us, and only then
    its X-Forwarded-Proto is believed.
    Raises: CannotListen, and whatever opening the desk raises.
    """
    with listen(settings.host, settings.port) as listener:
        redaction.install(settings)
        desk = open_desk(settings, pushed=pushed(settings))
        desk.warm_up(now())
        sys.setswitchinterval(SWITCH_S)
        gc.collect()
        gc.freeze()  # the index stays: no need to look through it again and again while people wait
        key = settings.open311_key.get_secret_value()
        channels = Channels.of(settings, desk, now)
        app = create_app(desk, now, public_url=settings.public_url, open311_key=key, channels=channels.health)
        channels.register(app)
        behind_proxy = settings.public_url.startswith("https://")
        config = uvicorn.Config(app, proxy_headers=behind_proxy, server_header=False, log_level="warning")
        worker = Worker(desk, channels.senders, now, settings.heartbeat)
        # uvicorn sends itself the signal again when it has closed: ours lets what is in flight come to its end
        signal.signal(signal.SIGTERM, _stop)
        with suppress(KeyboardInterrupt), worker, channels:  # Ctrl+C is how a person stops it
            uvicorn.Server(config).run(sockets=[listener])


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket, before anything slow is loaded.

    Raises: CannotListen where the port is taken or the host is not ours.
    """
    if not 0 <= port <= LAST_PORT:
        raise CannotListen(host=host, port=port, reason=f"port > {LAST_PORT}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise CannotListen(host=host, port=port, reason=str(error)) from error
