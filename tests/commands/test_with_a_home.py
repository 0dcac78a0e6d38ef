"""The whole way by the terminal, in this process, over a home of its own."""

import gzip
import json
import zipfile
from decimal import Decimal

import pytest

from salesdash.cli import main
from salesdash.commands.replies import loads

ORDERS = """Order,Date,Customer,Region,Amount
A-1,2026-01-05,Ann,North,100.00
A-1,2026-01-05,Ann,North,50.50
A-2,2026-02-10,Bob,South,40.00
A-3,2026-02-11,Bob,South,twelve
"""
LATER = """Order,Date,Customer,Region,Amount
A-2,2026-02-10,Bob,South,45.00
A-4,2026-03-01,=1+1,![x](http://host/p.png),1.00
A-5,2026-02-28,,West,0.50
"""


def nobody(_start):
    raise AssertionError("the app is not asked for")


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.csv").write_text(ORDERS)
    (tmp_path / "later.csv").write_text(LATER)
    return tmp_path


@pytest.fixture
def terminal(files, capsys):
    """Runs a command line; (exit code, document or text, what stood on stderr)."""

    def run(line, *, json=True, home="home"):
        words = [str(each) for each in line.split()]
        argv = ["--home", str(files / home), "--today", "2026-03-31", "--as", "Ann", *words]
        code = main([*argv, "--json"] if json else argv, nobody)
        out, err = capsys.readouterr()
        return code, loads(out) if json else out, err

    return run


def test_an_import_its_log_its_rejects_and_back(terminal, files):
    code, done, _ = terminal("import orders.csv")
    assert code == 0
    assert done["event"] == 1
    assert done["mapping"] == {
        "Order": "document",
        "Date": "order_date",
        "Customer": "customer",
        "Region": "region",
        "Amount": "amount",
    }
    counts = done["counts"]
    books = ("rejected", "blank", "totals", "repeated_headers", "outside")
    assert counts["records"] == 4 == counts["loaded"] + sum(counts[name] for name in books)
    moves = ("new", "changed", "unchanged", "older")
    assert counts["loaded"] == 3 == sum(counts[name] for name in moves)
    assert (done["mode"], done["encoding"], done["delimiter"]) == ("update", "utf-8", ",")

    assert terminal("query sales orders")[1]["total"] == {"sales": Decimal("190.5"), "orders": 2}

    code, found, _ = terminal("rejects 1")
    assert (code, found["event"], len(found["rejects"])) == (0, 1, 1)
    assert found["rejects"][0]["column"] == "Amount"
    assert found["rejects"][0]["value"] == "twelve"
    download = terminal("rejects 1 --csv", json=False)[1]
    (files / "mended.csv").write_text(download.replace("twelve", "12.00"))
    assert terminal("rejects 1 --repair mended.csv")[1]["target"] == 1
    assert terminal("query sales")[1]["rows"] == [[Decimal("202.5")]]
    assert terminal("rejects 1")[1]["rejects"] == []

    assert terminal("undo 1")[1]["target"] == 1
    assert terminal("query sales")[1]["rows"] == [[None]]
    assert terminal("redo 1")[1]["target"] == 1
    assert terminal("query sales --as-of-cut 1")[1]["rows"] == [[Decimal("190.5")]]
    log = terminal("imports")[1]
    assert [(event["kind"], event["target"], event["live"]) for event in log] == [
        ("import", None, True),
        ("repair", 1, True),
        ("undo", 1, True),
        ("redo", 1, True),
    ]
    assert {event["who"] for event in log} == {"Ann"}
    assert terminal("rebuild")[1]["rows"] == 4
    assert terminal("query sales")[1]["rows"] == [[Decimal("202.5")]]


def test_the_same_file_again_adds_nothing(terminal):
    terminal("import orders.csv")
    code, again, _ = terminal("import orders.csv")
    assert (code, again["event"], again["duplicate_of"]) == (0, 1, 1)
    assert "already" in terminal("import orders.csv", json=False)[1]
    assert len(terminal("imports")[1]) == 1


def test_a_dry_run_says_what_would_change_and_stores_nothing(terminal, files):
    terminal("import orders.csv")
    code, would, _ = terminal("import later.csv --dry-run")
    assert (code, would["event"]) == (0, None)
    assert would["period"] == {"from": "2026-02-10", "to": "2026-03-01"}
    assert (would["counts"]["changed"], would["counts"]["new"]) == (1, 2)
    assert [each["key"] for each in would["warnings"]] == ["cleaning.without_customer"]
    sales = next(kpi for kpi in would["kpis"] if kpi["metric"] == "sales")
    assert (sales["before"], sales["after"]) == (Decimal(40), Decimal("46.5"))
    text = terminal("import later.csv --dry-run", json=False)[1]
    assert "$46.50" in text
    assert would["warnings"][0]["text"] in text
    assert len(terminal("imports")[1]) == 1
    assert list((files / "home" / "staging").iterdir()) == []


def test_one_bad_file_stops_no_other(terminal, files):
    (files / "empty.csv").write_text("")
    code, documents, err = terminal("import empty.csv orders.csv")
    assert code == 1
    assert documents[0]["error"]["key"] == "file.empty"
    assert documents[1]["event"] == 1
    assert "empty.csv" in err
    assert "empty.csv" in terminal("import empty.csv later.csv", json=False)[1]


def test_a_question_about_the_amount_says_what_each_column_adds_up_to(terminal, files):
    (files / "two.csv").write_text(
        "Order ID,Order Date,Sales,Revenue\n1,2026-01-05,1000.5,900\n2,2026-01-06,2,1\n"
    )
    code, asked, _ = terminal("import two.csv")
    (question,) = asked["questions"]
    assert (code, question["options"]) == (1, ["Sales", "Revenue"])
    assert question["sums"] == [Decimal("1002.5"), Decimal(901)]
    text = terminal("import two.csv", json=False)[1]
    assert "Sales (adds up to 1,002.50) · Revenue (adds up to 901.00)" in text
    done = terminal("import two.csv --amount Revenue")[1]
    assert [Decimal(each["total"]) for each in done["candidates"]] == question["sums"]


def test_an_open_question_stores_nothing_and_is_answered(terminal, files):
    (files / "us.csv").write_text("Order,Date,Amount\n1,03/04/2026,5\n2,05/06/2026,6\n")
    code, asked, _ = terminal("import us.csv")
    assert code == 1
    question = asked["questions"][0]
    assert (question["id"], question["column"]) == ("dates", "Date")
    assert set(question["options"]) == {"dmy", "mdy"}
    assert question["samples"]
    assert "--dates" in terminal("import us.csv", json=False)[1]
    assert terminal("imports")[1] == []
    code, done, _ = terminal("import us.csv --dates mdy --as-of 2026-03-31 --currency EUR")
    assert (code, done["dates"], done["as_of"]) == (0, "mdy", "2026-03-31T23:59:59")
    assert done["period"] == {"from": "2026-03-04", "to": "2026-05-06"}


def test_columns_are_mapped_as_told(terminal, files):
    (files / "odd.csv").write_text("When,A=B,Note\n2026-01-01,7,x\n")
    code, done, _ = terminal("import odd.csv --map When=order_date --map A=B=amount --map Note=-")
    assert (code, done["mapping"]) == (0, {"When": "order_date", "A=B": "amount", "Note": None})


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("import orders.csv --mode replaces", "usage.choice"),
        ("import orders.csv --dates ydm", "usage.choice"),
        ("import orders.csv --map Amount", "usage.pair"),
        ("import orders.csv --as-of yesterday", "usage.day"),
        ("import orders.csv --dataset sale", "dataset.unknown"),
        ("import orders.csv --stage Won=won", "usage.no_stages"),
        ("query slaes", "metric.unknown"),
        ("nothing", "usage.command"),
        ("undo 7", "event.unknown"),
    ],
)
def test_wrong_usage_is_2_and_a_document(terminal, line, key):
    code, document, err = terminal(line)
    assert (code, document["error"]["key"]) == (2, key)
    assert document["error"]["turn"] == "user"
    assert document["error"]["text"].splitlines()[0] in err


def test_refused_data_is_1(terminal):
    code, document, _ = terminal("import absent.csv")
    assert (code, document["error"]["key"]) == (1, "file.not_found")
    assert document["error"]["place"]["file"] == "absent.csv"
    code, text, err = terminal("import absent.csv --lang zh", json=False)
    assert (code, text) == (1, "")
    assert "absent.csv" in err


def test_a_broken_config_is_2_and_told_with_its_line(terminal, files):
    (files / "bad.yaml").write_text("company:\n  curency: EUR\n")
    code, document, _ = terminal("query sales --config bad.yaml")
    assert (code, document["error"]["turn"]) == (2, "owner")
    assert document["error"]["problems"]
    code, checked, _ = terminal("check --config bad.yaml")
    assert (code, checked["ok"]) == (2, False)
    assert any(each["place"]["line"] == 2 for each in checked["problems"])
    assert "2" in terminal("check --config bad.yaml", json=False)[1]


def test_the_config_that_ships_is_fine(terminal):
    code, checked, _ = terminal("check")
    assert (code, checked["ok"], checked["problems"]) == (0, True, [])
    assert "config.yaml" in terminal("check", json=False)[1]
    metrics = {metric["id"]: metric for metric in terminal("metrics")[1]}
    wanted = {"sales", "orders", "units", "average_order_value", "discount_rate", "gross_profit"}
    wanted |= {"gross_margin", "active_customers", "new_customers", "reactivated_customers"}
    assert wanted | {"customer_retention", "churn", "repeat_purchase_rate"} <= set(metrics)
    assert metrics["sales"]["name"]["zh"] == "销售额"
    assert metrics["sales"]["problem"] is None
    assert "客单价" in terminal("metrics --lang zh", json=False)[1]


def test_files_are_read_without_a_home(terminal, files):
    code, (one, other), _ = terminal("read orders.csv absent.csv")
    assert code == 1
    assert one["columns"] == ["Order", "Date", "Customer", "Region", "Amount"]
    assert one["rows"][3] == ["A-3", "2026-02-11", "Bob", "South", "twelve"]
    assert (one["encoding"], one["delimiter"], one["header_line"], one["error"]) == (
        *("utf-8", ",", 1),
        None,
    )
    assert other["error"]["key"] == "file.not_found"
    assert not (files / "home").exists()
    text = terminal("read orders.csv absent.csv", json=False)[1]
    assert "twelve" in text
    assert "absent.csv" in text
    assert terminal("read orders.csv --csv", json=False)[1].startswith("Order,Date,")


def test_a_long_or_damaged_file_is_shown_in_part(terminal, files):
    rows = "".join(f"{n},2026-01-01,{n}\n" for n in range(15))
    (files / "long.csv").write_text("Order,Date,Amount\n" + rows + "16,2026-01-01\n")
    code, (one,), _ = terminal("read long.csv")
    assert (code, len(one["rows"]), one["rejected"][0]["line"]) == (0, 15, 17)
    text = terminal("read long.csv", json=False)[1]
    assert "5" in text.splitlines()[-2]
    assert "17" in text.splitlines()[-1]


def test_the_files_of_an_archive_have_a_line_each(terminal, files):
    with zipfile.ZipFile(files / "month.zip", "w") as out:
        out.write(files / "orders.csv", "2026/orders.csv")
        out.writestr("2026/page.xls", "<table><tr><td>id<td>amount</tr><tr><td>1<td>5</table>")
        out.writestr("scan.pdf", b"%PDF-1.7")
    code, (orders, page, scan), _ = terminal("read month.zip")
    assert (code, orders["file"]) == (1, "month.zip/2026/orders.csv")
    assert len(orders["rows"]) == 4
    assert (page["format"], page["rows"]) == ("html", [["1", "5"]])
    assert (scan["file"], scan["error"]["key"]) == ("month.zip/scan.pdf", "file.is_pdf")
    text = terminal("read month.zip", json=False)[1]
    for name in ("month.zip/2026/orders.csv", "html", "month.zip/scan.pdf"):
        assert name in text
    code, done, _ = terminal("import month.zip later.csv --dataset sales")
    assert code == 1
    assert [(each["file"], each.get("event")) for each in done] == [
        ("month.zip/2026/orders.csv", 1),
        ("month.zip/2026/page.xls", None),
        ("month.zip/scan.pdf", None),
        ("later.csv", 2),
    ]
    assert terminal("import month.zip --dataset sales")[1][0]["duplicate_of"] == 1


def test_json_and_compressed_files_at_the_terminal(terminal, files):
    (files / "orders.json").write_text('{"data": [{"Order": "A-1", "Amount": 0.10}]}')
    (files / "orders.csv.gz").write_bytes(gzip.compress(ORDERS.encode()))
    code, (one, other), _ = terminal("read orders.json orders.csv.gz")
    assert (code, one["rows"], one["sheet"]) == (0, [["A-1", "0.10"]], "data")
    assert (other["format"], len(other["rows"])) == ("csv", 4)
    assert "orders.json: json, 1 rows" in terminal("read orders.json", json=False)[1]
    assert terminal("import orders.csv.gz")[1]["counts"]["loaded"] == 3


def test_values_from_files_are_harmless_in_csv_and_tables(terminal):
    terminal("import later.csv")
    text = terminal("query sales --by customer --csv", json=False)[1]
    assert text.splitlines() == ["customer,sales", "Bob,45.0000", "'=1+1,1.0000", ",0.5000"]


def test_figures_are_shown_by_their_unit_in_the_language(terminal):
    terminal("import orders.csv")
    line = "query sales discount_rate --by region --grain month --from 2026-01-01 --to 2026-02-28"
    text = terminal(line, json=False)[1]
    assert "$150.50" in text
    assert "28 Feb 2026" in text
    zh = terminal(line + " --compare last-year --lang zh", json=False)[1]
    assert "销售额" in zh
    assert "2月28日" in zh
    assert "合计" in zh
    assert "10 Feb 2026" in terminal("query sales", json=False)[1]


def test_an_empty_home_says_what_to_do_next(terminal):
    assert "import FILE" in terminal("query sales", json=False)[1]
    assert terminal("imports", json=False)[1].strip()


def test_the_log_reads_as_a_table(terminal):
    terminal("import orders.csv")
    for line in ("undo 1", "redo 1", "rebuild"):
        assert "cli." not in terminal(line, json=False)[1]
    table = terminal("imports", json=False)[1]
    assert "orders.csv" in table
    assert "undo of 1" in table
    assert "twelve" in terminal("rejects 1", json=False)[1]
    terminal("import later.csv")
    assert terminal("imports")[1][3]["warnings"][0]["key"] == "cleaning.without_customer"
    assert terminal("rejects 4", json=False)[1].strip().endswith(".")
    assert terminal("rejects 4 --csv", json=False)[1].strip() == ""


def test_backup_and_restore(terminal, files):
    terminal("import orders.csv")
    code, kept, _ = terminal("backup kept.zip")
    assert (code, kept["events"]) == (0, 1)
    assert kept["bytes"] == (files / "kept.zip").stat().st_size
    assert terminal("backup kept.zip")[1]["error"]["key"] == "file.exists"
    terminal("imports", home="new")  # a home that was opened, and never given anything
    code, back, _ = terminal("restore kept.zip", home="new")
    assert (code, back["events"]) == (0, 1)
    assert terminal("query sales", home="new")[1]["rows"] == [[Decimal("190.5")]]
    assert terminal("restore kept.zip", home="new")[0] == 1
    assert terminal("query sales", home="new")[1]["rows"] == [[Decimal("190.5")]]
    assert terminal("restore absent.zip", home="third")[1]["error"]["key"] == "file.not_found"
    (files / "full").mkdir()
    (files / "full" / "letter.txt").write_text("keep me")
    assert terminal("restore kept.zip", home="full")[0] == 1
    assert (files / "full" / "letter.txt").exists()
    assert "new2" in terminal("restore kept.zip", json=False, home="new2")[1]
    assert "MB" in terminal("backup other.zip", json=False)[1]


def test_the_demo_refuses_a_senseless_size_and_a_home_in_use(terminal):
    assert terminal("demo --scale 0")[1]["error"]["key"] == "usage.type"
    terminal("import orders.csv")
    assert terminal("demo")[1]["error"]["key"] == "demo.not_replaceable"


def test_help_and_interruption(terminal, monkeypatch):
    code, text, _ = terminal("", json=False)
    assert (code, "query" in text) == (0, True)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("salesdash.cli.local.answer", stop)
    assert terminal("check", json=False)[0] == 130


def test_run_hands_over_to_the_one_who_starts(capsys):
    seen = []

    def start(order):
        seen.append(order)
        order.say("running")
        return 0

    assert main(["run", "--port", "9000", "--share", "--lang", "zh"], start) == 0
    assert (seen[0].port, seen[0].share, seen[0].options.lang) == (9000, True, "zh")
    assert capsys.readouterr().out == "running\n"
    assert main(["run"], start) == 0
    assert (seen[1].port, seen[1].share) == (None, False)


def test_json_is_one_document_whatever_happens(capsys):
    assert main(["--json", "nothing", "--lang", "fr"], nobody) == 2
    assert "error" in json.loads(capsys.readouterr().out)


STAFF = "Salesperson,Team\nLi,North\n"
ODD = """Order,Date,Salesperson,Amount
A-1,2026-01-05,Li,100.00
B-1,2026-02-01,Lee,-30.00
B-1,2026-02-01,Lee,-30.00
B-2,2026-12-24,Li,1.00
B-3,2026-03-02,LI,5.00
"""


def test_a_dry_run_shows_what_the_file_looks_like(terminal, files):
    (files / "staff.csv").write_text(STAFF)
    (files / "odd.csv").write_text(ODD)
    terminal("import orders.csv")
    terminal("import staff.csv")
    found = terminal("import odd.csv --dry-run")[1]["picture"]
    assert found["months"] == [
        {
            "month": month,
            "rows_before": before,
            "rows_after": after,
            "before": old,
            "after": new,
            "restated": restated,
        }
        for month, before, after, old, new, restated in (
            ("2026-01-01", 2, 1, Decimal("150.5"), Decimal(100), True),
            ("2026-02-01", 1, 3, Decimal(40), Decimal(-20), True),
            ("2026-03-01", 0, 1, None, Decimal(5), False),
            ("2026-12-01", 0, 1, None, Decimal(1), False),
        )
    ]
    assert found["gaps"] == []  # up to December, which is still to come
    assert [(each["what"], each["field"], each["rows"]) for each in found["suspicious"]] == [
        ("future", "order_date", 1),
        ("negative", "amount", 2),
    ]
    assert found["suspicious"][0]["samples"] == [{"sheet": 0, "record": 4, "value": "2026-12-24"}]
    (people,) = found["unmatched"]
    assert (people["reference"], people["keys"], people["rows"]) == ("people", 2, 3)
    assert people["found"] == [
        {"key": "Lee", "rows": 2, "amount": Decimal(-60), "nearest": None, "same": False},
        {"key": "LI", "rows": 1, "amount": Decimal(5), "nearest": "Li", "same": True},
    ]
    assert found["repeats"] == 1
    assert "picture" not in terminal("import odd.csv")[1]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            [
                "Months it changes",
                "Jan 2026     150.50           100.00  −50.50  restated",
                "1 row: Order date after today (record 4)",
                "2 rows: Amount negative, −60.00 together (records 2, 3)",
                "1 row: same as an earlier row of the file",
                "counts as Li",
            ],
        ),
        ("zh", ["会变化的月份", "2 行：金额为负，合计 −60.00(第 2、3 条)", "按“Li”计"]),
    ],
)
def test_a_dry_run_in_words(terminal, files, lang, told):
    (files / "staff.csv").write_text(STAFF)
    (files / "odd.csv").write_text(ODD)
    terminal("import orders.csv")
    terminal("import staff.csv")
    text = terminal(f"--lang {lang} import odd.csv --dry-run", json=False)[1]
    assert [line for line in told if line not in text] == []


def test_the_quality_of_what_is_stored(terminal, files):
    (files / "staff.csv").write_text(STAFF)
    (files / "odd.csv").write_text(ODD)
    assert terminal("quality")[1]["headline"] == "Nothing is stored yet."
    for name in ("orders.csv", "staff.csv", "odd.csv"):
        terminal(f"import {name}")
    found = terminal("quality")[1]
    assert found["findings"] == [
        "Order lines are 29 days old",
        "1 salesperson is in no list",
        "1 rejected row waits to be mended",
        "1 row is dated after today",
    ]
    assert found["headline"] == (
        "Order lines are 29 days old, 1 salesperson is in no list,"
        " 1 rejected row waits to be mended."
    )
    sales, people = found["datasets"]
    assert (people["dataset"], people["rows"], people["until"]) == ("people", 1, None)
    assert (sales["rows"], sales["until"], sales["age_days"], sales["stale"]) == (
        6,
        "2026-03-02",
        29,
        True,
    )
    assert sales["last_import"]["file"] == "odd.csv"
    assert [(m["month"], m["rows"], m["amount"]) for m in sales["months"]] == [
        ("2026-01-01", 1, 100),
        ("2026-02-01", 3, -20),
        ("2026-03-01", 1, 5),
    ]
    assert sales["repeats"] == {"rows": 1, "amount": Decimal(-30), "across": 0}
    assert [(r["event"], r["column"], r["example"]) for r in sales["rejected"]] == [
        (1, "Amount", "twelve")
    ]
    assert [(r["event"], r["month"], r["before"], r["after"]) for r in sales["restated"]] == [
        (3, "2026-02-01", 40, -20),
        (3, "2026-01-01", Decimal("150.5"), 100),
    ]
    assert sales["fields"][0]["field"] == "customer"
    assert terminal("quality people")[1]["datasets"] == [people]
    before = terminal("quality sales --as-of-cut 1")[1]
    assert (before["cut"], before["datasets"][0]["rows"]) == (1, 3)
    assert terminal("quality sles")[0] == 2
    assert terminal("quality --as-of-cut 99")[0] == 2


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            [
                "Order lines are 29 days old, 1 salesperson is in no list",
                "Also: 1 row is dated after today.",
                "Fields with gaps",
                "Lee          Salesperson     2  −60.00",
                "twelve",
                "Feb 2026   40.00  −20.00   3",
            ],
        ),
        ("zh", ["订单明细已有 29 天未更新，1 名销售员不在名单中", "有空缺的字段", "有调整的月份"]),
    ],
)
def test_the_quality_of_one_dataset_in_words(terminal, files, lang, told):
    (files / "staff.csv").write_text(STAFF)
    (files / "odd.csv").write_text(ODD)
    for name in ("orders.csv", "staff.csv", "odd.csv"):
        terminal(f"import {name}")
    text = terminal(f"--lang {lang} quality sales", json=False)[1]
    assert [line for line in told if line not in text] == []
    assert "quality deals" in terminal("quality", json=False)[1]
