"""The app as one process: screens, /api and the door before both, on one port.

`python -m salesdash run` starts it. It listens on loopback only; shared with the network it asks
for an access code before anything else answers.
"""

import asyncio
import errno
import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.middleware import Middleware
from streamlit import config as streamlit_config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

from salesdash import config
from salesdash.api import Service, routes
from salesdash.api.guard import LOOPBACK_HOSTS, Guard, Lock, new_code
from salesdash.cli import client, clock
from salesdash.commands import address, homes
from salesdash.commands.office import Office, Options
from salesdash.errors import StorageError, UsageError
from salesdash.imports.home import Home
from salesdash.inbox import Keeper, Taker
from salesdash.inbox.intake import WHO
from salesdash.selection import numbered
from salesdash.texts import t
from salesdash.ui import server as screens

DEFAULT_PORT = 8501
PORTS_TRIED = 50
LAST_PORT = 65535
LARGEST_MESSAGE = 200 * 1024 * 1024  # as Streamlit's own limit of what a page may send
GOODBYE_SECONDS = 2  # open pages hold their connection and reconnect by themselves later
LOOPBACK, EVERYWHERE = "127.0.0.1", "0.0.0.0"
TAKEN = {errno.EADDRINUSE, errno.EACCES}

Say = Callable[[str], None]


def serve(options: Options, *, port: int | None, share: bool, say: Say) -> int:
    """Run the app until ctrl-C; the exit code.

    `say` gets the lines for whoever started it. ConfigError when config.yaml cannot be used,
    UsageError for a port that is none, StorageError when no port is free or the home is taken.
    """
    settings = config.load(options.config)
    there = client.running(options.home)
    if there is not None:
        say(t("cli.run.already", options.lang, url=there, home=_shown(options.home)))
        return 0
    _tell_screens(options)
    _quiet_logs()
    wanted = port if port is not None else _port(os.environ.get("PORT"))
    listener = listen(EVERYWHERE if share else LOOPBACK, wanted)
    with listener:
        where = address.create(listener.getsockname()[1])
        if where.port != wanted:
            say(t("cli.run.taken", options.lang, port=wanted, next=where.port))
        lock = Lock(new_code()) if share else None
        homes.announce(where)
        homes.get(options.home, now=clock.now(settings.company.timezone), settings=settings)
        try:
            _run(options, where, lock, listener, say)
        finally:
            homes.close_all()
    say(t("cli.run.stopped", options.lang))
    return 0


def listen(host: str, wanted: int) -> socket.socket:
    """A listening socket on the port, or on the next free one; StorageError when none is."""
    for port in range(wanted, min(wanted + PORTS_TRIED, LAST_PORT + 1)):
        # The protocol is named: only then does asyncio switch Nagle's 40 ms off.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            if os.name != "nt":  # there it would share a port with a living program
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
            listener.listen()
        except OSError as error:
            listener.close()
            if error.errno not in TAKEN:
                raise
        else:
            return listener
    raise StorageError("app.port", port=wanted)


def offices(options: Options) -> Office:
    """Who answers a call of /api: this process's homes, the config as it is now."""
    settings = config.load(options.config)
    now = clock.now(settings.company.timezone)

    @contextmanager
    def opened() -> Iterator[Home]:
        yield homes.get(options.home, now=now, settings=settings)

    home: Callable[[], AbstractContextManager[Home]] = opened
    return Office(options, lambda: now, home, lambda: settings)


@contextmanager
def _taker(options: Options) -> Iterator[Taker]:
    """Who takes files out of the inbox; time goes on while one is taken."""
    office = offices(options)
    zone = office.settings.company.timezone
    with office.desk() as desk:
        yield Taker(desk.home, WHO, lambda: clock.now(zone))


def _run(
    options: Options, where: address.Address, lock: Lock | None, listener: socket.socket, say: Say
) -> None:
    service = Service(where.token, offices)
    guard = Middleware(
        Guard,
        hosts=None if lock else LOOPBACK_HOSTS,
        lock=lock,
        key_holder=service.accepts,
    )
    application = screens.application(routes=routes(service), middleware=[guard])
    if lock:  # the door asks for the code; people come by whatever name this machine has
        streamlit_config.set_option("server.allowedHosts", ["*"])
        os.environ[address.SHARED] = _address(where.port, lock)
    started = _words(options, where.port, lock)
    keeper = Keeper(options.home, lambda: _taker(options))
    server = _Server(
        uvicorn.Config(
            application,
            log_config=None,
            access_log=False,
            server_header=False,
            ws=Connection,
            ws_max_size=LARGEST_MESSAGE,
            timeout_graceful_shutdown=GOODBYE_SECONDS,
        ),
        _Moments(lambda: say(started), keeper.start, keeper.stop),
    )
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        return  # uvicorn has shut down in order, and passes the signal on
    finally:
        keeper.stop()


def _tell_screens(options: Options) -> None:
    """Leave the options where the screens look for them: in the environment."""
    for name, value in options.texts().items():
        if name != "lang":  # each browser says its own
            os.environ[f"SALESDASH_{name.upper()}"] = value


def _quiet_logs() -> None:
    """Only what goes wrong is logged: a filter, because Streamlit sets the levels itself."""
    for name in ("uvicorn.access", "uvicorn.error"):
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.WARNING)


def _words(options: Options, port: int, lock: Lock | None) -> str:
    place, url = _shown(options.home), _address(port, lock)
    if lock is None:
        return t("cli.run.started", options.lang, url=url, home=place)
    return t("cli.run.shared", options.lang, url=url, home=place, code=lock.code)


def _address(port: int, lock: Lock | None) -> str:
    """Where the app is reached: from this machine alone, or by others too."""
    return f"http://{LOOPBACK if lock is None else _own_address()}:{port}"


def _shown(home: Path) -> str:
    """The folder as one would type it from here, else in full."""
    here = Path.cwd()
    return str(home.relative_to(here)) if home.is_relative_to(here) else str(home)


def _own_address() -> str:
    """The address other machines of the network know this one by. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found: str = probe.getsockname()[0]
        except OSError:
            return socket.gethostname()
    return found


def _port(text: str | None) -> int:
    if not text:
        return DEFAULT_PORT
    port = numbered(text)
    if port is None or not 0 < port <= LAST_PORT:
        raise UsageError("usage.port", value=text)
    return port


@dataclass(frozen=True)
class _Moments:
    """What is to be done once the server listens, and before it closes the homes."""

    tell: Callable[[], None]
    begin: Callable[[], None]
    end: Callable[[], None]


class Connection(WebSocketsSansIOProtocol):
    """The WebSocket of an open page."""

    def shutdown(self) -> None:
        """Say goodbye as the app stops, unless the page, which is being left, has said it."""
        if self.close_sent or not self.handshake_complete or self.conn.state is State.OPEN:
            super().shutdown()
        else:
            self.stop_keepalive()
            self.transport.close()


class _Server(uvicorn.Server):
    """Says that it listens once it really does; the inbox is looked after meanwhile."""

    def __init__(self, settings: uvicorn.Config, moments: _Moments) -> None:
        super().__init__(settings)
        self._moments = moments

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start up, then tell."""
        await super().startup(sockets)
        if not self.should_exit:
            await asyncio.to_thread(self._moments.tell)
            self._moments.begin()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """The inbox first: its home is still open then."""
        await asyncio.to_thread(self._moments.end)
        await super().shutdown(sockets)
