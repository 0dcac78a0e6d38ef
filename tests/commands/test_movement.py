"""`pipeline`: what moved between two exports, from the files to the document and the words."""

import shutil
from decimal import Decimal

import pytest

from tests.commands.conftest import over

HEAD = "Deal ID,Deal Name,Owner,Stage,Created Time,Close date,Amount\n"
FIRST = HEAD + (
    "D-1,Pump,Ann,Qualification,2026-10-01,2026-11-20,100.10\n"
    "D-2,Valve,Bob,Qualification,2026-10-01,2026-12-20,200\n"
    "D-3,Belt,Ann,Qualification,2026-10-01,2026-12-05,50\n"
)
SECOND = HEAD + (
    "D-1,Pump,Ann,Qualification,2026-10-01,2026-12-04,130.15\n"
    "D-2,Valve,Bob,Won,2026-10-01,2026-11-12,180\n"
    "D-3,Belt,Bob,Lost,2026-10-01,2026-11-11,\n"
    "D-4,Gear,Bob,Qualification,2026-11-10,2027-01-15,25\n"
)
OPTIONS = "--dataset deals --stage Qualification=open --as-of"


@pytest.fixture(scope="module")
def moved(bought, tmp_path_factory):
    """A terminal over a home into which two exports of deals came: events 2 and 3."""
    folder = tmp_path_factory.mktemp("moved")
    shutil.copytree(bought, folder, dirs_exist_ok=True)
    terminal = over(folder)
    for name, text, day in (("a", FIRST, "2026-11-02"), ("b", SECOND, "2026-11-16")):
        file = folder / f"deals_{name}.csv"
        file.write_text(text)
        code, _, err = terminal(f"import {file} {OPTIONS} {day}T08:00")
        assert code == 0, err
    return terminal


def test_parts_from_opening_to_closing(moved):
    """350.10 + 25 new + 30.05 grown - 20 shrunk - 50 lost - 180 won = 155.15."""
    code, found, _ = moved("pipeline --between 2 3")
    assert code == 0
    assert found["opening"] == {"deals": 3, "amount": Decimal("350.10")}
    assert {p["part"]: (p["deals"], float(p["amount"])) for p in found["parts"] if p["deals"]} == {
        "new": (1, 25),
        "grown": (1, 30.05),
        "shrunk": (1, -20),
        "lost": (1, -50),
        "won": (1, -180),
    }
    assert found["closing"] == {"deals": 2, "amount": Decimal("155.15")}
    assert (
        sum(p["amount"] for p in found["parts"])
        == found["closing"]["amount"] - found["opening"]["amount"]
    )
    assert (found["reconstructed"], found["cut"]) == (False, 3)
    assert found["between"]["from"] == {
        "day": "2026-11-02",
        "as_of": "2026-11-02T08:00:00",
        "event": 2,
        "file": "deals_a.csv",
        "reconstructed": False,
    }


def test_each_deal_then_and_now(moved):
    (grown,) = (d for d in moved("pipeline")[1]["deals"] if d["part"] == "grown")
    assert grown == {
        "part": "grown",
        "deal": "D-1",
        "name": "Pump",
        "customer": None,
        "owner": "Ann",
        "amount": Decimal("30.05"),
        "amount_then": Decimal("100.10"),
        "expected_then": "2026-11-20",
        "stage_then": "Qualification",
        "amount_now": Decimal("130.15"),
        "expected_now": "2026-12-04",
        "stage_now": "Qualification",
        "pushed": 1,
        "file": "deals_b.csv",
        "event": 3,
        "record": 1,
    }


def test_days_events_and_last_week_are_the_same_moments(moved):
    whole = moved("pipeline --between 2 3")[1]
    assert moved("pipeline")[1] == whole
    assert moved("pipeline --between 2026-11-01 2026-11-18")[1] == whole


def test_a_day_without_an_export_is_reconstructed_and_says_so(moved):
    """On 8 November D-2 was open, at the 180 it was won with; D-3 states nothing by now."""
    found = moved("pipeline --between 2026-11-08 2026-11-18")[1]
    assert found["reconstructed"]
    assert found["between"]["from"]["as_of"] is None
    assert found["opening"]["amount"] == Decimal("310.15")
    assert found["notes"][0].startswith("No export shows 8 Nov 2026")


def test_what_is_expected_in_december(moved):
    found = moved("pipeline --between 2 3 --from 2026-12-01 --to 2026-12-31 --where person=Ann")[1]
    assert {p["part"]: float(p["amount"]) for p in found["parts"] if p["deals"]} == {
        "pulled_in": 130.15,
        "handed_over": -50,
    }
    assert found["period"] == {"from": "2026-12-01", "to": "2026-12-31"}


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("Opening (2 Nov 2026)", "Grown", "+$30.05", "20 Nov 2026", "deals_b.csv")),
        ("zh", ("期初（2026年11月2日）", "金额调高", "赢单")),
    ],
)
def test_in_words(moved, lang, told):
    code, text, _ = moved("pipeline --between 2 3", json=False, lang=lang)
    assert code == 0
    for words in told:
        assert words in text


@pytest.mark.parametrize(
    ("line", "code", "key"),
    [
        ("pipeline --between 3 2", 2, "movement.order"),
        ("pipeline --between 2 soon", 2, "movement.unknown"),
        ("pipeline --between 2 9", 2, "cut.unknown"),
        ("pipeline --from 2026-12-01", 2, "usage.missing"),
        ("pipeline --from 2026-12-02 --to 2026-12-01", 2, "usage.order"),
        ("pipeline --where colour=red", 2, "dimension.unknown"),
    ],
)
def test_what_cannot_be_asked(moved, line, code, key):
    got, found, _ = moved(line)
    assert (got, found["error"]["key"]) == (code, key)


def test_without_deals(terminal):
    code, found, _ = terminal("pipeline")
    assert (code, found["error"]["key"]) == (1, "movement.no_deals")


def test_how_deals_went_on_and_how_often_closes_were_put_off(moved):
    """Of D-1, D-2 and D-3 in Qualification one was won, one lost; D-1 was put off, D-4 is new."""
    found = moved("pipeline --between 2 3")[1]
    assert found["conversion"] == [
        {
            "stage": "Qualification",
            "deals": 4,
            "moved_on": 1,
            "lost": 1,
            "open": 2,
            "gone": 0,
            "share": 0.25,
        }
    ]
    assert [(each["times"], each["deals"], float(each["amount"])) for each in found["pushes"]] == [
        (0, 1, 25),
        (1, 1, 130.15),
    ]
    _, text, _ = moved("pipeline --between 2 3", json=False)
    assert "Moved on or won" in text
    earlier = moved("pipeline --as-of-cut 2")[1]
    assert (earlier["conversion"], earlier["pushes"]) == (None, None)
