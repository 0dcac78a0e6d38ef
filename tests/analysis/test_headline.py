"""The sentence, read as people read it."""

from dataclasses import replace
from datetime import date

import pytest

from salesdash.analysis import headline
from salesdash.analysis.answers import Figure, Reason
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.periods import Comparison, Grain, Period, Window
from tests.analysis.tiles import NOTHING, TODAY, movers, selection, tile

NAMES = {
    "en": (("sales", "Sales"), ("orders", "Orders"), ("margin", "Gross margin")),
    "zh": (("sales", "销售额"), ("orders", "订单数"), ("margin", "毛利率")),
}


def say(lang, tiles, moved=None, chosen=None, today=TODAY):
    words = Words(lang, "USD" if lang == "en" else "CNY", names=NAMES[lang])
    sentence, lead = headline.build(chosen or selection(), today, tiles, moved)
    return words.tell(sentence), words.tell(lead) if lead else None


def test_the_sentence_of_the_design():
    tiles = [tile(now=921, then=1000)]
    moved = movers(("North", 300, -71), ("West", 100, -20), ("…", 600, 12))  # 71 / 79 = 90 %
    assert say("en", tiles, moved)[0] == (
        "Sales are 7.9% below last year this quarter; North explains 90% of it."
    )
    assert say("zh", tiles, moved)[0] == "本季销售额同比下降 7.9%，North占其中 90%。"


def test_more_than_all_is_all():
    moved = movers(("North", 300, -90), ("West", 100, 11))
    assert say("en", [tile(now=921, then=1000)], moved)[0].endswith("; North explains all of it.")


def test_silent_below_thirty_per_cent():
    moved = movers(("A", 50, -29), ("B", 50, -25), ("C", 50, -25), ("D", 50, -21))
    assert say("en", [tile(now=900, then=1000)], moved)[0] == (
        "Sales are 10.0% below last year this quarter."
    )


def test_a_member_without_a_name_has_words():
    moved = movers(("", 300, -79))
    assert "(empty) explains all" in say("en", [tile(now=921, then=1000)], moved)[0]


@pytest.mark.parametrize(
    ("now", "then", "en", "zh"),
    [
        (1120, 1000, "Sales are 12.0% above last year this quarter.", "本季销售额同比增长 12.0%。"),
        (1004, 1000, "Sales are level with last year this quarter.", "本季销售额与去年同期持平。"),
        (1000, None, "Sales are $1,000 this quarter.", "本季销售额为 ¥1,000。"),
        (None, 1000, "Sales: no data this quarter.", "本季暂无销售额数据。"),
        (1000, 0, "Sales: +$1,000 vs last year this quarter.", "本季销售额同比 +¥1,000。"),
    ],
)
def test_level_alone_empty_and_without_a_ratio(now, then, en, zh):
    moved = movers(("North", 300, -79))
    tiles = [tile(now=now, then=then)]
    said = [say(lang, tiles, moved if now == 1004 else None)[0] for lang in ("en", "zh")]
    assert said == [en, zh]


def test_nothing_chosen_nothing_said():
    assert say("en", []) == ("No key figures are chosen in config.yaml.", None)


def test_without_comparison_the_figure_is_stated():
    tiles = [replace(tile(now=1000), change=None)]
    sentence, lead = headline.build(selection(Comparison.NONE), TODAY, tiles, None)
    assert (sentence.key, lead) == ("analysis.headline.stated", None)


def test_why_there_is_nothing_to_compare_with():
    one = tile(now=1000)
    assert one.change is not None
    blank = replace(one, change=replace(one.change, then=Figure(None, NOTHING)))
    assert say("en", [blank])[1] == "nothing to compare with, data begin on 1 Jan 2026"


def test_one_metric_is_not_many():
    share = tile("margin", "0.24", "0.30", unit=Unit.SHARE)
    assert say("en", [share])[0] == "Gross margin: −6.0 pp vs last year this quarter."
    one = tile("margin", 9, 10)
    assert say("en", [one])[0] == "Gross margin is 10.0% below last year this quarter."


def test_the_lead_names_the_largest_moves_in_order():
    tiles = [
        tile(now=1000, then=1000),
        tile("orders", 94, 100),
        tile("margin", "0.29", "0.30", unit=Unit.SHARE),
        tile("aov", 1001, 1000),  # moved too little
        tile("empty"),
    ]
    assert say("en", tiles)[1] == "Orders −6.0%, gross margin −1.0 pp."
    assert say("zh", tiles)[1] == "订单数 −6.0%，毛利率 −1.0 个百分点。"


@pytest.mark.parametrize(
    ("window", "today", "words"),
    [
        (None, TODAY, "over all dates"),
        (Window(Period(date(2026, 3, 1), date(2026, 3, 11))), TODAY, "1–10 Mar"),
        (
            Window(
                Period(date(2011, 12, 1), date(2011, 12, 10)),
                Grain.MONTH,
                Period(date(2011, 12, 1), date(2012, 1, 1)),
                to_date=True,
            ),
            TODAY,
            "in Dec 2011",
        ),
    ],
)
def test_when(window, today, words):
    chosen = replace(selection(), window=window)
    said = say("en", [tile(now=12, then=10)], chosen=chosen, today=today)[0]
    assert words in said


def test_all_dates_is_a_reason():
    assert headline.when(None, TODAY) == Reason("analysis.when.all")
