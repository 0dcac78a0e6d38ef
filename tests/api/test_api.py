"""/api in this process: token, loopback, documents and statuses; the terminal asks it."""

import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from salesdash import config, server
from salesdash.api import Service, routes
from salesdash.cli import client, local
from salesdash.commands import address, homes
from salesdash.commands.office import DEFAULT_CONFIG, Options
from salesdash.commands.replies import loads
from salesdash.errors import HomeBusy, Stopped, StorageError, UsageError
from salesdash.imports.home import Home
from salesdash.imports.running import tagged, working

NOW = datetime(2026, 3, 31, 9, 0)
ORDERS = "Order,Date,Amount\nA,2026-01-05,100.50\n"


@pytest.fixture
def options(tmp_path):
    return Options(home=tmp_path / "home")


@pytest.fixture
def browser(options):
    """A client of the routes; the home is open in this process."""
    homes.get(options.home, now=NOW, settings=config.load(DEFAULT_CONFIG))
    app = Starlette(routes=routes(Service("secret", server.offices)))
    yield TestClient(app, client=("127.0.0.1", 50000), raise_server_exceptions=False)
    homes.close_all()


def post(browser, options, command, body="{}", token="secret", **more):
    headers = {"authorization": f"Bearer {token}"}
    query = {**options.texts(), **more}
    return browser.post(f"/api/{command}", content=body, params=query, headers=headers)


def test_a_command_over_http(browser, options, tmp_path):
    (tmp_path / "orders.csv").write_text(ORDERS)
    done = post(browser, options, "import", f'{{"files": ["{tmp_path}/orders.csv"]}}')
    assert (done.status_code, done.json()["event"]) == (200, 1)
    answer = post(browser, options, "query", '{"metrics": ["sales"], "to": "2026-12-31"}')
    assert '"sales": 100.5' in answer.text
    assert loads(answer.text)["rows"] == [[loads("100.5000")]]


@pytest.mark.parametrize("token", ["", "secre", "secret2", "sécret"])
def test_without_the_token_nothing_is_told(browser, options, token):
    header = {"authorization": b"Bearer " + token.encode()}
    for answer in (
        browser.post("/api/imports", content="{}", params=options.texts(), headers=header),
        browser.get("/api/", headers=header),
        browser.get("/api/work/x", headers=header),
        browser.delete("/api/work/x", headers=header),
    ):
        assert answer.status_code == 401
        assert answer.json()["error"]["key"] == "api.token"


def test_work_under_way_is_told_and_stopped_by_its_tag(browser, options):
    headers = {"authorization": "Bearer secret"}
    with tagged("t1"), working(options.home, "a.csv", "Ana") as work:
        work.tell(0.25, "step.reading")
        assert browser.get("/api/work/t2", headers=headers).json() == []
        told = browser.get("/api/work/t1", headers=headers).json()
        assert told == [{"file": "a.csv", "share": 0.25, "step": "step.reading"}]
        browser.delete("/api/work/t1", headers=headers)
        with pytest.raises(Stopped):
            work.check()


def test_the_token_is_good_on_this_machine_only(options):
    app = Starlette(routes=routes(Service("secret", server.offices)))
    far = TestClient(app, client=("192.168.1.9", 50000))
    assert post(far, options, "imports").status_code == 401


def test_the_list_and_the_health_check(browser):
    found = browser.get("/api/", headers={"authorization": "Bearer secret"}).json()["commands"]
    assert {"import", "query", "undo"} <= set(found)
    assert browser.get("/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("command", "body", "status", "key"),
    [
        ("improt", "{}", 400, "usage.command"),
        ("query", "[]", 400, "usage.body"),
        ("query", "{", 400, "usage.body"),
        ("query", '{"metrics": ["slaes"]}', 400, "metric.unknown"),
        ("import", '{"files": ["/absent.csv"]}', 422, "file.not_found"),
        ("restore", '{"file": "/absent.zip"}', 422, "file.not_found"),
        ("demo", "{}", 422, "app.owns"),
    ],
)
def test_refusals_have_statuses_and_documents(browser, options, command, body, status, key):
    answer = post(browser, options, command, body)
    assert (answer.status_code, answer.json()["error"]["key"]) == (status, key)


def test_a_home_in_use_is_not_replaced(browser, options, tmp_path):
    post(browser, options, "backup", f'{{"file": "{tmp_path}/kept.zip"}}')
    answer = post(browser, options, "restore", f'{{"file": "{tmp_path}/kept.zip"}}')
    assert (answer.status_code, answer.json()["error"]["key"]) == (422, "app.owns")


def test_options_are_checked_and_words_come_in_the_language(browser, options):
    assert post(browser, options, "imports", today="soon").json()["error"]["key"] == "usage.day"
    assert post(browser, options, "imports", who="x").json()["error"]["key"] == "usage.argument"
    chinese = post(browser, options, "query", '{"metrics": ["x"]}', lang="zh").json()
    assert "指标" in chinese["error"]["text"]


def test_a_fault_of_ours_is_500_and_logged(browser, options, monkeypatch, caplog):
    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("salesdash.api.perform", fail)
    answer = post(browser, options, "imports")
    assert (answer.status_code, answer.json()["error"]["key"]) == (500, "unexpected")
    assert "ZeroDivisionError" in caplog.text


# --- the terminal's side ------------------------------------------------------------------------


class Stranger(BaseHTTPRequestHandler):
    """Whatever program got the port of an app that is gone."""

    def do_POST(self):
        self.server.seen.append(self.headers["Authorization"])
        if self.server.hangs_up:
            self.connection.close()
            return
        self.send_response(404)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def stranger():
    other = HTTPServer(("127.0.0.1", 0), Stranger)
    other.seen, other.hangs_up = [], False
    thread = threading.Thread(target=other.serve_forever)
    thread.start()
    yield other
    other.shutdown()
    thread.join()
    other.server_close()


def test_no_address_no_app(options):
    assert client.ask(options, "imports", {}) is None


def test_a_stale_address_is_ignored(options, stranger):
    dead = address.create(1)  # nobody listens on port 1
    address.write(options.home, dead)
    assert client.ask(options, "imports", {}) is None
    assert client.running(options.home) is None
    address.write(options.home, address.create(stranger.server_port))
    assert client.ask(options, "imports", {}) is None
    assert client.running(options.home) is None
    assert local.answer(options, "imports", {}).document == []


def test_an_app_that_ends_meanwhile_is_told_not_repeated(options, stranger):
    stranger.hangs_up = True
    address.write(options.home, address.create(stranger.server_port))
    with pytest.raises(StorageError) as caught:
        local.answer(options, "imports", {})
    assert caught.value.key == "app.ended"
    assert len(stranger.seen) == 1


def test_a_busy_home_is_waited_for(options):
    taken = Home.open(options.home, now=NOW)
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 3:
            taken.close()

    assert local.answer(options, "imports", {}, pause).document == []
    assert len(pauses) == 3


def test_a_home_that_stays_busy_names_its_owner(options):
    taken = Home.open(options.home, now=NOW)
    try:
        with pytest.raises(HomeBusy) as caught:
            local.answer(options, "imports", {}, lambda _: None)
        assert int(str(caught.value.values["pid"])) > 0
    finally:
        taken.close()


def test_the_server_waits_for_a_command_too(options, tmp_path):
    settings = config.load(DEFAULT_CONFIG)
    taken = Home.open(options.home, now=NOW, settings=settings)
    from salesdash.imports.home import opened

    del opened[taken.path]  # as if another process had it
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 2:
            taken.close()

    where = address.create(4242)
    homes.announce(where)
    try:
        home = homes.get(options.home, now=NOW, settings=settings, pause=pause)
        assert len(pauses) == 2
        assert address.read(options.home) == where
        assert homes.get(options.home, now=NOW, settings=settings) is home
        homes.announce(address.create(4343))
        assert address.read(options.home).port == 4343
        homes.close(options.home)
        assert address.read(options.home) is None
        homes.close(tmp_path / "never-opened")
        blocked = Home.open(options.home, now=NOW)
        del opened[blocked.path]
        with pytest.raises(HomeBusy):
            homes.get(options.home, now=NOW, settings=settings, pause=lambda _: None)
        blocked.close()
    finally:
        homes.close_all()


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1"])
def test_a_port_that_is_none(text, monkeypatch, options):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(UsageError) as caught:
        server.serve(options, port=None, share=False, say=print)
    assert caught.value.key == "usage.port"
