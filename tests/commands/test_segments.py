"""`segments`: from a file to who is at risk, and to the words."""

import pytest

from tests.terminal import command, typed

TODAY = ("--today", "2026-11-18")
FILE = """Order No,Order Date,Customer,Region,Amount
1,2025-01-05,Ann,N,400.00
2,2025-02-05,Ann,N,400.00
3,2026-02-01,Bob,S,100.00
4,2026-03-01,Bob,S,100.00
5,2026-05-01,Cem,S,10.00
6,2026-08-01,Dee,N,40.00
7,2026-11-02,Eva,N,300.00
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("segments")
    (place / "orders.csv").write_text(FILE)
    command(place / "home", *TODAY, "import", place / "orders.csv", "--dates", "ymd")
    return place / "home"


def asked(home, text=""):
    return command(home, *TODAY, "segments", *text.split())


def test_segments_moves_and_customers(home):
    found = asked(home)
    assert (found["day"], found["then"], found["customers"]) == ("2026-11-02", "2025-11-02", 5)
    assert sum(each["customers"] for each in found["segments"]) == 5
    assert sum(each["figure"] for each in found["segments"]) == 1350
    assert sum(each["share"] for each in found["segments"]) == pytest.approx(1)
    assert [one["customer"] for one in found["list"]] == ["Ann", "Eva", "Bob", "Dee", "Cem"]
    ann = found["list"][0]
    assert (ann["recency"], ann["frequency"], ann["money"]) == (1, 5, 5)  # Bob ordered twice, too
    assert {move["then"] for move in found["moves"]} == {None, ann["then"]}


def test_a_segment_days_and_filters(home):
    found = asked(home, "cannot_lose --top 1 --to 2026-08-31 --then 2026-04-30")
    assert (found["day"], found["then"]) == ("2026-08-31", "2026-04-30")
    assert [one["segment"] for one in found["list"]] == ["cannot_lose"]
    south = asked(home, "--where region=S --to 2025-06-01")
    assert south["customers"] == 0
    assert south["why"] == south["sentence"] == "Nobody has bought up to this day."
    assert asked(home, "--to 2025-01-20")["then"] is None


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", ("Cannot lose", "Customers then", "Ann")), ("zh", ("不能失去", "Ann"))],
)
def test_it_reads_as_a_table(home, monkeypatch, lang, told):
    monkeypatch.setenv("LC_ALL", lang)
    said = typed("--home", home, *TODAY, "segments", "cannot_lose")
    assert all(words in said.out for words in told), said.out
    nobody = typed("--home", home, *TODAY, "segments", "--to", "2020-01-01")
    assert "─" not in nobody.out


@pytest.mark.parametrize("wrong", ["heroes", "--then 2027-01-01", "--where x=1"])
def test_what_does_not_exist_is_named(home, wrong):
    assert typed("--home", home, *TODAY, "segments", *wrong.split()).code == 2
