"""A template that was filled in is understood without a question, in the language it came in."""

from datetime import date

import pytest

from salesdash import texts
from salesdash.commands.tables import csv_text
from salesdash.datasets import DATASETS, Kind
from salesdash.ui.imports import templates
from tests.ingest import kit

WORDS = {
    "stage": "Closed Won",
    "metric": "sales",
    "purpose": "acquisition",
    "return_flag": "",
}
VALUES = {
    Kind.DATE: "2024-02-05",
    Kind.MOMENT: "2024-02-05 10:00",
    Kind.SHARE: "0.15",
}


def filled(dataset: str, field: str) -> str:
    kind = DATASETS[dataset].field(field).kind
    if kind in (Kind.MONEY, Kind.RATE, Kind.NUMBER):
        return "7.5"
    return WORDS.get(field) or VALUES.get(kind, f"a {field}")


@pytest.mark.parametrize("lang", texts.LANGUAGES)
@pytest.mark.parametrize("dataset", DATASETS)
def test_a_filled_template_is_understood(tmp_path, dataset, lang):
    fields = templates.FIELDS[dataset]
    row = [filled(dataset, field) for field in fields]
    text = csv_text(templates.headers(dataset, lang), [row])
    (mapping,) = kit.plans(tmp_path, text)
    assert (mapping.dataset, mapping.questions) == (dataset, ())
    landed = tuple(column.field for column in mapping.columns)
    assert [_name(field) for field in landed] == [_name(field) for field in fields]


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_a_filled_template_by_month_is_understood(tmp_path, lang):
    heads = templates.by_month(2027, lang).decode("utf-8-sig").strip()
    row = ",".join(["sales", "a team", "a person", "a region", *map(str, range(1, 13))])
    mapping, result = kit.of("targets", tmp_path, f"{heads}\n{row}\n")
    assert mapping.questions == ()
    names = ("metric", "team", "person", "region", "period_start", "target")
    december = ("sales", "a team", "a person", "a region", date(2027, 12, 1), 12)
    assert kit.column(result, *names)[11] == december


def _name(field: str | None) -> str | None:
    """Without an id the name is the key."""
    return {"product_name": "product", "customer_name": "customer"}.get(field or "", field)


def test_every_dataset_has_a_template_of_its_own_fields():
    assert set(templates.FIELDS) == set(DATASETS)
    for dataset, fields in templates.FIELDS.items():
        assert set(fields) <= set(DATASETS[dataset].names)
