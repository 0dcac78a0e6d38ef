"""A PostgreSQL server for tests: Debian's binaries, a cluster in a folder that is thrown away."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg
import pytest

from salesdash.workspace.databases import Postgresql

ABSENT = "PostgreSQL is not here (apt-get install postgresql): its tests are skipped"
ACCOUNT = "postgres"
"""Servers refuse to run as root; Debian's package brings this account."""

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
DOORS = """
local all owner trust
host all all 127.0.0.1/32 scram-sha-256
"""


@dataclass(frozen=True)
class Server:
    """A running server: its socket's folder, its port, and its database `team`."""

    sockets: Path
    port: int

    def place(self, folder: Path, schema: str = "") -> Postgresql:
        """A schema of that name, or a new one."""
        return Postgresql.of(self.address(), folder, schema or f"home_{secrets.token_hex(4)}")

    def address(self, database: str = "team") -> str:
        """By the socket, where nobody is asked for a password."""
        return f"postgresql://owner@/{database}?host={self.sockets}&port={self.port}"

    def network(self, user: str = "visitor", database: str = "team") -> str:
        """By loopback, where everybody is asked for one."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def run(self, *statements: str) -> list[Any]:
        """Run statements as the server's owner; rows of the last one."""
        found: list[Any] = []
        with psycopg.connect(**self.door, dbname="team", autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
                found = cursor.fetchall() if cursor.description else []
        return found

    @property
    def door(self) -> dict[str, Any]:
        """How its owner comes in."""
        return {"host": str(self.sockets), "port": self.port, "user": "owner"}


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as the tests run; they skip where it is not installed, but not in CI."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not binaries:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not here, and CI must not skip its tests")
        pytest.skip(ABSENT)
    folder = Path(mkdtemp(prefix="pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, ACCOUNT, ACCOUNT)
    try:
        with _started(binaries[-1], folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(binaries: Path, folder: Path) -> Iterator[Server]:
    who: dict[str, Any] = {"user": ACCOUNT, "group": ACCOUNT} if os.geteuid() == 0 else {}
    data = folder / "data"
    order: list[Any] = [
        binaries / "initdb",
        "-D",
        data,
        "-U",
        "owner",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]
    subprocess.run(order, check=True, cwd=folder, stdout=subprocess.DEVNULL, **who)
    (data / "pg_hba.conf").write_text(DOORS)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = (
        *QUICK,
        f"port={port}",
        f"unix_socket_directories={folder}",
        "listen_addresses=127.0.0.1",
    )
    options = [part for setting in settings for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", data, *options], cwd=folder, stdout=log, stderr=log, **who
        )
    server = Server(folder, port)
    try:
        _wait(server, process, folder / "log")
        yield server
    finally:
        process.send_signal(signal.SIGINT)  # do not wait for those who are connected
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()


def _wait(server: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            with psycopg.connect(**server.door, dbname="postgres", autocommit=True) as found:
                found.execute("create database team")
                found.execute("create role visitor login password 'open sesame'")
                found.execute("grant create on database team to visitor")
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError("the server did not start: " + log.read_text())
