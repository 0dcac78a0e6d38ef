"""The command `forget` by the terminal, in both languages."""

import pytest

from salesdash.cli import main
from salesdash.commands.replies import loads

ORDERS = """Order,Date,Customer,Amount
A-1,2026-01-05,Bergmann,100.00
A-2,2026-02-10,Lindqvist,40.00
A-3,2026-02-11,Bergmann,twelve
"""


@pytest.fixture
def terminal(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.csv").write_text(ORDERS)

    def run(*words, json=True, lang="en"):
        argv = ["--home", str(tmp_path / "home"), "--as", "Ann", "--lang", lang, *words]
        code = main([*argv, "--json"] if json else argv, lambda _: 0)
        out, err = capsys.readouterr()
        return code, (loads(out) if json else out), err

    run("import", "orders.csv")
    return run


def test_a_look_and_the_deed(terminal, tmp_path):
    terminal("backup", "before.zip")
    text = "Call Bergmann about the pump"
    terminal("goals", "set", "sales", "--target", "5", "--period", "2026-Q1", "--reason", text)
    code, would, _ = terminal("forget", "Bergmann", "--kind", "customer", "--dry-run")
    assert (code, would["event"], would["rows"], would["rejects"]) == (0, None, {"sales": 1}, 1)
    assert would["originals"] == {"rewritten": [1], "dropped": []}
    assert would["backups"] == [str(tmp_path / "before.zip")]
    assert [each["text"] for each in would["texts"]] == [text]
    code, done, _ = terminal("forget", "Bergmann", "--kind", "customer")
    assert (code, done["event"], done["token"]) == (0, 2, would["token"])
    rows = terminal("query", "sales", "orders", "--by", "customer")[1]["rows"]
    assert sorted(row[0] for row in rows) == sorted(["Lindqvist", done["token"]])
    (log,) = [e for e in terminal("imports")[1] if e["kind"] == "forget"]
    assert (log["live"], log["dataset"]) == (True, "customers")
    assert "forgetting" in terminal("imports", json=False)[1]


def test_in_words(terminal):
    terminal("backup", "before.zip")
    said = terminal("forget", "Bergmann", "--kind", "customer", "--dry-run", json=False)[1]
    assert "nothing was changed" in said
    assert "Rows of all imports: 1 order line." in said
    assert "before.zip" in said
    said = terminal("forget", "Bergmann", "--kind", "customer", json=False, lang="zh")[1]
    assert "已遗忘（第 2 号）" in said
    assert "已改写的原始文件：导入 1。" in said


@pytest.mark.parametrize(
    ("words", "code", "key"),
    [
        (["Nobody", "--kind", "customer"], 2, "forget.unknown.customer"),
        (["Nobody", "--kind", "person"], 2, "forget.unknown.person"),
        (["Bergmann"], 2, "usage.missing"),
        (["Bergmann", "--kind", "company"], 2, "usage.choice"),
    ],
)
def test_what_cannot_be_done(terminal, words, code, key):
    found, said, err = terminal("forget", *words)
    assert (found, said["error"]["key"]) == (code, key)
    assert err
    assert len(terminal("imports")[1]) == 1
