"""An effect as a chart: two lines, their levels before and after, the weeks between."""

from datetime import date

import pytest

from salesdash import charts
from salesdash.charts import Words
from salesdash.periods import Period
from salesdash.texts import LANGUAGES
from tests.analysis.test_effect import asked, trial
from tests.analysis.test_training_effect import lifted as lifted_course


@pytest.fixture(scope="module")
def lifted():
    return asked(1.4, trial(begun=date(2026, 8, 19), done=date(2026, 9, 2)))


def layer(spec, name: str):
    return next(each for each in spec["layer"] if each.get("name") == name)["data"]["values"]


def test_levels_are_the_means_of_the_weeks_on_both_sides(lifted):
    levels = layer(charts.effect(lifted, Words()), "levels")
    assert [row["role"] for row in levels] == ["reference"] * 2 + ["current"] * 2
    after = [w.own for w in lifted.series if lifted.after.contains(w.period.start)]
    assert levels[3]["v"] == pytest.approx(sum(after) / len(after))
    assert (levels[0]["v"], levels[2]["v"]) == (pytest.approx(1), pytest.approx(1))


def test_the_weeks_it_was_worked_at_are_shaded(lifted):
    (shade,) = layer(charts.effect(lifted, Words()), "shade")
    between = Period(lifted.before.end, lifted.after.start)
    assert shade["to"] - shade["from"] == between.days / 7 == 3


def test_the_whole_company_has_one_line():
    alone = asked(1.4, trial(scope=()))
    spec = charts.effect(alone, Words())
    assert {row["path"] for row in layer(spec, "lines")} == {"own"}
    assert len(charts.table(alone, Words()).columns) == 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_table_and_its_words_say_the_same(lifted, lang):
    words = Words(lang)
    table = charts.table(lifted, words)
    assert [column.name for column in table.columns][1:3] == [
        "North",
        words.say("effect.chart.rest"),
    ]
    notes = [row[-1] for row in table.rows]
    assert notes.count(words.say("effect.chart.after")) == lifted.weeks
    assert table.rows[-1][1] == lifted.series[-1].own
    assert words.tell(lifted.title) in charts.alt(lifted, words)


def test_a_course_shows_each_person_beside_the_peers():
    found = lifted_course()
    spec = charts.course(found, Words())
    dots, peers = layer(spec, "dots"), layer(spec, "peers")
    assert [row["name"] for row in dots] == [
        p.person for p in sorted(found.people, key=lambda p: -p.change)
    ]
    assert [row["to"] for row in peers] == [
        p.peers_change for p in sorted(found.people, key=lambda p: -p.change)
    ]
    table = charts.table(found, Words("zh"))
    assert [row[0] for row in table.rows] == ["Ana", "Bo", "Cleo"]
    assert table.rows[0][4] == found.people[0].change
    assert "sales" in charts.alt(found, Words())
