"""Annotations with two editors, taken off and put back, and what is refused; on both databases."""

from datetime import date, datetime, timedelta

import pytest

from salesdash.errors import Conflict, UsageError
from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.workspace import Annotation, Stamp, Workspace
from salesdash.workspace.annotations import LONGEST
from salesdash.workspace.redaction import Rule, redact

NOW = datetime(2026, 11, 23, 9, 0)
ANA, BO = Stamp("Ana", NOW), Stamp("Bo", NOW + timedelta(minutes=1))
MARCH = date(2026, 3, 1)
PRICE = Annotation("Price rise", MARCH, MARCH)


@pytest.fixture
def workspace(place):
    workspace = Workspace.open(place, NOW)
    yield workspace
    workspace.close()


def test_they_come_by_their_days_with_metric_and_scope(workspace):
    store = workspace.annotations
    north = (Filter("region", ("North", "East")),)
    later = store.make(Annotation(" Strike \n at DHL ", date(2026, 5, 4), date(2026, 5, 8)), ANA)
    first = store.make(Annotation("Price rise", MARCH, MARCH, "sales", north), BO)
    found = store.all()
    assert [each.id for each in found] == [first, later]
    assert found[1].text == "Strike at DHL"
    assert found[1].period == Period(date(2026, 5, 4), date(2026, 5, 9))
    assert (found[0].metric, found[0].owner) == ("sales", "Bo")
    assert found[0].scope == (Filter("region", ("East", "North")),)


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(workspace):
    store = workspace.annotations
    number = store.make(PRICE, ANA)
    store.edit(number, Annotation("Price rise of 4 %", MARCH, MARCH), BO, 1)
    with pytest.raises(Conflict) as error:
        store.edit(number, Annotation("New prices", MARCH, MARCH), ANA, 1)
    assert error.value.values["theirs"]["text"] == "Price rise of 4 %"
    kept = [(r.content["text"], r.kept) for r in workspace.history.of("annotations", number)]
    assert kept == [("Price rise", True), ("Price rise of 4 %", True), ("New prices", False)]
    assert (store.get(number).owner, store.get(number).who) == ("Ana", "Bo")


def test_taken_off_it_stays_and_can_be_put_back(workspace):
    store = workspace.annotations
    number, states = store.make(PRICE, ANA), [store.state()]
    store.withdraw(number, BO)
    assert store.all() == ()
    assert [each.text for each in store.all(withdrawn=True)] == ["Price rise"]
    states.append(store.state())
    store.withdraw(number, BO, withdrawn=False)
    assert len(store.all()) == 1
    assert len({*states, store.state()}) == 3  # every write is another state


@pytest.mark.parametrize(
    ("annotation", "key"),
    [
        (Annotation(" ", MARCH, MARCH), "annotation.empty"),
        (Annotation("x" * (LONGEST + 1), MARCH, MARCH), "annotation.long"),
        (Annotation("x", MARCH, date(2026, 2, 28)), "annotation.order"),
        (Annotation("x", date(26, 3, 1), MARCH), "annotation.far"),
    ],
)
def test_what_is_refused(workspace, annotation, key):
    with pytest.raises(UsageError) as error:
        workspace.annotations.make(annotation, ANA)
    assert error.value.key == key


def test_an_unknown_number_is_told(workspace):
    for ask in (
        lambda: workspace.annotations.get(7),
        lambda: workspace.annotations.edit(7, PRICE, ANA, 1),
        lambda: workspace.annotations.withdraw(7, ANA),
    ):
        with pytest.raises(UsageError) as error:
            ask()
        assert (error.value.key, error.value.values) == ("annotation.unknown", {"number": 7})


def test_who_is_forgotten_leaves_the_scope_and_is_listed_in_words(workspace):
    scope = (Filter("customer", ("O'Hara",)),)
    number = workspace.annotations.make(Annotation("O'Hara moved", MARCH, MARCH, None, scope), ANA)
    names = {"O'Hara": "gone"}
    rule = Rule(lambda cell: names.get(cell, cell), _within, lambda text: "O'Hara" in text)
    found = redact(workspace, rule)
    assert workspace.annotations.get(number).scope == (Filter("customer", ("gone",)),)
    assert ("annotations.text", number, "O'Hara moved") in found.texts


def _within(value):
    if isinstance(value, list):
        return [_within(each) for each in value]
    return "gone" if value == "O'Hara" else value
