import pytest

from salesdash.datasets import BOOKKEEPING, DATASETS, EXTRA_PREFIX, SALES, SQL_TYPES, Kind


def test_every_kind_has_a_sql_type():
    assert set(SQL_TYPES) == set(Kind)


def test_money_is_decimal_with_four_digits():
    assert SALES.field("amount").sql_type == "decimal(18,4)"
    assert SALES.field("price").sql_type == "decimal(18,6)"


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=DATASETS)
def test_what_a_dataset_refers_to_exists(dataset):
    assert len(set(dataset.names)) == len(dataset.names)
    assert {dataset.unit, dataset.date} - {None} <= set(dataset.names)
    assert dataset.date is None or dataset.date in dataset.roles
    assert dataset.reference == (dataset.date is None)
    needed = {name for group in dataset.required for fields in group for name in fields}
    assert needed <= set(dataset.names)


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=DATASETS)
def test_field_names_never_meet_bookkeeping_or_extra_columns(dataset):
    assert not set(dataset.names) & set(BOOKKEEPING)
    assert not [name for name in dataset.names if name.startswith(EXTRA_PREFIX)]


def test_a_field_that_does_not_exist_is_a_key_error():
    with pytest.raises(KeyError):
        SALES.field("colour")


def test_dimensions_are_names_not_figures():
    assert "region" in SALES.dimensions
    assert "amount" not in SALES.dimensions
