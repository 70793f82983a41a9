"""No test speaks to anything but this machine."""

import ipaddress
import socket
from typing import Any

import pytest

_connect = socket.socket.connect


class NetworkForbidden(Exception):
    """A test tried to leave the machine."""


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _guarded_connect(self: socket.socket, address: Any) -> None:
    if self.family != socket.AF_UNIX and not _is_here(str(address[0])):
        raise NetworkForbidden(f"a test tried to reach {address}")
    _connect(self, address)


@pytest.fixture(scope="session", autouse=True)
def network_forbidden() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded_connect)
        yield
