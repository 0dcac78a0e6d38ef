"""Asks a running app over loopback, with the address it left in the home."""

import http.client
import json
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from salesdash.commands import address
from salesdash.commands.office import Options
from salesdash.commands.replies import OK, REFUSED, USAGE, Reply, loads
from salesdash.errors import StorageError

EXITS = {200: OK, 422: REFUSED, 400: USAGE, 500: REFUSED}
"""HTTP status -> exit code."""

CONNECT_SECONDS = 2.0


def ask(options: Options, command: str, arguments: Mapping[str, object]) -> Reply | None:
    """The reply of the app that owns the home; None when no app answers there.

    Waits as long as the command takes: an import of a large file may need minutes. StorageError
    ``app.ended`` when the app ends meanwhile: what became of the command stands in the log.
    """
    where = address.read(options.home)
    if where is None:
        return None
    target = f"/api/{command}?{urlencode(options.texts())}"
    return _post(where, target, json.dumps(arguments))


def running(home: Path) -> str | None:
    """The address of the app that shows the home, None when none answers."""
    where = address.read(home)
    if where is None:
        return None
    connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=CONNECT_SECONDS)
    try:
        connection.request("GET", "/api/", headers={"Authorization": f"Bearer {where.token}"})
        answers = connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return f"http://127.0.0.1:{where.port}" if answers else None


def _post(where: address.Address, target: str, body: str) -> Reply | None:
    connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=CONNECT_SECONDS)
    headers = {"Authorization": f"Bearer {where.token}", "Content-Type": "application/json"}
    try:
        connection.connect()
    except OSError:
        return None  # the file is stale: the process number belongs to another program now
    try:
        connection.sock.settimeout(None)
        connection.request("POST", target, body.encode(), headers)
        response = connection.getresponse()
        text = response.read().decode()
    except (OSError, http.client.HTTPException) as error:
        raise StorageError("app.ended", pid=where.pid) from error
    finally:
        connection.close()
    if response.status not in EXITS:  # another program has the port of an app that is gone
        return None
    return Reply(loads(text), EXITS[response.status])
