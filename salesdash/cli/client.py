"""Asks a running app over loopback, with the address it left in the home."""

import http.client
import json
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlencode

from salesdash.cli import progress
from salesdash.cli.progress import Far
from salesdash.commands import address
from salesdash.commands.address import Address
from salesdash.commands.office import Options
from salesdash.commands.replies import OK, REFUSED, USAGE, Reply, loads
from salesdash.errors import StorageError

EXITS = {200: OK, 422: REFUSED, 400: USAGE, 500: REFUSED}
"""HTTP status -> exit code."""

CONNECT_SECONDS = 2.0
TAG = "X-Salesdash-Tag"


def ask(options: Options, command: str, arguments: Mapping[str, object]) -> Reply | None:
    """The reply of the app that owns the home; None when no app answers there.

    Waits as long as the command takes: an import of a large file may need minutes. StorageError
    ``app.ended`` when the app ends meanwhile: what became of the command stands in the log.
    """
    where = address.read(options.home)
    if where is None:
        return None
    target = f"/api/{command}?{urlencode(options.texts())}"
    tag = token_hex(8)
    with progress.shown(lambda: _work(where, tag), options.lang):
        return _post(where, target, json.dumps(arguments), tag)


def running(home: Path) -> str | None:
    """The address of the app that shows the home, None when none answers."""
    where = address.read(home)
    if where is None:
        return None
    connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=CONNECT_SECONDS)
    try:
        connection.request("GET", "/api/", headers=_shown(where))
        answers = connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return f"http://127.0.0.1:{where.port}" if answers else None


def _post(where: Address, target: str, body: str, tag: str) -> Reply | None:
    connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=CONNECT_SECONDS)
    headers = {**_shown(where), "Content-Type": "application/json", TAG: tag}
    try:
        connection.connect()
    except OSError:
        return None  # the file is stale: the process number belongs to another program now
    try:
        connection.sock.settimeout(None)
        connection.request("POST", target, body.encode(), headers)
        status, text = _answer(connection, where, tag)
    except (OSError, http.client.HTTPException) as error:
        raise StorageError("app.ended", pid=where.pid) from error
    finally:
        connection.close()
    if status not in EXITS:  # another program has the port of an app that is gone
        return None
    return Reply(loads(text), EXITS[status])


def _answer(connection: http.client.HTTPConnection, where: Address, tag: str) -> tuple[int, str]:
    """Status and text; ctrl-C stops the work of the app, too."""
    try:
        response = connection.getresponse()
        return response.status, response.read().decode()
    except KeyboardInterrupt:
        _work(where, tag, "DELETE")
        raise


def _work(where: Address, tag: str, method: str = "GET") -> list[Far]:
    """How far the files of a call are, as the app says; nothing when it does not answer."""
    connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=CONNECT_SECONDS)
    try:
        connection.request(method, f"/api/work/{tag}", headers=_shown(where))
        found = json.loads(connection.getresponse().read())
        return [Far(each["file"], each["share"], each["step"]) for each in found]
    except (OSError, http.client.HTTPException, ValueError, TypeError, KeyError):
        return []
    finally:
        connection.close()


def _shown(where: Address) -> dict[str, str]:
    return {"Authorization": f"Bearer {where.token}"}
