"""The commands over HTTP, for the terminal of the same machine: `POST /api/<command>`.

The body is JSON with the arguments of the command, the query string holds what stands before a
command in the terminal (`home`, `today`, `as`, `lang`). Every call shows the token of `api.json`
as `Authorization: Bearer ...` and comes from loopback. The answer is the document of the command;
its status says the exit code: 200 is 0, 422 is 1, 400 is 2, 500 a fault of ours.
`/healthz` answers without a token.
"""

import hmac
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from salesdash import texts
from salesdash.commands import COMMANDS, perform
from salesdash.commands.office import Office, Options
from salesdash.commands.replies import OK, REFUSED, USAGE, Reply, dumps, refusal
from salesdash.errors import SalesdashError, UsageError

BUG = -1
STATUS = {OK: 200, REFUSED: 422, USAGE: 400, BUG: 500}
"""Exit code of a command -> HTTP status."""

log = logging.getLogger(__name__)

LOOPBACK = ("127.0.0.1", "::1")
PREFIX = "/api"

Offices = Callable[[Options], Office]
"""Makes the office that answers a call: its home, settings, clock and language."""


@dataclass(frozen=True)
class Service:
    """What the routes need: the token they accept, and who answers."""

    token: str
    offices: Offices

    def accepts(self, request: Request) -> bool:
        """Whether a call under /api shows the token, from this machine."""
        shown = request.headers.get("authorization", "").removeprefix("Bearer ")
        near = request.client is not None and request.client.host in LOOPBACK
        under = request.url.path.startswith(PREFIX + "/")
        return under and near and hmac.compare_digest(shown.encode(), self.token.encode())


def routes(service: Service) -> list[Route]:
    """The routes of the commands, of their list, and of the health check."""

    async def command(request: Request) -> Response:
        if not service.accepts(request):
            return _answer({"error": {"key": "api.token", "text": "token required"}}, 401)
        reply = await run_in_threadpool(_perform, service, request, await request.body())
        return _answer(reply.document, STATUS[reply.exit])

    async def listing(request: Request) -> Response:
        if not service.accepts(request):
            return _answer({"error": {"key": "api.token", "text": "token required"}}, 401)
        return _answer({"commands": sorted(COMMANDS)}, 200)

    return [
        Route(PREFIX + "/", listing, methods=["GET"]),
        Route(PREFIX + "/{command}", command, methods=["POST"]),
        Route("/healthz", healthz, methods=["GET"]),
    ]


async def healthz(_: Request) -> Response:
    """The process is up."""
    return _answer({"status": "ok"}, 200)


def _perform(service: Service, request: Request, body: bytes) -> Reply:
    lang = request.query_params.get("lang", "en")
    try:
        options = Options.read(request.query_params)
        lang = options.lang
        return perform(request.path_params["command"], service.offices(options), _arguments(body))
    except SalesdashError as error:
        return refusal(error, lang)
    except Exception:
        log.exception("A command failed in a way that nobody expected")
        return Reply(
            {"error": {"key": "unexpected", "text": texts.t("errors.unexpected", lang)}}, BUG
        )


def _arguments(body: bytes) -> Mapping[str, object]:
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise UsageError("usage.body")
    return given


def _answer(document: object, status: int) -> Response:
    return Response(dumps(document), status, media_type="application/json")
