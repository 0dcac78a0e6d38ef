"""What was restated as tables, for reading and exact for a file."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from salesdash.analysis.answers import Figure, Reason
from salesdash.analysis.restatement import (
    RestatedBy,
    RestatedEffect,
    RestatedField,
    RestatedFile,
    RestatedList,
    RestatedTotal,
    RestatedUnit,
    Restatement,
)
from salesdash.charts import Words, restated
from salesdash.metrics import Unit
from salesdash.periods import Grain, Period, Window

EN = Words("en", "USD", names=(("sales", "Sales"), ("orders", "Orders"), ("rate", "Win rate")))
ZH = Words("zh", "CNY", names=(("sales", "销售额"), ("orders", "订单数")))
WEEK = Period(date(2026, 11, 16), date(2026, 11, 23))
WINDOW = Window(WEEK, Grain.WEEK, WEEK)
AT = datetime(2026, 11, 24, 9, 5)
FILE = RestatedBy(7, "import", "late.csv", "Ana", AT)
UNDO = RestatedBy(8, "undo", "early.csv", "Bo", AT, 5)
EDIT = RestatedBy(9, "edit", "", "Bo", AT)
SALES = (("sales", Unit.MONEY), ("orders", Unit.COUNT))


def effects(money: str, count: int) -> tuple[RestatedEffect, ...]:
    return RestatedEffect("sales", Decimal(money)), RestatedEffect("orders", count)


LATE = RestatedUnit(
    WINDOW,
    "late",
    "A-1",
    (7, 0, 3),
    "Ada Ltd",
    (RestatedField("amount", None, Decimal("1234.5")),),
    effects("1234.5", 1),
    (FILE,),
)
GONE = RestatedUnit(
    WINDOW,
    "gone",
    None,
    (None, 0, 4),
    None,
    (RestatedField("order_date", date(2026, 11, 17), None),),
    effects("-30", 0),
    (FILE, UNDO),
)
LIST = RestatedList(
    "sales",
    SALES,
    (LATE, GONE),
    2,
    effects("-10.25", 0),
    (RestatedFile((FILE,), (("late", 1), ("gone", 3)), effects("1194.25", 1)),),
)
TOTALS = (
    RestatedTotal(
        "sales",
        Unit.MONEY,
        WINDOW,
        Figure(Decimal(100)),
        Figure(Decimal("1294.25")),
        Decimal("1194.25"),
    ),
    RestatedTotal("rate", Unit.SHARE, WINDOW, Figure(0.5), Figure(0.525)),
)
ANSWER = Restatement(Reason("restated.nothing"), AT, (1, 8), ("sales",), (WINDOW,), TOTALS, (LIST,))


def test_figures_then_and_now_with_their_difference_to_the_cent():
    table = restated.totals(ANSWER, EN)
    assert [column.name for column in table.columns] == [
        "Period",
        "Figure",
        "As shown",
        "Now",
        "Difference",
    ]
    assert table.shown == (
        ("Week 47, 2026", "Sales", "$100.00", "$1,294.25", "+$1,194.25"),
        ("", "Win rate", "50.00%", "52.50%", "+2.5 pp"),
    )
    assert table.rows[0] == (
        "2026-11-16",
        "Sales",
        Decimal(100),
        Decimal("1294.25"),
        Decimal("1194.25"),
    )


def test_notes_tell_ratios_and_what_rows_leave_over():
    ratio = "Win rate: of all rows together, so that no row has a part in the difference"
    assert restated.notes(ANSWER, EN) == (ratio,)
    over = replace(ANSWER, totals=(replace(TOTALS[0], rest=Decimal(-3)),))
    (told,) = restated.notes(over, EN)
    assert told.startswith("Sales, Week 47, 2026: −$3.00 of the difference come from")


def test_a_figure_that_is_blank_on_both_sides_has_no_difference():
    blank = replace(TOTALS[0], then=Figure(None), now=Figure(None))
    table = restated.totals(replace(ANSWER, totals=(blank,)), EN)
    assert table.shown[0][2:] == ("—", "—", "")


def test_rows_say_what_happened_and_by_which_file_where_there_are_several():
    several = replace(LIST, files=LIST.files * 2)
    table = restated.units(several, EN)
    alone = restated.units(LIST, EN)
    assert alone.shown == tuple(cells[:-1] for cells in table.shown)
    assert [column.name for column in alone.columns] == [c.name for c in table.columns][:-1]
    assert [column.name for column in table.columns][3:5] == ["Sales", "Orders"]
    assert table.shown == (
        (
            "Week 47, 2026",
            "A-1 · Ada Ltd",
            "Came late, amount $1,234.50",
            "+$1,234.50",
            "+1",
            "late.csv, import 7, Ana, 24 Nov",
        ),
        (
            "Week 47, 2026",
            "Row 4",
            "No longer there, order date 17 Nov",
            "−$30.00",
            "",
            "late.csv, import 7, Ana, 24 Nov → Import 5 taken back (early.csv), Bo, 24 Nov",
        ),
    )
    assert restated.units(LIST, ZH).shown[0][2] == "补录、金额 ¥1,234.50"


def test_other_kinds_of_rows_and_events_have_words_too():
    kept = replace(GONE, place=(7, 0, 4))
    assert restated.row(kept, EN) == "Row 4 of import 7"
    assert restated.by((EDIT,), EN) == "Edit by hand, Bo, 24 Nov"
    stage = replace(LATE, how="status", fields=(RestatedField("stage", "Offer", "Won"),))
    assert restated.happened(stage, EN) == "Stage Offer → Won"
    assert restated.happened(replace(stage, fields=()), EN) == "Other state"


def test_others_and_files_are_summed():
    assert restated.others(LIST, EN) == "and 2 others: Sales −$10.25"
    alone = replace(LIST, rest=effects("0", 0))
    assert restated.others(alone, EN) == "and 2 others without effect on these figures"
    assert restated.others(replace(LIST, others=0), EN) == ""
    assert restated.files(LIST, EN) == (
        "late.csv, import 7, Ana, 24 Nov: 1 came late, 3 no longer there"
        " · Sales +$1,194.25, Orders +1",
    )


def test_a_file_has_every_row_exactly():
    table = restated.everything([("sales", LATE), ("sales", GONE)], EN)
    heads = [column.name for column in table.columns]
    first = dict(zip(heads, table.rows[0], strict=True))
    assert (first["Row"], first["Figure"], first["Effect"]) == (
        "A-1 · Ada Ltd",
        "Sales",
        Decimal("1234.5"),
    )
    assert (first["File"], first["Who"], first["When"]) == ("late.csv", "Ana", "2026-11-24 09:05")
    last = dict(zip(heads, table.rows[-1], strict=True))
    assert (last["Field"], last["Then"], last["Now"]) == ("Order date", "2026-11-17", None)
    assert len(table.rows) == 6  # two figures and a field for each of the two
    unknown = restated.everything([("sales", replace(LATE, by=()))], EN)
    assert unknown.rows[0][-4:] == (None,) * 4
