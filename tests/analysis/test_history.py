"""What was said in meetings: found in both languages, by words and by what it is about."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from salesdash import config
from salesdash.analysis import history
from salesdash.analysis.history import Asked, Past
from salesdash.commands.office import DEFAULT_CONFIG
from salesdash.selection import Filter
from salesdash.workspace import (
    TOPIC,
    Occasion,
    Point,
    Promise,
    Rating,
    Stamp,
    Standing,
    Workspace,
)

NOW = datetime(2026, 11, 23, 9, 0)
ANA = Stamp("Ana", NOW)
SETTINGS = config.load(DEFAULT_CONFIG)
W46 = Occasion("weekly", "week:2026-W46", date(2026, 11, 9), date(2026, 11, 15))
W47 = Occasion("weekly", "week:2026-W47", date(2026, 11, 16), date(2026, 11, 22))
CLEO = replace(W47, kind="one_to_one", person="Cleo")
NORTH = Point(
    TOPIC,
    {"en": "Sales · North", "zh": "销售额 · 华北"},
    {},
    page="trends",
    query={"where": ["region:North"], "metric": ["sales"], "period": ["quarter:2026Q4"]},
)
PLAIN = Point("text", {"en": "Next week", "zh": "下周计划"}, {})


@pytest.fixture
def workspace(tmp_path: Path):
    """Two weekly meetings and a one-to-one; North was talked about in the first."""
    found = Workspace.open(tmp_path / "workspace.sqlite", NOW)
    meetings = found.meetings
    first = meetings.open(W46, 1, (PLAIN,), ANA).id
    north = meetings.put(first, NORTH, ANA)
    (plain, _) = (line.id for line in meetings.lines(first))
    meetings.write((north, "note"), "Berg waits for the ＧＴＸ offer", ANA, 0)
    meetings.write((north, "decision"), "Visit Berg", ANA, 0)
    meetings.write((plain, "note"), "拜访上海客户", ANA, 0)
    found.actions.make(Promise("Call Berg", "Bo", line=north), ANA)
    scoped = Promise("Price list", "Cleo", line=plain, scope=(Filter("region", ("South",)),))
    found.actions.make(replace(scoped, metric="orders"), ANA)
    found.actions.settle(1, Standing.DONE, ANA)
    meetings.invite(first, ["Ana", "Bo", "Cleo"], ANA)
    meetings.attend(first, ["Ana", "Bo"], ANA)
    for person, rating in (("Ana", 8), ("Bo", 7)):
        found.ratings.rate(Rating(first, person, rating, ""), ANA)
    meetings.close(first, lambda: "{}", ANA, W47)  # North goes on in week 47
    meetings.open(CLEO, 1, (PLAIN,), ANA)
    yield found
    found.close()


@pytest.fixture
def past(workspace: Workspace) -> Past:
    return Past.read(workspace, SETTINGS, "Ana")


def found(past: Past, lang: str = "en", **asked) -> list[tuple[int, str]]:
    return [(hit.meeting, hit.title[lang]) for hit in history.search(past, Asked(**asked), lang)]


class TestWords:
    @pytest.mark.parametrize(
        "text", ["gtx", "GTX", "ｇｔｘ", "berg offer", "OFFER gtx", "berg visit"]
    )
    def test_case_width_and_order_do_not_matter(self, past, text):
        assert found(past, text=text) == [(1, "Sales · North")]

    def test_chinese_is_found_within_a_sentence(self, past):
        assert found(past, "zh", text="上海") == [(1, "下周计划")]
        assert found(past, "zh", text="上海 客户") == [(1, "下周计划")]

    def test_titles_actions_and_owners_are_searched_too(self, past):
        assert found(past, text="price list") == [(1, "Next week")]
        assert found(past, "zh", text="华北") == [(2, "销售额 · 华北"), (1, "销售额 · 华北")]
        assert found(past, text="call bo") == [(1, "Sales · North")]

    def test_all_words_must_be_there(self, past):
        assert found(past, text="gtx shanghai") == []

    def test_the_place_of_each_word_is_known(self, past):
        (hit,) = history.search(past, Asked("gtx waits"), "en")
        (note,) = [piece for piece in hit.pieces if piece.field == "note"]
        assert [note.text[start:stop] for start, stop in note.found] == ["waits", "ＧＴＸ"]
        (decision,) = [piece for piece in hit.pieces if piece.field == "decision"]
        assert (decision.text, decision.found) == ("Visit Berg", ())  # what was decided stays

    def test_signs_that_fold_to_several_keep_their_place(self, workspace):
        line = workspace.meetings.lines(3)[0].id
        workspace.meetings.write((line, "note"), "the ﬁrst Straße ㎏", ANA, 0)
        past = Past.read(workspace, SETTINGS, "Ana")
        (hit,) = history.search(past, Asked("first strasse kg"), "en")
        note = hit.pieces[-1]
        assert [note.text[a:b] for a, b in note.found] == ["ﬁrst", "Straße", "㎏"]

    def test_a_long_note_is_cut_around_what_was_found(self, workspace):
        line = workspace.meetings.lines(3)[0].id
        workspace.meetings.write((line, "note"), "a " * 100 + "needle" + " b" * 100, ANA, 0)
        (hit,) = history.search(Past.read(workspace, SETTINGS, "Ana"), Asked("needle"), "en")
        note = hit.pieces[-1]
        assert note.text.startswith("…a")
        assert note.text.endswith("b …") or note.text.endswith("b…") or note.text.endswith(" …")
        assert [note.text[a:b] for a, b in note.found] == ["needle"]
        assert len(note.text) <= 2 * history.AROUND + 2


class TestAbout:
    def test_what_did_we_decide_about_north(self, past):
        hits = history.search(past, Asked(about=("region", "North")), "en")
        assert [(hit.meeting, hit.planned) for hit in hits] == [(2, True), (1, False)]
        pieces = {piece.field: piece.text for piece in hits[1].pieces}
        assert (pieces["decision"], pieces["action"]) == ("Visit Berg", "Call Berg · Bo")

    def test_metrics_goals_and_the_scope_of_actions_count(self, past):
        assert past.abouts() == (
            ("metric", "orders"),
            ("metric", "sales"),
            ("region", "North"),
            ("region", "South"),
        )
        assert found(past, about=("region", "South")) == [(1, "Next week")]
        assert found(past, about=("metric", "orders")) == [(1, "Next week")]

    def test_a_series_and_words_narrow_together(self, past):
        assert found(past, series=("one_to_one", "Cleo"), text="berg") == []
        assert found(past, about=("region", "North"), text="visit") == [(1, "Sales · North")]

    def test_lines_on_which_nothing_was_said_are_left_out(self, past):
        assert (3, "Next week") not in found(past)
        assert found(past, text="next week") == [(3, "Next week"), (1, "Next week")]


class TestWhoSees:
    @pytest.mark.parametrize("who", ["Ana", "cleo", "Ｃleo"])
    def test_a_one_to_one_is_listed_for_its_people(self, workspace, who):
        past = Past.read(workspace, SETTINGS, who)
        assert ("one_to_one", "Cleo") in past.series
        assert found(past, text="next week") == [(3, "Next week"), (1, "Next week")]

    @pytest.mark.parametrize("who", ["Bo", ""])
    def test_for_others_it_is_not(self, workspace, who):
        past = Past.read(workspace, SETTINGS, who)
        assert list(past.series) == [("weekly", "")]
        assert found(past, text="next week") == [(1, "Next week")]


class TestSeries:
    def test_series_are_by_kind_and_person(self, past):
        assert {key: words["en"] for key, words in past.series.items()} == {
            ("weekly", ""): "Weekly sales meeting",
            ("one_to_one", "Cleo"): "One-to-one · Cleo",
        }

    def test_a_meeting_in_its_series(self, past):
        (session,) = history.sessions(past, ("weekly", ""))  # week 47 is only planned
        assert (session.meeting, session.held) == (1, date(2026, 11, 23))
        assert (session.present, session.invited, session.rating) == (2, 3, 7.5)
        assert session.decisions == ("Visit Berg",)
        assert (session.actions, session.open) == (2, 1)
