"""Cases of files (F) and text (T) that are whole only from a file to an answer."""

import csv
import io
import re
from decimal import Decimal

import pytest

from salesdash.cli import main
from salesdash.commands.replies import loads

NAUGHTY = [
    "![x](http://host/p.png)",
    "=1+1",
    '=HYPERLINK("http://host","x")',
    "+49 30 1",
    "-cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\u202eevil\u202c",
    "شركة \u202bالتجارة",
    "👩\u200d👩\u200d👧 Toys 📈",
    "x" * 10_000,
    "two\nlines",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "$100 vs $200 *_~~ :smile: :red[x] #1",
    "Robert'); drop table sales;--",
    "\x1b[31mred\x07",
    "a\u2028b\x0bc",
    "%s {0} ${x} \\n",
    "../../etc/passwd",
    "null",
    "NaN",
    "1E2",
    "true",
    "A\\B;C|D,E",
    "'",
    "㐀䶮𠀀",
]
HEAD = ["Order", "Date", "Customer", "Amount"]
DAYS = """Order,Date,Customer,Amount
A-1,2026-01-05,Ann,10
A-2,2026-01-20,Bob,20
A-3,2026-02-10,Cem,40
A-4,2026-02-15,Dan,7
A-5,2026-03-01,Eve,80
"""
AGAIN = """Order,Date,Customer,Amount
A-2,2026-01-20,Bob,25
A-3,2026-02-10,Cem,40
A-6,2026-02-28,Fay,5
"""
"""January 20 to the end of February once more: A-2 changed, A-4 was deleted, A-6 is new."""
DEALS = """Deal Id,Deal Name,Stage,Created,Closing Date,Amount
D1,One,Won,2026-01-05,2026-01-20,100
D2,Two,Won,2026-02-05,2026-02-20,50
D3,Three,Lost,2026-02-05,2026-02-20,70
D4,Four,Lost,2026-02-05,2026-02-21,70
D5,Five,Lost,2026-02-05,2026-02-22,70
"""
FEWER = DEALS.replace("D2,Two,Won,2026-02-05,2026-02-20,50\n", "").replace("100", "120")
"""The whole list once more: D1 is worth more, D2 was deleted."""
OWN = """Qdoc,Order Date,Qwho,Qsum
1,2026-01-05,Ann,10.5
2,2026-01-06,Bob,20.5
"""


@pytest.fixture
def terminal(tmp_path, monkeypatch, capsys):
    """Runs a command; (exit code, document or text)."""
    monkeypatch.chdir(tmp_path)

    def run(*words, json=True):
        before = ["--home", str(tmp_path / "home"), "--today", "2026-03-31", "--as", "Ann"]
        code = main([*before, *words, *(["--json"] if json else [])], lambda _: 0)
        out = capsys.readouterr().out
        return code, loads(out) if json else out

    return run


def test_f28_another_shape_than_last_time(terminal, tmp_path):
    """Renamed and new columns are said and kept, a needed one is asked for, words are rejected."""

    def tried(text, *words):
        (tmp_path / "later.csv").write_text(text.replace("2026-01", "2026-02"))
        return terminal("import", "later.csv", "--dry-run", *words)

    (tmp_path / "own.csv").write_text(OWN)
    said = ("--map", "Qdoc=document", "--map", "Qwho=customer", "--map", "Qsum=amount")
    assert terminal("import", "own.csv", *said)[0] == 0

    code, renamed = tried(
        OWN.replace("Qwho", "Qbuy").replace("Qsum", "Qsum,Shade", 1).replace("5\n", "5,red\n")
    )
    assert code == 0
    texts = {warning["key"]: warning["text"] for warning in renamed["warnings"]}
    assert "had a column Qwho" in texts["mapping.column_renamed"]
    assert "Qbuy, Shade" in texts["mapping.columns_new"]
    columns = {each["header"]: each for each in renamed["columns"]}
    assert (columns["Qbuy"]["field"], columns["Qbuy"]["suggestion"]) == (None, "customer")
    assert (columns["Qbuy"]["extra"], columns["Shade"]["extra"]) == ("x_qbuy", "x_shade")

    code, missing = tried(OWN.replace("Qsum", "Qnew"))
    assert (code, [each["id"] for each in missing["questions"]]) == (1, ["field:amount"])

    code, typed = tried(OWN.replace("20.5", "twenty"))
    assert (code, typed["counts"]["loaded"], typed["counts"]["rejected"]) == (0, 1, 1)
    assert len(terminal("imports")[1]) == 1


@pytest.mark.parametrize(
    ("first", "second", "metric", "modes"),
    [
        (
            # what is stored of these days adds up to 67; the file brings 25 + 40 + 5
            *(DAYS, AGAIN, "sales"),
            {
                "update": (1, 1, 1, 0, 67, 77),
                "append": (3, 0, 0, 0, 67, 137),
                "replace": (1, 1, 1, 1, 67, 70),
            },
        ),
        (
            *(DEALS, FEWER, "won_amount"),
            {"update": (0, 1, 3, 0, 150, 170), "complete": (0, 1, 3, 1, 150, 120)},
        ),
    ],
)
def test_f29_a_part_exported_again(terminal, tmp_path, first, second, metric, modes):
    """What each mode would do is said before; only what was chosen happens."""
    (tmp_path / "first.csv").write_text(first)
    (tmp_path / "second.csv").write_text(second)
    terminal("import", "first.csv")
    for mode, (*moves, before, after) in modes.items():
        code, would = terminal("import", "second.csv", "--mode", mode, "--dry-run")
        counts = would["counts"]
        names = ("new", "changed", "unchanged", "vanished")
        assert (mode, code, [counts[name] for name in names]) == (mode, 0, moves)
        kpi = next(each for each in would["kpis"] if each["metric"] == metric)
        assert (mode, kpi["before"], kpi["after"]) == (mode, before, after)
    outside = terminal("query", metric)[1]["rows"][0][0] - before
    assert terminal("import", "second.csv", "--mode", mode)[0] == 0
    assert terminal("query", metric)[1]["rows"] == [[after + outside]]


def test_f30_two_hundred_files_at_once(terminal, tmp_path):
    """One after the other, a result each; broken ones and a repeat stop none."""
    broken = (b"", b"%PDF-1.7", b"SQLite format 3\x00", b"\xff\xd8\xff\xe0")
    names = [f"{number:03}.csv" for number in range(200)]
    for number, name in enumerate(names):
        (tmp_path / name).write_bytes(broken[number % len(broken)])
    good = {1: DAYS, 100: DAYS, 199: DAYS.replace("A-", "B-")}
    for number, text in good.items():
        (tmp_path / names[number]).write_text(text)
    code, told = terminal("import", *names)
    assert (code, [each["file"] for each in told]) == (1, names)
    refused = {each["error"]["key"] for number, each in enumerate(told) if number not in good}
    assert refused == {"file.empty", "file.is_pdf", "file.is_sqlite", "file.is_image"}
    assert [told[number]["event"] for number in good] == [1, 1, 2]
    assert [told[number]["duplicate_of"] for number in good] == [None, 1, None]
    assert terminal("query", "sales", "orders")[1]["rows"] == [[Decimal(314), 10]]


def test_t09_naughty_names_come_back_as_they_are(terminal, tmp_path):
    with (tmp_path / "names.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEAD)
        out.writerows([n, "2026-01-05", name, 2**n] for n, name in enumerate(NAUGHTY))
    assert terminal("import", "names.csv")[1]["counts"]["loaded"] == len(NAUGHTY)
    wanted = {name: Decimal(2**n) for n, name in enumerate(NAUGHTY)}
    asked = ("query", "sales", "--by", "customer")
    assert dict(terminal(*asked)[1]["rows"]) == wanted
    for name in NAUGHTY[:3]:
        (row,) = terminal(*asked, "--where", f"customer={name}")[1]["rows"]
        assert row == [name, wanted[name]]

    head, *rows = csv.reader(io.StringIO(terminal(*asked, "--csv", json=False)[1], newline=""))
    assert head == ["customer", "sales"]
    assert {name.removeprefix("'") or "'": Decimal(value) for name, value in rows} == wanted
    assert not [name for name, _ in rows if name.startswith(("=", "+", "-", "@", "\t", "\r"))]

    table = terminal(*asked, json=False)[1]
    assert max(map(len, table.splitlines())) < 200
    assert re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2028]", table) is None
