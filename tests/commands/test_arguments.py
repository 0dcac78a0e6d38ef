"""Arguments: the same words for a wrong name, type or gap, whoever asks."""

import pytest

from salesdash.commands.arguments import Event, Import, make
from salesdash.commands.asked import Query
from salesdash.commands.hints import closest
from salesdash.errors import UsageError


def test_lists_become_tuples_and_gaps_their_defaults():
    made = make(Query, {"metrics": ["sales"], "from": "2026-01-01", "as_of_cut": 3})
    assert made == Query(metrics=("sales",), since="2026-01-01", as_of_cut=3)


def test_a_wrong_name_is_told_with_the_nearest():
    with pytest.raises(UsageError) as caught:
        make(Query, {"metrics": ["sales"], "grian": "month"})
    assert caught.value.key == "usage.argument"
    assert caught.value.values == {"name": "grian", "suggestion": "grain"}


def test_a_missing_argument_is_named():
    with pytest.raises(UsageError) as caught:
        make(Import, {})
    assert (caught.value.key, caught.value.values["name"]) == ("usage.missing", "files")


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (Event, {"event": "1"}),
        (Event, {"event": True}),
        (Import, {"files": "a.csv"}),
        (Import, {"files": [1]}),
        (Import, {"files": [], "dry_run": "yes"}),
        (Import, {"files": [], "mode": 3}),
    ],
)
def test_a_wrong_type_is_refused(kind, given):
    with pytest.raises(UsageError) as caught:
        make(kind, given)
    assert caught.value.key == "usage.type"


def test_the_nearest_name_or_none():
    assert closest("Sale", ["sales", "orders"]) == "sales"
    assert closest("zzz", ["sales", "orders"]) is None
