"""The rates and the zone of config.yaml reach the rows, through the one way in."""

from dataclasses import replace
from decimal import Decimal

import pytest

from salesdash import texts
from salesdash.config import Company, load
from salesdash.errors import DataRefused
from salesdash.imports import Request, commit, stage
from tests.browser.homes import ROOT
from tests.imports.build import NOW, opened_home

EUROS = "Order ID,Created At,Amount,Currency\nA1,2026-10-01T23:30:00Z,100,EUR\n"
DOLLARS = "Order ID,Created At,Amount,Currency\nB1,2026-10-02T10:00:00Z,40,USD\n"


def opened(folder, **rates):
    base = load(ROOT / "config.yaml")
    company = Company(base.company.name, "USD", "Asia/Shanghai", "en")
    known = {"2026-10": {code: Decimal(rate) for code, rate in rates.items()}}
    return opened_home(folder, settings=replace(base, company=company, rates=known))


def came_in(home, tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    staged = stage(home, Request(path, name), NOW)
    assert staged.questions == ()
    commit(home, staged, "Ana", NOW)


def test_amounts_are_stored_in_the_companys_currency_on_the_companys_day(folder, tmp_path):
    """100 EUR x 1.10 = 110.00 USD; half past eleven at night in UTC is the next day in Shanghai."""
    home = opened(folder, EUR="1.10")
    came_in(home, tmp_path, "euros.csv", EUROS + DOLLARS.splitlines()[1] + "\n")
    relation = home.warehouse.relation("sales")
    found = home.warehouse.engine.rows(
        "select document, cast(order_date as varchar), amount, original_amount, currency, rate "
        f"from {relation} as s order by document"
    )
    assert found == [
        ("A1", "2026-10-02", 110, 100, "EUR", Decimal("1.1")),
        ("B1", "2026-10-02", 40, None, "USD", None),
    ]
    home.close()


def test_two_currencies_without_rates_are_refused_in_one_file_and_across_files(folder, tmp_path):
    home = opened(folder)
    path = tmp_path / "both.csv"
    path.write_text(EUROS + DOLLARS.splitlines()[1] + "\n")
    with pytest.raises(DataRefused) as error:
        stage(home, Request(path, path.name), NOW)
    assert error.value.key == "data.rates_missing"
    assert error.value.values["list"] == "EUR (2026-10)"
    came_in(home, tmp_path, "euros.csv", EUROS)
    path.write_text(DOLLARS)
    with pytest.raises(DataRefused) as error:
        stage(home, Request(path, path.name), NOW)
    assert error.value.key == "data.currencies_differ"
    assert (error.value.values["list"], error.value.values["stored"]) == ("USD", "EUR")
    for lang in texts.LANGUAGES:
        assert "EUR" in texts.error(error.value, lang)
    home.close()
