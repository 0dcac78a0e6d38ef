"""The next file of a kind: what was renamed, what is missing, what is new since last time."""

import pytest

from salesdash.datasets import SALES
from salesdash.ingest import Mapping, Overrides, adapted, propose
from tests.ingest import kit
from tests.ingest.test_mapping import lines

FIRST = lines(
    "Qdoc,Order Date,Qwho,Qsum,Qoff,Region",
    "1,2024-01-05,Ann,10.5,0.1,North",
    "2,2024-01-06,Bob,20.5,0.2,South",
)
SAID = {"Qdoc": "document", "Qwho": "customer", "Qsum": "amount", "Qoff": "discount"}


@pytest.fixture
def last(tmp_path) -> Mapping:
    return kit.plan(tmp_path, FIRST, columns=SAID)


def now(folder, text, last, **said) -> Mapping:
    reading = kit.read(folder, text)
    return propose(reading, SALES, adapted(reading.tables[0], [last]), Overrides(**said))


def told(mapping: Mapping) -> list[tuple[str, ...]]:
    return [
        (w.key.removeprefix("mapping."), *map(str, w.values.values())) for w in mapping.warnings
    ]


def test_what_did_not_change_is_as_it_was_said(tmp_path, last):
    mapping = now(tmp_path, FIRST.replace("Region", "Qland"), last)
    assert {c.header: c.field for c in mapping.columns if c.how == "memory"} == {
        header: SAID[header] for header in SAID
    } | {"Order Date": "order_date"}


def test_a_renamed_column_is_suggested_never_taken(tmp_path, last):
    mapping = now(tmp_path, FIRST.replace("Qwho", "Qbuy"), last)
    assert told(mapping) == [("column_renamed", "Qwho", "Qbuy"), ("columns_new", "Qbuy")]
    column = next(c for c in mapping.columns if c.header == "Qbuy")
    assert (column.field, column.suggestion) == (None, "customer")


def test_a_missing_column_is_named(tmp_path, last):
    text = "\n".join(row.rpartition(",")[0] for row in FIRST.splitlines()) + "\n"
    shorter = text.replace(",Qoff", "").replace(",0.1", "").replace(",0.2", "")
    mapping = now(tmp_path, shorter, last)
    assert told(mapping) == [("column_gone", "Qoff"), ("column_gone", "Region")]


def test_a_needed_column_is_asked_with_the_likely_one_first(tmp_path, last):
    mapping = now(tmp_path, FIRST.replace("Qsum", "Qnew"), last)
    assert [(q.id, q.text, q.values, q.options) for q in mapping.questions] == [
        ("field:amount", "question.renamed", {"column": "Qsum", "now": "Qnew"}, ("Qnew",))
    ]


def test_another_amount_never_slips_in_for_the_one_of_last_time(tmp_path, last):
    """`Total` would be an amount by its name; last time it was `Qsum`, which now is missing."""
    text = FIRST.replace("Qsum", "Qnew").replace("Region", "Total")
    text = text.replace("North", "11").replace("South", "22")
    (question,) = now(tmp_path, text, last).questions
    assert (question.id, question.text) == ("amount", "question.amount_gone")
    assert question.options == ("Qnew", "Total")
    assert now(tmp_path, text, last, columns={"Qnew": "amount"}).questions == ()


def test_the_same_headers_have_nothing_to_tell(tmp_path, last):
    assert now(tmp_path, FIRST, last).warnings == ()


def test_a_file_of_other_headers_has_no_last_time(tmp_path, last):
    other = kit.read(tmp_path, lines("Order Date,Amount,Shade,Size", "2024-01-05,1,red,XL"))
    assert adapted(other.tables[0], [last]) == ()
    assert adapted(other.tables[0], []) == ()
