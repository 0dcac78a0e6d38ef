from dataclasses import replace
from datetime import datetime
from threading import Thread

import pytest

from salesdash.datasets import DEALS, PEOPLE, TARGETS
from salesdash.errors import DataRefused, UsageError
from salesdash.imports import Changes, commit, redo, undo
from salesdash.workspace import EventKind, Status
from tests.imports.build import NOW, amounts, row, staged, stored


def bring(home, rows, mode=None, **options):
    return commit(home, staged(home, rows, mode, **options), "Ana", NOW)


def test_an_import_is_an_event_with_who_when_and_its_books(home):
    event = bring(home, [row("A", 1, 10), row("A", 1, 5), row("B", 2, 7)])
    assert (event.id, event.kind, event.status) == (1, EventKind.IMPORT, Status.DONE)
    assert (event.who, event.at, event.mode) == ("Ana", NOW, "update")
    assert (event.first_date.day, event.last_date.day) == (1, 2)
    assert event.counts["loaded"] == event.counts["new"] == 3
    assert amounts(home) == [5, 7, 10]
    assert home.warehouse.version == 1


def test_files_are_kept_under_their_content(home):
    event = bring(home, [row("A", 1, 10)])
    assert (home.originals / event.original).exists()
    assert (home.imports / event.rows_file).exists()
    assert event.original == f"{event.file_sha256}.zst"
    assert not any(home.staging.glob("0*"))


def test_an_update_replaces_whole_documents_and_keeps_identical_ones(home):
    bring(home, [row("A", 1, 10), row("A", 1, 5), row("B", 2, 7), row("C", 3, 1)])
    changes = staged(home, [row("A", 1, 11), row("B", 2, 7), row("D", 4, 2)]).changes
    # A had two lines and has one now; B is as it was; D was not there; C is not spoken of
    assert changes == Changes(new=1, changed=1, unchanged=1)
    bring(home, [row("A", 1, 11), row("B", 2, 7), row("D", 4, 2)])
    assert [(r[0], r[2], r[4]) for r in stored(home)] == [
        (1, "B", 7),
        (1, "C", 1),
        (2, "A", 11),
        (2, "D", 2),
    ]
    assert amounts(home, cut=1) == [1, 5, 7, 10]


def test_lines_of_one_file_are_never_merged(home):
    bring(home, [row("A", 1, 10), row("A", 1, 10)])
    assert amounts(home) == [10, 10]


def test_what_a_file_leaves_empty_stays_in_the_versions_it_ends(home):
    def regions(cut=None):
        rows = home.engine.rows(f"select region from {home.warehouse.relation('sales', cut)} as r")
        return sorted(region or "" for (region,) in rows)

    bring(home, [row("A", 1, 1, region="North"), row("B", 2, 2, region="South")])
    bring(home, [row("A", 1, 5), row("C", 2, 4)], "replace", force=True)
    assert regions() == ["", ""]
    assert regions(cut=1) == ["North", "South"]


def test_replace_lets_vanish_what_its_dates_cover(home):
    bring(home, [row("A", 1, 1), row("B", 2, 2), row("C", 3, 4), row("D", 5, 8)])
    event = bring(home, [row("B", 2, 20), row("E", 4, 16)], "replace", force=True)
    # the file covers days 2 to 4: C vanishes, A and D lie outside
    assert amounts(home) == [1, 8, 16, 20]
    assert event.counts["vanished"] == 1


def test_complete_lets_vanish_everything_else(home):
    deals = [{"deal": "A", "amount": 1}, {"amount": 2}, {"deal": "C", "amount": 4}]
    bring(home, deals, dataset=DEALS)
    event = bring(home, deals[:1], "complete", dataset=DEALS, force=True)
    assert (event.counts["unchanged"], event.counts["vanished"]) == (1, 2)
    assert home.engine.rows("select event, deal from deals") == [(1, "A")]


def test_append_adds_lines_to_a_document(home):
    bring(home, [row("A", 1, 1)])
    bring(home, [row("A", 1, 1)], "append")
    assert amounts(home) == [1, 1]


def test_an_older_export_never_wins_unless_told(home):
    bring(home, [row("A", 1, 1)], as_of=20)
    event = bring(home, [row("A", 1, 9), row("B", 1, 2)], as_of=10)
    assert (event.counts["older"], event.counts["new"]) == (1, 1)
    assert amounts(home) == [1, 2]
    forced = bring(home, [row("A", 1, 9)], as_of=10, force=True)
    assert forced.counts["changed"] == 1
    assert amounts(home) == [2, 9]


def test_an_unchanged_document_counts_as_spoken(home):
    bring(home, [row("A", 1, 1)], as_of=10)
    bring(home, [row("A", 1, 1)], as_of=20)
    late = bring(home, [row("A", 1, 9)], as_of=15)
    assert late.counts["older"] == 1
    assert [(r[0], r[4]) for r in stored(home)] == [(1, 1)]


def test_an_older_export_brings_no_document_back_that_a_newer_one_left_out(home):
    bring(home, [row("A", 1, 1), row("B", 2, 2)], "replace", as_of=20)
    bring(home, [row("C", 1, 4)], as_of=10)
    assert amounts(home) == [1, 2]


def test_undo_and_redo_go_back_and_forth_and_every_cut_stays(home):
    bring(home, [row("A", 1, 1)])
    bring(home, [row("A", 1, 2), row("B", 1, 4)])
    undo(home, 2, "Bo", NOW)
    assert amounts(home) == [1]
    redo(home, 2, "Bo", NOW)
    assert amounts(home) == [2, 4]
    assert [amounts(home, cut) for cut in range(5)] == [[], [1], [2, 4], [1], [2, 4]]
    event = home.workspace.log.event(3)
    assert (event.kind, event.target, event.who) == (EventKind.UNDO, 2, "Bo")


def test_undo_of_an_earlier_import_keeps_what_later_ones_said(home):
    bring(home, [row("A", 1, 1), row("B", 1, 2)])
    bring(home, [row("A", 1, 4)])
    undo(home, 1, "Ana", NOW)
    assert amounts(home) == [4]


def test_undo_hands_an_identical_document_to_the_import_that_also_had_it(home):
    bring(home, [row("A", 1, 1)])
    bring(home, [row("A", 1, 1)])
    undo(home, 1, "Ana", NOW)
    assert [(r[0], r[4]) for r in stored(home)] == [(2, 1)]


def test_undo_of_a_replace_brings_the_vanished_back(home):
    bring(home, [row("A", 1, 1), row("B", 2, 2), row(None, 2, 4)])
    bring(home, [row("C", 1, 8), row("D", 2, 16)], "replace", force=True)
    assert amounts(home) == [8, 16]
    undo(home, 2, "Ana", NOW)
    assert amounts(home) == [1, 2, 4]


def test_undo_of_an_undo_is_a_redo(home):
    bring(home, [row("A", 1, 1)])
    undo(home, 1, "Ana", NOW)
    assert undo(home, 2, "Ana", NOW).kind is EventKind.REDO
    assert amounts(home) == [1]
    assert undo(home, 3, "Ana", NOW).kind is EventKind.UNDO
    assert redo(home, 2, "Ana", NOW).target == 1 if amounts(home) else True


@pytest.mark.parametrize(("turn", "number"), [(redo, 1), (undo, 9)])
def test_what_cannot_be_turned_is_named(home, turn, number):
    bring(home, [row("A", 1, 1)])
    with pytest.raises(UsageError):
        turn(home, number, "Ana", NOW)
    assert len(home.done()) == 1


def test_nothing_is_undone_twice(home):
    bring(home, [row("A", 1, 1)])
    undo(home, 1, "Ana", NOW)
    with pytest.raises(UsageError) as error:
        undo(home, 1, "Ana", NOW)
    assert error.value.key == "event.nothing_to_undo"


def test_a_repair_corrects_and_adds_records_and_goes_with_its_import(home):
    bring(home, [row("A", 1, 1), row("B", 2, 2)])
    mended = [row("B", 2, 20, record=2), row("C", 3, 4, record=7)]
    event = commit(home, staged(home, mended, repairs=1), "Bo", NOW)
    assert (event.kind, event.target) == (EventKind.REPAIR, 1)
    assert [(r[0], r[1], r[4]) for r in stored(home)] == [(1, 1, 1), (2, 2, 20), (2, 7, 4)]
    undo(home, 2, "Bo", NOW)
    assert amounts(home) == [1, 2]
    redo(home, 2, "Bo", NOW)
    undo(home, 1, "Bo", NOW)
    assert amounts(home) == []
    redo(home, 1, "Bo", NOW)
    assert amounts(home) == [1, 4, 20]


def test_a_repair_widens_the_dates_that_a_replace_covers(home):
    bring(home, [row("A", 1, 1), row("B", 5, 2)])
    bring(home, [row("C", 1, 4)], "replace", force=True)
    assert amounts(home) == [2, 4]
    commit(home, staged(home, [row("D", 5, 8, record=9)], repairs=2), "Bo", NOW)
    assert amounts(home) == [4, 8]


def test_the_repair_of_an_import_that_does_not_stand_is_refused(home):
    bring(home, [row("A", 1, 1)])
    found = staged(home, [row("B", 2, 2)], repairs=1)
    undo(home, 1, "Ana", NOW)
    with pytest.raises(UsageError) as error:
        commit(home, found, "Bo", NOW)
    assert error.value.key == "event.not_standing"


def test_the_same_file_is_not_imported_twice_while_it_stands(home):
    first = bring(home, [row("A", 1, 1)], same_as=7000)
    found = staged(home, [row("A", 1, 1)], same_as=7000)
    with pytest.raises(DataRefused) as error:
        commit(home, found, "Bo", NOW)
    assert (error.value.key, error.value.values["event"]) == ("import.duplicate", first.id)
    assert len(home.workspace.log.events()) == 1
    undo(home, first.id, "Bo", NOW)
    assert commit(home, found, "Bo", NOW).id == 3


def test_open_questions_keep_an_import_out(home):
    bring(home, [row(None, 1, 1)])
    found = staged(home, [row(None, 1, 1)])
    assert [question.id for question in found.questions] == ["mode"]
    with pytest.raises(DataRefused) as error:
        commit(home, found, "Bo", NOW)
    assert error.value.values["questions"] == "mode"


def test_the_second_of_two_people_is_counted_anew(home):
    mine = staged(home, [row("A", 1, 1)])
    theirs = staged(home, [row("A", 1, 2)])
    assert (mine.changes.new, theirs.changes.new) == (1, 1)
    commit(home, mine, "Ana", NOW)
    event = commit(home, theirs, "Bo", NOW)
    assert (event.counts["new"], event.counts["changed"]) == (0, 1)
    assert amounts(home) == [2]


def test_a_question_that_came_up_meanwhile_is_asked_at_commit(home):
    mine = staged(home, [row(None, 1, 1)])
    theirs = staged(home, [row(None, 1, 2)])
    commit(home, mine, "Ana", NOW)
    with pytest.raises(DataRefused) as error:
        commit(home, theirs, "Bo", NOW)
    assert error.value.values["questions"] == "mode"
    assert amounts(home) == [1]


def test_many_people_at_once_are_served_one_after_the_other(home):
    waiting = [staged(home, [row(f"D{n}", 1, n)]) for n in range(4)]
    threads = [Thread(target=commit, args=(home, one, "Ana", NOW)) for one in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert amounts(home) == [0, 1, 2, 3]
    assert [event.id for event in home.done()] == [1, 2, 3, 4]


def test_extra_columns_appear_with_the_file_that_brings_them(home):
    bring(home, [row("A", 1, 1)])
    bring(home, [row("B", 1, 2, x_shop="Nord")])
    bring(home, [row("A", 1, 1), row("B", 1, 2)])
    rows = home.engine.rows("select document, x_shop, event from sales order by document")
    # the last file has no such column: for A nothing changed, for B the value is gone
    assert rows == [("A", None, 1), ("B", None, 3)]


def test_a_confirmed_mapping_is_remembered(home):
    from salesdash.ingest import AmountRule, Mapping

    mapping = Mapping("sales", "plain", "", "", 0, "headers-1", (), AmountRule("Sum", "line", ""))
    commit(home, replace(staged(home, [row("A", 1, 1)]), mapping=mapping), "Ana", NOW)
    (found,) = home.workspace.mappings.known("headers-1")
    assert (found.who, found.at) == ("Ana", NOW)
    assert Mapping.from_json(found.mapping) == mapping


def test_an_event_needs_no_later_clock(home):
    """Ids follow the order of commits even when the clock jumps back."""
    bring(home, [row("A", 1, 1)])
    event = commit(home, staged(home, [row("A", 1, 2)]), "Ana", datetime(2026, 11, 23, 8, 0))
    assert event.id == 2
    assert amounts(home) == [2]


def test_imports_of_one_dataset_leave_the_others_alone(home):
    bring(home, [row("A", 1, 1)])
    bring(home, [{"deal": "A", "created_date": "2026-01-01", "amount": 2}], dataset=DEALS)
    bring(home, [{"deal": "B", "amount": 4}], "complete", dataset=DEALS, force=True)
    assert amounts(home) == [1]
    assert home.engine.rows("select deal, created_date, amount from deals") == [("B", None, 4)]
    undo(home, 3, "Ana", NOW)
    undo(home, 1, "Ana", NOW)
    assert amounts(home) == []
    assert home.engine.rows("select deal, event from deals") == [("A", 2)]


def test_all_entries_of_a_person_are_replaced_together(home):
    moved = [
        {"person": "Li", "team": "North", "active_to": "2026-03-31"},
        {"person": "Li", "team": "South", "active_from": "2026-04-01"},
    ]
    bring(
        home, [{"person": "Li", "team": "North"}, {"person": "Wu", "team": "East"}], dataset=PEOPLE
    )
    event = bring(home, moved, dataset=PEOPLE)
    assert (event.counts["changed"], event.counts["unchanged"]) == (2, 0)
    rows = home.engine.rows("select person, team, event from people order by all")
    assert rows == [("Li", "North", 2), ("Li", "South", 2), ("Wu", "East", 1)]


def test_a_home_with_rows_of_any_fact_is_not_empty(home):
    assert home.is_empty
    bring(home, [{"person": "Li"}], dataset=PEOPLE)
    bring(home, [{"period_start": "2026-01-01", "target": 5}], dataset=TARGETS)
    assert home.is_empty
    bring(home, [{"deal": "D", "outcome": "open"}], dataset=DEALS)
    assert not home.is_empty
