"""What config.yaml says of headers and statuses wins over what profiles know."""

from dataclasses import replace

import pytest

from salesdash.config import Statuses, load
from salesdash.imports import Request, commit, stage
from tests.browser.homes import ROOT
from tests.imports.build import NOW, amounts, opened_home

FILE = """Beleg,Umsatzwert,Amount,Order Date,Status
A1,10,1,2026-10-01,Geliefert
A2,20,1,2026-10-02,Zurueck
A3,40,1,2026-10-03,Cancelled by phone
A4,80,1,2026-10-04,cancelled
"""


@pytest.fixture
def settings():
    return replace(
        load(ROOT / "config.yaml"),
        headers={"sales": {"amount": ("Umsatzwert",), "document": ("Beleg",)}},
        statuses={"sales": Statuses(frozenset({"cancelled by phone"}), frozenset({"zurueck"}))},
    )


@pytest.fixture
def found(folder, tmp_path, settings):
    home = opened_home(folder, settings=settings)
    path = tmp_path / "umsatz.csv"
    path.write_text(FILE)
    yield stage(home, Request(path, path.name), NOW)
    home.close()


def test_own_headers_name_fields_before_the_known_ones(found):
    assert found.questions == ()
    how = {c.field: (c.header, c.how) for c in found.mapping.columns if c.field}
    assert how["document"] == ("Beleg", "config")
    assert how["amount"][0] == "Umsatzwert"
    assert found.mapping.amount.reason == "amount.given"


def test_own_words_decide_what_counts(found):
    # A2 is excluded by our word, A3 counts by ours, A4 is cancelled as everywhere: 10 + 40
    assert (found.cleaned.amount, found.cleaned.counted) == ("50.0000", 2)
    commit(found.home, found, "Ana", NOW)
    assert amounts(found.home) == [10, 20, 40, 80]


def test_what_somebody_confirmed_wins_over_the_company(found, tmp_path):
    home, path = found.home, tmp_path / "umsatz.csv"
    said = {"Umsatzwert": "profit", "Amount": "amount"}
    commit(home, stage(home, Request(path, path.name, mapping=said), NOW), "Ana", NOW)
    later = tmp_path / "later.csv"
    later.write_text(FILE.replace("A1", "A9"))
    again = stage(home, Request(later, later.name), NOW)
    assert again.mapping.column("profit").header == "Umsatzwert"
    assert again.mapping.column("amount").header == "Amount"
