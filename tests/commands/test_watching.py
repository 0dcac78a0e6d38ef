"""The inbox by the terminal: one round, rounds until stopped, and what the exit code says."""

import pytest

from salesdash.cli import client, local, main, parser, watch
from salesdash.commands.replies import loads
from salesdash.errors import HomeBusy

ORDERS = "Order,Date,Amount\nA-1,2026-01-05,100.00\nA-2,2026-02-11,twelve\n"
DEALS = "Deal No,Deal Name,Stage,Amount,Created Date\nD1,Pump,Quoted,10,2026-01-01\n"


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    monkeypatch.setattr("salesdash.commands.watching.SETTLE_SECONDS", 2.0)
    monkeypatch.setattr("time.sleep", lambda _: None)
    folder = tmp_path / "home" / "inbox"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def once(inbox, capsys):
    """One round: (exit code, document or text)."""

    def run(*words, json=True, lang="en"):
        argv = ["--home", str(inbox.parent), "--as", "Ann", "--lang", lang, *words]
        code = main([*argv, "watch", "--once", *(["--json"] if json else [])], lambda _: 0)
        out = capsys.readouterr().out
        return code, loads(out) if json else out

    return run


def test_a_round_says_what_became_of_each_file(once, inbox):
    (inbox / "orders.csv").write_text(ORDERS)
    (inbox / "empty.csv").write_text("")
    (inbox / "deals.csv").write_text(DEALS)
    (inbox / "later.csv.part").write_text("Order")
    code, said = once()
    assert code == 1
    assert {each["file"]: each["outcome"] for each in said["files"]} == {
        "orders.csv": "imported",
        "empty.csv": "refused",
        "deals.csv": "question",
    }
    first = next(each for each in said["files"] if each["events"])
    assert (first["place"], first["events"][0]["event"]) == ("done/orders.csv", 1)
    assert (first["events"][0]["counts"]["loaded"], first["events"][0]["dataset"]) == (1, "sales")
    assert [each["file"] for each in said["waiting"]] == ["deals.csv"]
    assert said["waiting"][0]["why"]
    assert said["arriving"] == []


def test_the_exit_code_is_0_once_nothing_waits(once, inbox, capsys):
    (inbox / "deals.csv").write_text(DEALS)
    assert once()[0] == 1
    code, said = once()
    assert (code, said["files"]) == (1, [])  # the question is still open
    answer = f"--home {inbox.parent} import {inbox / 'questions' / 'deals.csv'} --stage Quoted=open"
    assert main(answer.split(), lambda _: 0) == 0
    capsys.readouterr()
    code, said = once()
    assert (code, said["files"], said["waiting"]) == (0, [], [])
    assert (inbox / "done" / "deals.csv").is_file()


def test_a_round_in_words(once, inbox):
    assert "Nothing waits in" in once(json=False)[1]
    (inbox / "orders.csv").write_text(ORDERS)
    (inbox / "empty.csv").write_text("")
    (inbox / "deals.csv").write_text(DEALS)
    said = once(json=False)[1]
    assert "orders.csv: 1 order line, imported as 1. 1 record was rejected." in said
    assert "empty.csv: refused, it lies in refused/empty.csv now.\n  " in said
    assert "deals.csv: something has to be decided first." in said
    (inbox / "orders.csv").write_text(ORDERS)
    said = once(json=False, lang="zh")[1]
    assert "orders.csv：已作为第 1 号导入过" in said
    assert "deals.csv 仍在等待答复" in said


def call(inbox, *words):
    return parser.parse(["--home", str(inbox.parent), "watch", *words], "en")


class Enough(KeyboardInterrupt):
    """Ctrl-C."""


def pauses(count):
    left = [count]

    def pause(_):
        left[0] -= 1
        if left[0] < 0:
            raise Enough

    return pause


def test_it_watches_until_it_is_stopped(inbox, capsys):
    (inbox / "orders.csv").write_text(ORDERS)
    assert watch.until_stopped(call(inbox), pauses(3)) == 0
    said = capsys.readouterr()
    assert said.out.count("\n") == 1
    assert "orders.csv: 1 order line" in said.out
    assert said.err.startswith("Watching")
    (inbox / "more.csv").write_text(ORDERS.replace("A-", "B-"))
    assert watch.until_stopped(call(inbox, "--json"), pauses(1)) == 0
    assert loads(capsys.readouterr().out)["files"][0]["file"] == "more.csv"


def test_it_leaves_the_inbox_to_an_app_that_runs(inbox, capsys, monkeypatch):
    monkeypatch.setattr(client, "running", lambda _: "http://127.0.0.1:8501")
    assert main(["--home", str(inbox.parent), "--lang", "en", "watch"], lambda _: 0) == 0
    assert "http://127.0.0.1:8501 watches" in capsys.readouterr().err


def test_a_busy_home_is_tried_again(inbox, capsys, monkeypatch):
    def busy(*_):
        raise HomeBusy("home.busy", pid=1, path="x")

    monkeypatch.setattr(local, "answer", busy)
    (inbox / "orders.csv").write_text(ORDERS)
    assert watch.until_stopped(call(inbox), pauses(2)) == 0
    assert capsys.readouterr().out == ""
