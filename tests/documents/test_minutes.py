"""Minutes as Markdown: the same minutes, the same text; what people typed stays what it is."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from salesdash import documents
from salesdash.analysis.answers import Reason
from salesdash.analysis.minutes import Mark
from salesdash.documents.writers.markdown import plain
from salesdash.metrics import Words
from salesdash.periods import Period
from salesdash.workspace import Goal, Priority, Standing, Terms
from tests.analysis.company import sale, settings
from tests.analysis.meeting import MONDAY, action, agenda, built, held, line, text
from tests.warehouse.build import build

ROWS = (
    sale("2026-11-10", 80, document="A", region="North"),
    sale("2026-11-17", 100, document="B", region="North"),
)


def minutes(**more):
    return built(build(ROWS), **more)


def written(lang: str = "en", **more) -> str:
    return documents.markdown(minutes(**more), lang)


def test_it_holds_figures_texts_and_actions():
    goal = Goal(
        Terms("sales", Period.through(date(2026, 11, 1), date(2026, 11, 30)), Decimal(1000)),
        1,
        1,
        "Ana",
    )
    said = written(
        texts=(text(11, "note", "Two orders\n- North\n- South"), text(11, "decision", "Call")),
        actions=(
            action(1, "Call Bergmann", line=11, meeting=2, made_at=MONDAY, due=date(2026, 11, 27)),
            action(2, "Old one", due=date(2026, 11, 20), priority=Priority.HIGH),
            action(4, "Aimed", line=11, meeting=2, metric="sales", expected=Decimal(50)),
            action(3, "Nobody's", line=15, meeting=2, owner="", state=Standing.DONE),
        ),
        present=("Ana", "Bo"),
        goals=(goal,),
    )
    assert said.startswith("# Weekly · 16–22 Nov 2026\n\nfigures as of import 1 · opened 23 Nov")
    assert "Present: Ana, Bo" in said
    assert "| sales | $100.00 | +25.0% vs period before |  |" in said
    assert "**Notes**\n\nTwo orders  \n- North  \n- South" in said
    assert "**Decision**\n\nCall" in said
    assert "- [ ] Call Bergmann — Bo, by 27 Nov 2026" in said
    assert "- [ ] Old one — Bo, high priority, overdue since 20 Nov 2026" in said
    assert "- [ ] Aimed — Bo, sales: +$50.00" in said
    assert "- [x] Nobody" in said
    assert "| sales | 1–30 Nov 2026 | 18.0% |" in said
    assert "## 6. Next week" in said


def test_an_empty_line_says_so_and_the_figures_say_what_they_mean():
    said = written()
    assert "Nothing was noted." in said
    assert "What the figures mean (settings " in said


def test_the_same_minutes_are_the_same_text_in_each_language():
    found = replace(minutes(), closed=Mark("Ana", MONDAY))
    for lang in ("en", "zh"):
        assert documents.markdown(found, lang) == documents.markdown(found, lang)
    assert "结束" in documents.markdown(found, "zh")
    assert "closed 23 Nov 2026 09:00 by Ana" in documents.markdown(found, "en")


def test_markup_in_what_people_wrote_stays_text():
    nasty = "![x](http://example.invalid/p.png)"
    said = written(
        texts=(text(11, "note", f"{nasty}\n- {nasty}"),),
        actions=(action(1, nasty, line=11, meeting=2, owner="*Bo*"),),
        present=(nasty,),
    )
    assert "![x](" not in said
    assert "\\*Bo\\*" in said


def test_a_goal_of_any_metric_is_called_by_its_name() -> None:
    known = settings()
    named = replace(known.metrics["units"], name=Words("Pieces", "件数"))
    known = replace(known, metrics={**known.metrics, "units": named})
    period = Period.through(date(2026, 11, 1), date(2026, 11, 30))
    goal = Goal(Terms("units", period, Decimal(5)), 1, 1, "Ana")
    found = built(build(ROWS), known, goals=(goal,))
    assert "| Pieces |" in documents.markdown(found, "en")
    assert "| 件数 |" in documents.markdown(found, "zh")


def test_a_figure_that_is_blank_says_why() -> None:
    said = documents.markdown(built(build(())), "en")
    assert "| sales | — |" in said
    first = documents.markdown(built(build(ROWS[1:])), "en")
    assert "nothing to compare with, data begin on" in first


def test_a_figure_too_young_to_judge_says_so() -> None:
    found = minutes()
    young = Reason("metrics.note.maturing", (("days", 40),))
    tile = replace(found.lines[0].tiles[0], change=None, maturing=young)
    line = replace(found.lines[0], tiles=(tile,))
    said = documents.markdown(replace(found, lines=(line,)), "en")
    assert "| sales | $100.00 | Still maturing: 9 of 10 took up to 40 days" in said


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("# big", "\\# big"),
        ("- item", "\\- item"),
        ("12. item", "12\\. item"),
        ("1.5 million - 20%", "1.5 million - 20%"),
        ("a|b <i> *x* [y](z)", "a\\|b \\<i\\> \\*x\\* \\[y\\](z)"),
        ("two\nlines\u202e", "two lines"),
    ],
)
def test_words_from_outside_are_no_markup(typed: str, shown: str) -> None:
    assert plain(typed) == shown


def test_what_was_restated_stands_with_its_rows_and_their_import():
    rows = (
        sale("2026-11-10", 80, document="A", valid_to=2),
        sale("2026-11-10", 95, document="A", customer_name="Ada | Ltd", event=2),
        sale("2026-11-11", 7, document="B", event=3),
        sale("2026-11-17", 100, document="C", event=2),
    )
    earlier = {"first_day": date(2026, 11, 9), "last_day": date(2026, 11, 15)}
    before = held(1, datetime(2026, 11, 16, 9, 0), 1, **earlier)
    own = held(2, MONDAY, 3)
    many = {"lines": (*agenda(), line(30, "restated", 7)), "meetings": (before, own)}
    found = built(build(rows), meeting=own, **many)
    english, chinese = (documents.markdown(found, lang) for lang in ("en", "zh"))
    assert "2 figures are different from what was shown: 2 changes by 0 imports." in english
    assert "| Week 46, 2026 | sales | $80.00 | $102.00 | +$22.00 |" in english
    assert (
        "| Week 46, 2026 | A · Ada \\| Ltd | Amount $80.00 → $95.00,"
        " customer name Ada \\| Ltd | +$15.00 |" in english
    )
    assert "2026年第46周" in chinese
    assert "| 金额 $80.00 → $95.00、" in chinese
    first = replace(found, lines=tuple(each for each in found.lines if each.line != 30))
    assert "different from what was shown" not in documents.markdown(first, "en")


def test_a_goal_that_is_behind_says_by_whom():
    """November a year before: North 60, South 40 of 100; now North 10, South 45."""
    rows = (
        sale("2025-01-01", 1, region="North"),
        sale("2025-11-05", 60, region="North"),
        sale("2025-11-06", 40, region="South"),
        sale("2026-11-05", 10, region="North"),
        sale("2026-11-20", 45, region="South"),
    )
    november = Period.through(date(2026, 11, 1), date(2026, 11, 30))
    goal = Goal(Terms("sales", november, Decimal(140)), 1, 1, "Ana")
    found = built(build(rows), goals=(goal,))
    said = documents.markdown(found, "en")
    # months before had all of it by now: 140 is expected, 84 of it from North
    assert "Off pace · $85.00 behind pace · North −$74.00, 87% of the gap" in said
    assert "each against the share it had on the same days a year before" in said
    assert "占缺口的 87%" in documents.markdown(found, "zh")
