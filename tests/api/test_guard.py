"""The door: before any endpoint it asks for the code, refuses foreign names, adds the headers."""

from html import escape

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse

from salesdash.api import guard
from salesdash.api.guard import COOKIE, Guard, Lock, new_code

ENDPOINTS = [
    ("GET", "/"),
    ("GET", "/trends"),
    ("GET", "/media/abc.csv"),
    ("PUT", "/_stcore/upload_file/s/f"),
    ("GET", "/_stcore/health"),
    ("GET", "/_stcore/metrics"),
    ("GET", "/static/js/index.js"),
    ("POST", "/api/query"),
    ("GET", "/healthz"),
    ("GET", "/enter"),
]


async def inside(_request):
    return PlainTextResponse("inside", headers={"X-Frame-Options": "SAMEORIGIN"})


async def socket(websocket):
    await websocket.accept()
    await websocket.send_text("inside")
    await websocket.close()


def client(**options) -> TestClient:
    routes = [
        WebSocketRoute("/_stcore/stream", socket),
        Mount(
            "/",
            app=Starlette(routes=[Route("/{path:path}", inside, methods=["GET", "PUT", "POST"])]),
        ),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Guard, **options)])
    return TestClient(app, base_url="http://127.0.0.1:8501", follow_redirects=False)


@pytest.fixture
def lock(monkeypatch):
    monkeypatch.setattr(guard, "WRONG_CODE_SECONDS", 0)
    return Lock("ABCDE-23456")


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_no_endpoint_answers_without_the_code(lock, method, path):
    answer = client(lock=lock).request(method, path)
    assert answer.status_code == 401
    assert "inside" not in answer.text


def test_no_websocket_opens_without_the_code(lock):
    stream = client(lock=lock).websocket_connect("ws://127.0.0.1:8501/_stcore/stream")
    with pytest.raises(WebSocketDenialResponse) as denied, stream:
        pass
    assert denied.value.status_code == 401


def test_the_code_opens_everything(lock):
    browser = client(lock=lock)
    entered = browser.post("/enter", data={"code": "abcde 23456"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert "SameSite=lax" in entered.headers["set-cookie"]
    for method, path in ENDPOINTS:
        assert browser.request(method, path).text == "inside"
    with browser.websocket_connect("ws://127.0.0.1:8501/_stcore/stream") as open_socket:
        assert open_socket.receive_text() == "inside"


@pytest.mark.parametrize("typed", ["", "ABCDE-23457", "x" * 5000])
def test_a_wrong_code_opens_nothing(lock, typed):
    browser = client(lock=lock)
    assert browser.post("/enter", data={"code": typed}).status_code == 401
    assert browser.get("/").status_code == 401


def test_a_cookie_that_was_changed_or_is_old_is_refused():
    moment = [1_000_000.0]
    lock = Lock("ABCDE-23456", clock=lambda: moment[0])
    ticket = lock.ticket()
    assert lock.knows(ticket)
    later = str(int(ticket.split(".")[0]) + 1)
    for forged in (
        "",
        "x",
        later + "." + ticket.split(".")[1],
        ticket + "0",
        "9" * 20 + ".",
        "é." + ticket,
    ):
        assert not lock.knows(forged), forged
    assert not Lock("ABCDE-23456").knows(ticket), "another start has another key"
    moment[0] += guard.STAY_SECONDS
    assert not lock.knows(ticket)
    assert (
        client(lock=lock)
        .get("/", cookies=None, headers={"cookie": f"{COOKIE}={ticket}"})
        .status_code
        == 401
    )


def test_a_browser_gets_a_page_in_its_language_a_program_one_line(lock):
    browser = client(lock=lock)
    page = browser.get("/", headers={"accept": "text/html", "accept-language": "zh-CN,zh;q=0.9"})
    assert '<html lang="zh">' in page.text
    assert 'action="/enter"' in page.text
    english = browser.post("/enter", data={"code": "no"}, headers={"accept": "text/html"})
    assert '<html lang="en">' in english.text
    assert browser.get("/").text == "access code required"


def test_a_link_leads_where_it_says_once_the_code_is_typed(lock):
    browser, link = (
        client(lock=lock),
        "/meetings?home=own&meeting=5&show=3&where=region%3AN%C3%B6rd",
    )
    html = {"accept": "text/html"}
    asked = browser.get(link, headers=html)
    assert f'name="to" value="{escape(link)}"' in asked.text
    wrong = browser.post("/enter", data={"code": "no", "to": link}, headers=html)
    assert f'name="to" value="{escape(link)}"' in wrong.text
    assert browser.post("/enter", data={"code": lock.code, "to": link}).headers["location"] == link


@pytest.mark.parametrize(
    "to",
    [
        "https://example.com/",
        "//example.com/",
        "/\\example.com/",
        "/\t/example.com/",
        "javascript:alert(1)",
        "/enter",
        "trends",
        "/" + "x" * 3000,
        '/"><script>',
    ],
)
def test_the_door_leads_nowhere_else(lock, to):
    entered = client(lock=lock).post("/enter", data={"code": lock.code, "to": to})
    where = entered.headers["location"]
    assert where == "/" or (where.startswith("/%22") and "<" not in where)
    shown = client(lock=lock).post(
        "/enter", data={"code": "", "to": to}, headers={"accept": "text/html"}
    )
    assert "<script>" not in shown.text


def test_the_terminal_of_this_machine_needs_no_code(lock):
    holder = client(lock=lock, key_holder=lambda request: request.headers.get("x-key") == "yes")
    assert holder.post("/api/query", headers={"x-key": "yes"}).text == "inside"
    assert holder.post("/api/query").status_code == 401


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8501", 200),
        ("localhost:8501", 200),
        ("[::1]:8501", 200),
        ("LOCALHOST", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("[", 403),
        ("", 403),
    ],
)
def test_on_loopback_only_its_names_are_answered(host, status):
    assert client().get("/", headers={"host": host}).status_code == status


def test_a_websocket_of_a_foreign_name_is_refused():
    stream = client().websocket_connect(
        "ws://127.0.0.1:8501/_stcore/stream", headers={"host": "evil.example"}
    )
    with pytest.raises(WebSocketDenialResponse) as denied, stream:
        pass
    assert denied.value.status_code == 403


def test_a_server_that_cannot_say_a_status_closes_the_websocket():
    import asyncio

    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "websocket.connect"}

    scope = {"type": "websocket", "path": "/", "query_string": b"", "headers": [(b"host", b"evil")]}
    asyncio.run(Guard(None)(scope, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_every_answer_carries_the_security_headers_once(lock):
    for answer in (
        client().get("/"),
        client(lock=lock).get("/"),
        client().get("/", headers={"host": "x"}),
    ):
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers.get_list("x-frame-options") == ["DENY"]


def test_codes_are_fresh_and_have_no_look_alikes():
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == 11 and not set("01IO") & set(code) for code in codes)
