"""The app as a process: one port, one home, one door; started and stopped as people do."""

import asyncio
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from uvicorn.server import ServerState
from websockets.protocol import State

from salesdash import server
from salesdash.commands import address
from salesdash.commands.replies import loads
from salesdash.errors import StorageError
from tests.terminal import ROOT, Said, started, typed

ORDERS = "Order,Date,Amount\nA,2026-01-05,100.50\n"
SECONDS = 120
SWITCHING = 101


@dataclass
class Answer:
    status: int
    text: str
    cookie: str
    location: str


class App:
    """A running app and what it said."""

    def __init__(self, home: Path, *arguments: str, port: int | None = None) -> None:
        words = [sys.executable, "-m", "salesdash", "--home", str(home), "run", *arguments]
        environment = {**os.environ, "PORT": str(port or free_port()), "LANG": "C"}
        self.home = home
        self.process = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        self.said = ""
        while "Stop" not in self.said and (line := self.process.stdout.readline()):
            self.said += line
        if "Stop" not in self.said:
            self.process.communicate()
            pytest.fail(f"the app ended ({self.process.returncode}): {self.said}")
        self.port = int(re.findall(r":(\d+)", self.said)[-1])

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, named)
            found = connection.getresponse()
            text = "" if found.status == SWITCHING else found.read().decode()
            headed = (found.getheader(name, "") for name in ("Set-Cookie", "Location"))
            return Answer(found.status, text, *headed)
        finally:
            connection.close()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        self.said += self.process.communicate(timeout=SECONDS)[0]
        return self.process.returncode


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def command(home: Path, *words: str, by: Callable[..., Said] = typed) -> tuple[int, object]:
    said = by("--home", home, "--json", *words)
    return said.code, loads(said.out)


def upgrade(app: App, **headers: str) -> int:
    """The status a websocket handshake of the screens gets."""
    wanted = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
        **headers,
    }
    return app.ask("GET", "/_stcore/stream", **wanted).status


def test_commands_work_while_the_app_runs_and_it_stops_in_order(tmp_path):
    (tmp_path / "orders.csv").write_text(ORDERS)
    app = App(tmp_path / "home")
    try:
        assert f"http://127.0.0.1:{app.port}" in app.said
        assert str(tmp_path / "home") in app.said
        assert address.read(app.home).pid == app.process.pid
        assert app.ask("GET", "/").status == 200
        moved = app.ask("GET", "/overview?lang=zh")
        assert (moved.status, moved.location) == (307, "/?lang=zh")
        assert app.ask("GET", "/healthz").text == '{\n  "status": "ok"\n}'
        assert app.ask("GET", "/", Host="evil.example").status == 403
        assert upgrade(app) == 101
        assert upgrade(app, Host="evil.example") == 403
        assert app.ask("POST", "/api/imports", body="{}").status == 401
        code, done = command(app.home, "import", str(tmp_path / "orders.csv"), by=started)
        assert (code, done["event"]) == (0, 1)
        assert command(app.home, "query", "sales")[1]["rows"] == [[loads("100.5000")]]
        assert command(app.home, "undo", "1")[0] == 0
        assert command(app.home, "rebuild")[1]["rows"] == 0
        assert command(app.home, "demo")[1]["error"]["key"] == "app.owns"
        again = subprocess.run(
            [sys.executable, "-m", "salesdash", "--home", str(app.home), "run", "--lang", "en"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=SECONDS,
        )
        assert f"running already on {app.home}: http://127.0.0.1:{app.port}" in again.stdout
    finally:
        code = app.stop()
    assert code == 0
    assert "salesdash has stopped." in app.said
    assert "Traceback" not in app.said
    assert not (app.home / "api.json").exists()
    assert [event["kind"] for event in command(app.home, "imports")[1]] == ["import", "undo"]


class Wire(asyncio.Transport):
    """A connection that only notes that it was closed."""

    def __init__(self) -> None:
        super().__init__()
        self.sent, self.is_closed = b"", False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent += data

    def close(self) -> None:
        self.is_closed = True


@pytest.mark.parametrize(("state", "told"), [(State.OPEN, b"\x88"), (State.CLOSING, b"")])
def test_only_a_page_that_stays_is_told_that_the_app_stops(state: State, told: bytes) -> None:
    """To tell one that is being left raises, and nobody after it would be told."""

    async def stopped() -> Wire:
        line, wire = server.Connection(uvicorn.Config(_nobody), ServerState(), {}), Wire()
        line.connection_made(wire)
        line.handshake_complete, line.conn.state = True, state
        line.shutdown()
        return wire

    wire = asyncio.run(stopped())
    assert wire.is_closed
    assert wire.sent[:1] == told


async def _nobody(scope: object, receive: object, send: object) -> None:
    """No application."""


def test_the_app_takes_what_arrives_in_the_inbox(tmp_path):
    home = tmp_path / "home"
    app = App(home)
    try:
        (home / "inbox" / "orders.csv").write_text(ORDERS)
        for _ in range(SECONDS * 10):
            if (home / "inbox" / "done" / "orders.csv").exists():
                break
            time.sleep(0.1)
        code, said = command(home, "watch", "--once")
        assert (code, said["files"]) == (0, [])
        assert command(home, "query", "sales")[1]["rows"] == [[loads("100.5000")]]
        watching = typed("--home", home, "watch", "--lang", "en")
        assert watching.code == 0
        assert f"127.0.0.1:{app.port} watches" in watching.err
        (home / "inbox" / "more.csv").write_text(ORDERS.replace("A,", "B,"))
    finally:
        assert app.stop() == 0  # in the middle of a file, maybe
    assert "Traceback" not in app.said
    command(home, "watch", "--once")
    assert command(home, "query", "sales")[1]["rows"] == [[loads("201.0000")]]


def test_a_second_app_takes_the_next_port_and_a_killed_one_leaves_nothing_in_the_way(tmp_path):
    first = App(tmp_path / "one")
    try:
        second = App(tmp_path / "two", port=first.port)
        try:
            assert second.port > first.port
            assert f"Port {first.port} is taken" in second.said
        finally:
            second.process.kill()
            second.process.communicate()
        assert (second.home / "api.json").exists()
        assert command(second.home, "imports") == (0, [])
    finally:
        first.stop()


def test_shared_with_the_network_nothing_answers_without_the_code(tmp_path):
    app = App(tmp_path / "home", "--share")
    try:
        code = re.search(r"Access code\s+(\S+)", app.said)[1]
        kinds = [
            ("GET", "/"),
            ("GET", "/trends"),
            ("GET", "/overview"),
            ("GET", "/media/0.csv"),
            ("GET", "/static/js/index.js"),
            ("PUT", "/_stcore/upload_file/session/file"),
            ("GET", "/_stcore/health"),
            ("GET", "/_stcore/host-config"),
            ("GET", "/_stcore/metrics"),
            ("POST", "/api/imports"),
            ("GET", "/api/"),
            ("GET", "/healthz"),
        ]
        for method, path in kinds:
            assert app.ask(method, path).status == 401, path
        assert upgrade(app) == 401
        wrong = app.ask("POST", "/enter", body="code=AAAAA-AAAAA")
        assert wrong.status == 401
        entered = app.ask("POST", "/enter", body=f"code={code.lower()}")
        assert entered.status == 303
        cookie = entered.cookie.split(";")[0]
        assert app.ask("GET", "/", Cookie=cookie).status == 200
        assert app.ask("GET", "/", Cookie=cookie, Host="192.168.1.5:8501").status == 200
        assert upgrade(app, Cookie=cookie) == 101
        assert upgrade(app, Cookie=cookie, Host="192.168.1.5:8501") == 101
        assert app.ask("POST", "/api/imports", Cookie=cookie, body="{}").status == 401
        assert command(app.home, "imports") == (0, [])
    finally:
        assert app.stop() == 0


def test_no_port_is_free(monkeypatch):
    monkeypatch.setattr(server, "PORTS_TRIED", 1)
    with server.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        assert taken.proto == socket.IPPROTO_TCP
        with pytest.raises(StorageError) as caught:
            server.listen("127.0.0.1", port)
        assert caught.value.key == "app.port"


def test_an_address_that_is_not_ours_is_not_hidden():
    with pytest.raises(OSError, match="assign"):
        server.listen("192.0.2.1", free_port())


def test_the_address_is_told_as_one_would_type_it(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert server._shown(tmp_path / "data" / "own") == str(Path("data/own"))
    assert server._shown(Path("/elsewhere")) == "/elsewhere"
    assert server._own_address()
