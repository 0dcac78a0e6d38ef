"""Words where numbers or dates belong are asked about, once, and never guessed."""

from decimal import Decimal

import pytest

from salesdash.datasets import DATASETS
from salesdash.errors import UsageError
from salesdash.ingest import Overrides, propose
from tests.ingest import kit
from tests.ingest.test_mapping import lines

TEXT = lines(
    "Order ID,Order Date,Amount,Cost,Paid At",
    "1,2024-01-05,10,4,2024-01-06",
    "2,2024-01-06,20,Sin_Factura,pending",
    "3,2024-01-07,30,Sin_Factura,2024-01-08",
    "4,2024-01-08,40,待定,-",
)


def test_each_word_is_shown_with_its_count(tmp_path):
    questions = kit.plan(tmp_path, TEXT).questions
    assert [(q.id, q.column, q.options, q.samples, q.values["count"]) for q in questions] == [
        ("words:cost", "Cost", ("blank", "reject"), ("Sin_Factura × 2", "待定 × 1"), "3"),
        ("words:paid_at", "Paid At", ("blank", "reject"), ("pending × 1",), "1"),
    ]


SAID = {"Cost": "cost@words=blank", "Paid At": "sales.paid_at@words=reject"}


def test_words_become_blanks_or_rejects_as_it_was_said(tmp_path):
    done = kit.cleaned(tmp_path, TEXT, columns=SAID)
    assert kit.column(done, "document", "cost") == [("1", Decimal(4)), ("3", None), ("4", None)]
    assert [(r.column, r.reason, r.example) for r in done.rejects] == [
        ("Paid At", "reject.date", "pending")
    ]
    told = {w.values["column"]: w.values["words"] for w in done.warnings if "column" in w.values}
    assert told == {"Cost": "Sin_Factura, 待定", "Paid At": "-"}


def test_the_answer_is_remembered_for_words_to_come(tmp_path):
    first = kit.plan(tmp_path, TEXT, columns=SAID)
    later = TEXT.replace("待定", "later")
    again = propose(kit.read(tmp_path, later), DATASETS["sales"], first, Overrides())
    assert again.questions == ()
    assert [c.words for c in again.columns if c.field in ("cost", "paid_at")] == ["blank", "reject"]


def rejects(folder, text) -> list[tuple[str | None, ...]]:
    """Of a file that leaves nothing to ask."""
    assert kit.plan(folder, text).questions == ()
    found = kit.cleaned(folder, text).rejects
    return [(reject.column, reject.reason, reject.example) for reject in found]


def test_where_the_field_is_needed_there_is_nothing_to_ask(tmp_path):
    """Without an amount a line is no sale: its row is a reject, whatever the word means."""
    text = TEXT.replace("40,待定,-", "TBD,5,-").replace("Sin_Factura", "5").replace("pending", "")
    assert rejects(tmp_path, text) == [("Amount", "reject.number", "TBD")]


def test_what_has_digits_is_no_word(tmp_path):
    text = TEXT.replace("待定", "about 5").replace("Sin_Factura", "5").replace("pending", "")
    assert rejects(tmp_path, text) == [("Cost", "reject.number", "about 5")]


def test_signs_and_words_for_nothing_are_not_asked(tmp_path):
    text = TEXT.replace("Sin_Factura", "$ -").replace("待定", "n/a").replace("pending", "无")
    assert kit.plan(tmp_path, text).questions == ()


def test_words_mean_one_of_two_things(tmp_path):
    with pytest.raises(UsageError) as error:
        kit.plan(tmp_path, TEXT, columns={"Cost": "cost@words=zero"})
    assert error.value.key == "mapping.no_such_field"
