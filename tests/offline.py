"""R35: the suite runs without a network; who connects to anything but this machine has made a mistake and fails.

Programs that tests start (a browser, a database server) are programs of their own and not watched.
"""

import ipaddress
import socket
from typing import Any

ALLOWED_NAMES = {"localhost", "testserver", ""}


class Online(AssertionError):
    """A test has tried to reach another machine."""


def is_loopback(address: object) -> bool:
    """Say whether an address of a socket stays on this machine."""
    host = address[0] if isinstance(address, tuple) else None
    return host is None or _is_here(host)


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    if name in ALLOWED_NAMES:
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def guard() -> None:
    """Refuse connections, datagrams and look-ups of names that leave this machine, from now on."""
    for name in ("connect", "connect_ex"):
        _guard_method(name)
    send_to, look_up = socket.socket.sendto, socket.getaddrinfo

    def guarded_send(self: socket.socket, data: Any, *rest: Any) -> int:
        _check(self, rest[-1])
        return send_to(self, data, *rest)

    def guarded_look_up(host: Any, *rest: Any, **more: Any) -> Any:
        # to listen somewhere, names are looked up as well: what is no address of ours fails as without a network
        if host is not None and not _is_here(host):
            raise socket.gaierror(socket.EAI_NONAME, f"offline: {host}")
        return look_up(host, *rest, **more)

    socket.socket.sendto = guarded_send  # type: ignore[method-assign]
    socket.getaddrinfo = guarded_look_up


def _guard_method(name: str) -> None:
    plain = getattr(socket.socket, name)

    def guarded(self: socket.socket, address: Any) -> Any:
        _check(self, address)
        return plain(self, address)

    setattr(socket.socket, name, guarded)


def _check(one: socket.socket, address: object) -> None:
    if one.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address):
        raise Online(f"the suite runs offline (R35), and this wanted to reach {address}")
