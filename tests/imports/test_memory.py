"""The next file of a kind through the one way in: what was confirmed holds, changes are told."""

from salesdash.imports import Request, again, commit, stage
from tests.imports.build import NOW

FIRST = "Qdoc,Order Date,Qwho,Qsum\n1,2026-10-05,Ann,10.5\n2,2026-10-06,Bob,20.5\n"
SAID = {"Qdoc": "document", "Qwho": "customer", "Qsum": "amount"}
DEALS = "Qdoc,Order Date,Qwho,Deal Name,Deal Stage\n1,2026-10-05,Ann,Roof,Won\n"


def staged(home, tmp_path, name, text, mapping=None):
    path = tmp_path / name
    path.write_text(text)
    return stage(home, Request(path, name, mapping=mapping), NOW)


def test_a_renamed_column_is_asked_once_and_known_from_then_on(home, tmp_path):
    commit(home, staged(home, tmp_path, "a.csv", FIRST, SAID), "Ana", NOW)
    later = FIRST.replace("Qsum", "Qnew").replace("1,", "3,").replace("2,2026", "4,2026")
    asked = staged(home, tmp_path, "b.csv", later)
    assert [(q.id, q.text) for q in asked.questions] == [("field:amount", "question.renamed")]
    found = staged(home, tmp_path, "b.csv", later, {"Qnew": "amount"})
    assert found.questions == ()
    assert found.mapping.column("customer").how == "memory"
    assert found.mapping.column("document").header == "Qdoc"
    commit(home, found, "Ana", NOW)
    again = staged(home, tmp_path, "c.csv", later.replace("10.5", "11.5"))
    assert (again.questions, again.mapping.column("amount").header) == ((), "Qnew")
    assert again.mapping.warnings == ()


def test_a_file_that_holds_other_rows_is_not_taken_for_one_of_last_time(home, tmp_path):
    commit(home, staged(home, tmp_path, "a.csv", FIRST, SAID), "Ana", NOW)
    assert staged(home, tmp_path, "deals.csv", DEALS).dataset.name == "deals"


def test_what_a_file_holds_may_be_said_once_it_was_taken_for_something_else(home, tmp_path):
    found = staged(home, tmp_path, "a.csv", FIRST, SAID)
    assert (found.dataset.name, found.questions) == ("sales", ())
    path = tmp_path / "a.csv"
    said = {"Qdoc": "document", "Qwho": "customer", "Qsum": "amount"}
    other = again(found, Request(path, path.name, dataset="payments", mapping=said))
    assert (other.dataset.name, other.mapping.column("payment_date").header) == (
        "payments",
        "Order Date",
    )
