import re
from xml.etree import ElementTree

import pytest
import vl_convert

from salesdash import formats

TICKS = [-20_000, 0, 500, 2_000, 12_500, 999_000, 2_000_000, 40_000_000, 150_000_000, 2.5e12]
MARK = "{http://www.w3.org/2000/svg}text"


def drawn(values: list[float], expression: str) -> list[str]:
    """What Vega writes for each value: marks labelled by the expression."""
    spec = {
        "data": {"values": [{"n": n, "v": v} for n, v in enumerate(values)]},
        "transform": [{"calculate": expression, "as": "label"}],
        "mark": "text",
        "encoding": {
            "y": {"field": "n", "type": "ordinal", "axis": None},
            "text": {"field": "label"},
        },
    }
    tree = ElementTree.fromstring(vl_convert.vegalite_to_svg(spec))
    return [node.text or "" for node in tree.iter(MARK)]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("unit", ["money", "count"])
def test_vega_writes_ticks_as_we_do(unit, lang):
    expression = formats.label_expr(unit, lang, "datum.v")
    expected = [formats.value(tick, unit, "CNY", lang, "axis") for tick in TICKS]
    assert drawn(TICKS, expression) == expected


@pytest.mark.parametrize("unit", ["share", "days", "multiple"])
def test_vega_writes_ratios_as_we_do(unit):
    ticks = [-0.05, 0, 0.125, 0.3, 1.5]
    expected = [formats.value(tick, unit, None, "en", "axis") for tick in ticks]
    assert drawn(ticks, formats.label_expr(unit, "en", "datum.v")) == expected


def test_the_expression_reads_the_tick_of_an_axis():
    assert re.fullmatch(
        r"format\(datum\.value \* 100, .*\) \+ '%'", formats.label_expr("share", "en")
    )


def test_time_locale_has_all_that_vega_asks_for():
    english, chinese = formats.time_locale("en"), formats.time_locale("zh")
    assert set(english) == set(chinese) == {
        "dateTime", "date", "time", "periods", "days", "shortDays", "months", "shortMonths",
    }  # fmt: skip
    assert (english["shortDays"][0], chinese["shortDays"][0]) == ("Sun", "周日")
    assert (english["months"][9], chinese["months"][9]) == ("Oct", "10月")
    assert (english["periods"], chinese["periods"]) == (["AM", "PM"], ["上午", "下午"])
