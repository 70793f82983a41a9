"""`bocal serve`, as it is really run: one process, its own folder, a browser's worth of requests."""

import http.client
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

MEGABYTE = b"x" * 1024 * 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port(environment: dict[str, str], migrated: Path) -> Iterator[int]:
    """The port of a server that has said it is open; closed with Ctrl+C afterwards."""
    number = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "bocal", "serve", "--port", str(number), "--threads", "2"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert f"http://localhost:{number}" in server.stdout.readline()
        yield number
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0


def test_the_server_opens_serves_and_refuses_kindly(port: int) -> None:
    with closing(http.client.HTTPConnection("localhost", port, timeout=20)) as browser:
        browser.request("GET", "/entrer/")
        page = browser.getresponse()
        html = page.read().decode()
        assert page.status == 200
        assert "unsafe-" not in page.headers["Content-Security-Policy"]

        style = re.search(r'href="(/static/bocal/theme/\w+\.[0-9a-f]+\.css)"', html)
        assert style, "style sheets carry their hash"
        browser.request("GET", style[1])
        sheet = browser.getresponse()
        assert sheet.read()
        assert "immutable" in sheet.headers["Cache-Control"]

    with closing(http.client.HTTPConnection("localhost", port, timeout=20)) as browser:
        browser.request(
            "POST", "/entrer/", (MEGABYTE for _ in range(200)), {"Content-Length": str(200 << 20)}
        )
        answer = browser.getresponse()
        assert answer.status == 413
        assert "Rien n&#x27;a été enregistré" in answer.read().decode()


def test_a_port_that_is_taken_is_said_in_one_sentence() -> None:
    with socket.socket() as neighbour:
        neighbour.bind(("127.0.0.1", 0))
        neighbour.listen()
        port = neighbour.getsockname()[1]

        with pytest.raises(CommandError, match=f"Le port {port} est déjà pris"):
            call_command("serve", port=port)
