from datetime import date

from salesdash.datasets import COSTS, DEALS
from salesdash.imports import commit
from salesdash.selection import Selection
from tests.imports.build import NOW, amounts, row, staged, stored


def bring(home, rows, mode=None, **options):
    return commit(home, staged(home, rows, mode, **options), "Ana", NOW)


def seen(warehouse):
    scope = warehouse.scope("sales", Selection(None))
    sql = f"select cast(amount as integer) from ({scope.sql}) as s order by amount"
    return [found for (found,) in warehouse.engine.rows(sql, scope.params)]


def test_the_warehouse_with_the_change_stands_beside_the_stored_one(home):
    bring(home, [row("A", 1, 1), row("B", 2, 2)])
    found = staged(home, [row("B", 2, 20), row("C", 3, 4)])
    with found.with_change() as changed:
        assert seen(changed) == [1, 4, 20]
        assert changed.version < 0
        assert changed.coverage("sales").rows == 3
        assert changed.edge("sales", date(2026, 2, 1)) == date(2026, 1, 3)
    assert seen(home.warehouse) == [1, 2]
    assert amounts(home) == [1, 2]


def test_the_view_knows_columns_that_only_the_file_has_and_only_the_table(home):
    bring(home, [row("A", 1, 1, x_old="o")])
    with staged(home, [row("B", 2, 2, x_new="n")]).with_change() as changed:
        relation = changed.relation("sales")
        sql = f"select x_old, x_new, event, valid_from from {relation} as r order by event"
        assert changed.engine.rows(sql) == [("o", None, 1, 1), (None, "n", 2, 2)]


def test_two_staged_imports_never_share_a_version(home):
    one, two = staged(home, [row("A", 1, 1)]), staged(home, [row("A", 1, 2)])
    with one.with_change() as first, two.with_change() as second:
        assert first.version != second.version


def test_period_and_counts_describe_the_file(home):
    found = staged(home, [row("A", 3, 1), row("B", 9, 1)])
    assert (found.period.start, found.period.last_day) == (date(2026, 1, 3), date(2026, 1, 9))
    assert found.counts.loaded == 2
    assert found.is_ready
    assert found.candidates == ()


def test_loose_rows_on_stored_days_raise_a_question(home):
    bring(home, [row(None, 3, 1), row(None, 5, 1)])
    (question,) = staged(home, [row(None, 4, 2), row(None, 9, 2)]).questions
    assert (question.id, question.options) == ("mode", ("replace", "append"))
    assert question.values == {"count": "1", "first": "2026-01-05", "last": "2026-01-05"}


def test_loose_rows_on_other_days_are_added_without_a_question(home):
    bring(home, [row(None, 3, 1)])
    found = staged(home, [row(None, 4, 2)])
    assert found.questions == ()
    commit(home, found, "Ana", NOW)
    assert amounts(home) == [1, 2]


def test_an_answered_mode_is_no_question(home):
    bring(home, [row(None, 3, 1)])
    for mode, new, expected in (("append", [2], [1, 2]), ("replace", [4, 8], [4, 8])):
        found = staged(home, [row(None, 3, amount) for amount in new], mode)
        assert found.questions == ()
        commit(home, found, "Ana", NOW)
        assert amounts(home) == expected


def test_a_replace_with_a_fifth_fewer_rows_needs_a_yes(home):
    bring(home, [row(f"D{n}", 3, n) for n in range(10)])
    (question,) = staged(home, [row(f"D{n}", 3, n) for n in range(7)], "replace").questions
    assert (question.id, question.values) == ("fewer_rows", {"stored": "10", "loaded": "7"})
    assert staged(home, [row(f"D{n}", 3, n) for n in range(8)], "replace").questions == ()
    assert staged(home, [row("D1", 3, 1)], "replace", force=True).questions == ()


def test_rows_without_a_number_of_a_set_that_is_exported_whole(home):
    rows = [{"deal_name": f"D{n}", "stage": "open", "amount": 1} for n in range(5)]
    bring(home, rows, dataset=DEALS)
    (question,) = staged(home, rows, dataset=DEALS).questions
    assert (question.id, question.text) == ("mode", "question.mode_whole")
    assert (question.options, question.values["count"]) == (("complete", "append"), "5")
    (question,) = staged(home, rows[:3], "complete", dataset=DEALS).questions
    assert (question.id, question.text) == ("fewer_rows", "question.fewer_rows_whole")
    assert question.values == {"stored": "5", "loaded": "3"}
    assert staged(home, rows[:4], "complete", dataset=DEALS).questions == ()


def test_costs_never_have_a_number_and_are_asked_about_by_their_days(home):
    bring(home, [{"cost_date": "2026-01-03", "amount": 1}], dataset=COSTS)
    (question,) = staged(home, [{"cost_date": "2026-01-03", "amount": 2}], dataset=COSTS).questions
    assert question.options == ("replace", "append")
    later = staged(home, [{"cost_date": "2026-01-04", "amount": 2}], dataset=COSTS)
    assert later.questions == ()


def test_a_discarded_import_leaves_no_file(home):
    found = staged(home, [row("A", 1, 1)])
    found.discard()
    assert not found.folder.exists()
    assert stored(home) == []
