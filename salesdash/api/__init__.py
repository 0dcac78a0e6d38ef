"""The commands over HTTP, for the terminal of the same machine: `POST /api/<command>`.

The body is JSON with the arguments of the command, the query string holds what stands before a
command in the terminal (`home`, `today`, `as`, `lang`). Every call shows the token of `api.json`
as `Authorization: Bearer ...` and comes from loopback. The answer is the document of the command;
its status says the exit code: 200 is 0, 422 is 1, 400 is 2, 500 a fault of ours.
A call may carry a tag of its own (`X-Salesdash-Tag`): `GET /api/work/<tag>` says how far its files
are, `DELETE` stops them. `/healthz` answers without a token.
"""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
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
from salesdash.imports.running import tagged, under_way

BUG = -1
STATUS = {OK: 200, REFUSED: 422, USAGE: 400, BUG: 500}
"""Exit code of a command -> HTTP status."""

log = logging.getLogger(__name__)

LOOPBACK = ("127.0.0.1", "::1")
PREFIX = "/api"
TAG = "x-salesdash-tag"

Answer = Callable[[Request], Awaitable[Response]]

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
    """The routes of the commands, of their list, of work under way, and of the health check."""

    async def command(request: Request) -> Response:
        reply = await run_in_threadpool(_perform, service, request, await request.body())
        return _answer(reply.document, STATUS[reply.exit])

    async def listing(_: Request) -> Response:
        return _answer({"commands": sorted(COMMANDS)}, 200)

    def entered(answer: Answer) -> Answer:
        async def guarded(request: Request) -> Response:
            if not service.accepts(request):
                return _answer({"error": {"key": "api.token", "text": "token required"}}, 401)
            return await answer(request)

        return guarded

    return [
        Route(PREFIX + "/", entered(listing), methods=["GET"]),
        Route(PREFIX + "/work/{tag}", entered(work), methods=["GET", "DELETE"]),
        Route(PREFIX + "/{command}", entered(command), methods=["POST"]),
        Route("/healthz", healthz, methods=["GET"]),
    ]


async def work(request: Request) -> Response:
    """How far the files of a call are; DELETE stops them."""
    found = under_way(tag=request.path_params["tag"])
    if request.method == "DELETE":
        for each in found:
            each.stop()
    far = [{"file": each.name, "share": each.share, "step": each.step} for each in found]
    return _answer(far, 200)


async def healthz(_: Request) -> Response:
    """The process is up."""
    return _answer({"status": "ok"}, 200)


def _perform(service: Service, request: Request, body: bytes) -> Reply:
    lang = request.query_params.get("lang", "en")
    try:
        options = Options.read(request.query_params)
        lang = options.lang
        with tagged(request.headers.get(TAG, "")):
            office = service.offices(options)
            return perform(request.path_params["command"], office, _arguments(body))
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
