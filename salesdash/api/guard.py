"""The door of the app: every request and websocket passes it before anything else sees them.

It refuses foreign host names (DNS rebinding), asks for the access code when the app is shared
with the network, and puts the security headers on every answer.
"""

import asyncio
import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from salesdash.api.entrance import ENTRANCE, LONGEST, page, wanted, within

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
"""Names under which a browser on this machine reaches the app."""

COOKIE = "salesdash_access"
STAY_SECONDS = 30 * 24 * 3600
WRONG_CODE_SECONDS = 0.5
LONGEST_FORM = 1000 + 3 * LONGEST

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No letter that looks like another: codes are read out and typed."""

POLICY = (
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' data: blob:",
    "connect-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "frame-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
"""Nothing is fetched from, or sent to, another host: not even by a name that is a picture link."""

HEADERS = {
    "content-security-policy": "; ".join(POLICY),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}


def new_code() -> str:
    """A fresh access code of 50 bits, easy to read out: `K7PQM-2XWRT`."""
    letters = [secrets.choice(CODE_LETTERS) for _ in range(10)]
    return "".join(letters[:5]) + "-" + "".join(letters[5:])


@dataclass(frozen=True)
class Lock:
    """An access code and the key that signs the cookie of those who typed it."""

    code: str
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    clock: Callable[[], float] = time.time

    def opens(self, typed: str) -> bool:
        """Whether the code was typed, in any case, with or without hyphen; in constant time."""
        return hmac.compare_digest(
            _digest(self.key, _bare(typed)), _digest(self.key, _bare(self.code))
        )

    def ticket(self) -> str:
        """A cookie value that stays good for `STAY_SECONDS`."""
        until = str(int(self.clock()) + STAY_SECONDS)
        return until + "." + _digest(self.key, until).hex()

    def knows(self, ticket: str) -> bool:
        """Whether this is a cookie value that we gave out, and still good."""
        until, _, signature = ticket.partition(".")
        genuine = hmac.compare_digest(signature.encode(), _digest(self.key, until).hex().encode())
        return genuine and until.isdigit() and int(until) > self.clock()


def _bare(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _digest(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")


class Guard:
    """ASGI middleware: host names, access code, security headers; see the module.

    `hosts` None accepts any name. `lock` None lets everybody in who reaches the port.
    `key_holder` says whether a request shows the token of the commands (the terminal on this
    machine needs no code).
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: tuple[str, ...] | None = LOOPBACK_HOSTS,
        lock: Lock | None = None,
        key_holder: Callable[[Request], bool] = lambda _: False,
    ) -> None:
        self.app = app
        self.hosts = hosts
        self.lock = lock
        self.key_holder = key_holder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call through, or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headed = _with_headers(send)
        refusal = await self._refusal(scope, receive)
        if refusal is None:
            await self.app(scope, receive, headed)
        elif scope["type"] == "http":
            await refusal(scope, receive, headed)
        else:
            await _refuse_websocket(scope, headed, refusal.status_code)

    async def _refusal(self, scope: Scope, receive: Receive) -> Response | None:
        request = Request({**scope, "type": "http", "method": scope.get("method", "GET")}, receive)
        if self.hosts is not None and _host(request.headers) not in self.hosts:
            return PlainTextResponse("unknown host name", 403)
        if self.lock is None:
            return None
        if self.lock.knows(request.cookies.get(COOKIE, "")) or self.key_holder(request):
            return None
        if request.url.path == ENTRANCE and request.method == "POST":
            return await _enter(request, self.lock)
        return page(request, 401, to=wanted(request))


def _host(headers: Mapping[str, str]) -> str | None:
    try:
        return urlsplit("//" + headers.get("host", "")).hostname
    except ValueError:
        return None


async def _enter(request: Request, lock: Lock) -> Response:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            return page(request, 401, to="/")
    fields = parse_qs(body.decode("utf-8", "replace"))
    typed, to = (fields.get(name, [""])[0] for name in ("code", "to"))
    if not lock.opens(typed):
        await asyncio.sleep(WRONG_CODE_SECONDS)
        return page(request, 401, to=to, wrong=True)
    inside = RedirectResponse(within(to), 303)
    inside.set_cookie(COOKIE, lock.ticket(), max_age=STAY_SECONDS, httponly=True, samesite="lax")
    return inside


def _with_headers(send: Send) -> Send:
    extra = [(name.encode(), value.encode()) for name, value in HEADERS.items()]

    async def headed(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            kept = [
                pair
                for pair in message.get("headers", ())
                if pair[0].lower().decode() not in HEADERS
            ]
            message = {**message, "headers": [*kept, *extra]}
        await send(message)

    return headed


async def _refuse_websocket(scope: Scope, send: Send, status: int) -> None:
    """Refuse before the handshake: with the status where the server can say it."""
    if "websocket.http.response" in scope.get("extensions", {}):
        await send({"type": "websocket.http.response.start", "status": status, "headers": []})
        await send({"type": "websocket.http.response.body", "body": b""})
    else:
        await send({"type": "websocket.close", "code": 1008})
