"""Targets by month in columns: of which year, in which unit, and their totals checked."""

from datetime import date
from decimal import Decimal

import pytest

from salesdash.ingest import Overrides, propose_all
from salesdash.ingest.mapping import periods
from tests.ingest import kit
from tests.ingest.test_mapping import lines
from tests.ingest.test_workbook import workbook

MONTHS = ",".join(f"{number}月" for number in range(1, 13))
NAMES = "Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec"
TENS = ",".join(["10"] * 12)


def plan(tmp_path, text: str, name: str = "targets.csv", **said):
    reading = kit.read(tmp_path, text.encode(), name)
    (mapping,) = propose_all(reading, None, None, Overrides(**said))
    return reading, mapping


def rows(tmp_path, text: str, name: str = "targets.csv", **said):
    reading, mapping = plan(tmp_path, text, name, **said)
    assert mapping.dataset == "targets"
    assert mapping.questions == ()
    return mapping, kit.clean(reading, mapping, tmp_path)


def told(mapping) -> dict[str, dict[str, object]]:
    return {problem.key.rpartition(".")[2]: problem.values for problem in mapping.warnings}


def test_the_title_says_the_year_and_the_unit(tmp_path):
    text = lines(
        "2026年销售目标（单位：万元）" + "," * 14,
        f"部门,员工,{MONTHS},年度目标",
        f"华东,张三,{TENS},120",
        f"华东,李四,{TENS},150",
    )
    mapping, result = rows(tmp_path, text, "t.csv")
    found = kit.column(result, "team", "person", "period_start", "period_end", "target")
    assert found[0] == ("华东", "张三", date(2026, 1, 1), date(2026, 1, 31), 100_000)
    assert len(found) == 24
    assert sum(row[4] for row in found) == 2 * 1_200_000  # the totals are not among them
    assert told(mapping)["title_unit"] == {"unit": "万元", "factor": 10_000}
    assert told(mapping)["year_title"] == {"year": 2026}
    assert told(mapping)["total_differs"] == {
        "column": "年度目标",
        "row": "华东 · 李四",
        "stated": 150,
        "sum": 120,
        "count": 1,
    }


@pytest.mark.parametrize("title", ["单位：千元", "Sales plan, in thousands", "业绩目标(千元)"])
def test_units_of_a_title(tmp_path, title):
    text = lines(f'"{title}",,', "Region,2026-01,2026-02", "North,1,2")
    _, result = rows(tmp_path, text)
    assert kit.column(result, "target") == [1000, 2000]


def test_a_header_with_a_unit_of_its_own_keeps_it(tmp_path):
    text = lines(
        f"年度,区域,{MONTHS.replace('月', '月(万元)')},合计(万元)", f"2026,华东,{TENS},120"
    )
    mapping, result = rows(tmp_path, text)
    assert kit.column(result, "target", "region")[0] == (100_000, "华东")
    assert told(mapping)["total_left"] == {"column": "合计(万元)"}


def test_shares_among_amounts_are_shares(tmp_path):
    text = lines(
        "销售目标（万元）,,,",
        "指标,区域,2026-01,2026-02",
        "销售额,华东,10,11",
        "毛利率,华东,35%,36%",
    )
    _, result = rows(tmp_path, text)
    assert kit.column(result, "metric", "target") == [
        ("sales", 100_000),
        ("sales", 110_000),
        ("gross_margin", Decimal("0.35")),
        ("gross_margin", Decimal("0.36")),
    ]


def test_the_name_of_the_file_says_the_year_and_the_sums_row_is_nobody(tmp_path):
    text = lines(f"Sales Rep,{NAMES},Total", f"Ann,{TENS},120", f"Total,{TENS},120")
    mapping, result = rows(tmp_path, text, "targets_2026.csv")
    assert {row[0] for row in kit.column(result, "person")} <= {"A", "Ann"}
    assert kit.column(result, "period_start")[-1] == date(2026, 12, 1)
    assert told(mapping)["year_name"] == {"year": 2026}
    assert result.counts.totals == 12


def test_the_name_of_the_sheet_comes_before_that_of_the_file(tmp_path):
    path = workbook(tmp_path, {"Plan 2027": [["Region", "Jan", "Feb"], ["North", 1, 2]]})
    target = path.rename(path.with_name("targets 2026.xlsx"))
    _, result = kit.of("targets", tmp_path, target)
    assert kit.column(result, "period_start") == [date(2027, 1, 1), date(2027, 2, 1)]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("targets.csv", ("2027", "2026", "2025")),
        ("quotas-2026-11-27.csv", ("2027", "2026", "2025")),
        ("targets 2026 or 2027.csv", ("2026", "2027")),
    ],
)
def test_a_year_that_nothing_tells_is_asked(tmp_path, name, options):
    text = lines(f"Region,{NAMES}", f"North,{TENS}")
    _, mapping = plan(tmp_path, text, name, this_year=2026)
    (question,) = mapping.questions
    assert (question.id, question.options) == ("year", options)
    _, result = rows(tmp_path, text, name, year=2025)
    assert kit.column(result, "period_start")[0] == date(2025, 1, 1)


def test_next_years_file_of_the_same_headers_is_of_next_year(tmp_path):
    text = lines(f"Region,{NAMES}", f"North,{TENS}")
    _, kept = plan(tmp_path, text, "targets 2026.csv")
    reading = kit.read(tmp_path, text.encode(), "targets 2027.csv")
    (again,) = propose_all(reading, None, kept)
    assert next(c.member for c in again.columns if c.member) == "2027-01"


def test_quarters_beside_their_months_are_sums(tmp_path):
    text = lines(
        "Team,Year,Q1,Jan,Feb,Mar,Q2,Apr,May,Jun,H1,Total", "A,2026,33,10,12,11,31,10,9,12,64,64"
    )
    mapping, result = rows(tmp_path, text)
    assert kit.column(result, "target") == [10, 12, 11, 10, 9, 12]
    columns = [p.values["column"] for p in mapping.warnings if p.key == "mapping.total_left"]
    assert columns == ["Q1", "Q2", "H1", "Total"]


def test_a_fiscal_year_that_is_just_the_sum_is_one(tmp_path):
    text = "Region,Q1 2026,Q2 2026,Q3 2026,Q4 2026,FY 2026"
    _, result = rows(tmp_path, lines(text, "North,1,2,3,4,10"))
    assert kit.column(result, "target") == [1, 2, 3, 4]
    _, result = rows(tmp_path, lines(text, "North,1,2,3,4,11"))
    assert kit.column(result, "target") == [1, 2, 3, 4, 11]


def test_quarters_in_chinese_and_a_lone_quarter(tmp_path):
    text = lines("团队,年份,第一季度,二季度,第4季度,全年", "甲,2026,1,2,4,7")
    _, result = rows(tmp_path, text)
    assert kit.column(result, "period_start", "period_end", "target") == [
        (date(2026, 1, 1), date(2026, 3, 31), 1),
        (date(2026, 4, 1), date(2026, 6, 30), 2),
        (date(2026, 10, 1), date(2026, 12, 31), 4),
    ]


def test_months_of_targets_beside_what_was_done(tmp_path):
    text = lines("员工,年份,1月目标,1月完成,2月目标,2月完成", "张三,2026,10,9,12,11")
    _, result = rows(tmp_path, text)
    assert kit.column(result, "target") == [10, 12]


def test_floor_and_stretch_stand_beside_targets_by_row_and_not_by_month(tmp_path):
    text = lines("月份,负责人,保底,目标,挑战", "2026-01,张三,80,100,120")
    _, result = rows(tmp_path, text)
    assert kit.column(result, "floor", "target", "stretch") == [(80, 100, 120)]
    wide = lines("负责人,2026-01,2026-02,保底", "张三,100,110,150")
    mapping, result = rows(tmp_path, wide)
    assert mapping.column("floor") is None
    assert kit.column(result, "target", "x_保底") == [(100, "150"), (110, "150")]


FXIAOKE = lines(
    f"年份,部门,员工,目标类型,{MONTHS},年度目标",
    f"2026,华东,张三,销售额,{TENS},120",
    f"2026,华东,张三,回款,{TENS},120",
)


def test_fxiaoke_by_kind_of_target(tmp_path):
    mapping, result = rows(tmp_path, FXIAOKE, "业绩目标.csv")
    assert mapping.profile == "fxiaoke"
    assert set(kit.column(result, "metric", "team", "person")) == {
        ("sales", "华东", "张三"),
        ("collected", "华东", "张三"),
    }


ZOHO = lines(
    "Forecast Name,Forecast Period,User,Target,Achieved,Shortfall,Target Achieved in %",
    "Sales 2026,Q1 2026,Ann,100000,90000,10000,90",
    "Sales 2026,Q2 2026,Ann,110000,90000,20000,82",
)


def test_zoho_forecasts_are_targets_of_what_is_won(tmp_path):
    mapping, result = rows(tmp_path, ZOHO, "forecast.csv")
    assert mapping.profile == "zoho"
    assert kit.column(result, "metric", "person", "period_start", "period_end", "target") == [
        ("won_amount", "Ann", date(2026, 1, 1), date(2026, 3, 31), 100_000),
        ("won_amount", "Ann", date(2026, 4, 1), date(2026, 6, 30), 110_000),
    ]


def test_quotas_by_year_quarter_and_month_are_of_the_month(tmp_path):
    text = lines(
        "Year,Quarter,Month,Quota,Closed,Committed Amount,Owned By", "2026,Q1,January,50,40,45,Ann"
    )
    _, result = rows(tmp_path, text, "forecasts.csv")
    assert kit.column(result, "period_start", "period_end", "target", "person") == [
        (date(2026, 1, 1), date(2026, 1, 31), 50, "Ann")
    ]


@pytest.mark.parametrize(
    ("header", "period"),
    [
        ("1月目标(万元)", "M01"),
        ("Jan target", "M01"),
        ("2026年1月目标", "2026年1月"),
        ("Q3 quota", "Q3"),
        ("上半年", "H1"),
        ("第三季度", "Q3"),
        ("2026 3月", "2026 3月"),
        ("1月完成", None),
        ("13月", None),
        ("h3", None),
        ("目标", None),
    ],
)
def test_periods_of_headers(header, period):
    assert periods.month_of(header) == period


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("2026-03", ("2026", {3})),
        ("2026年12月", ("2026", {12})),
        ("may 2026", ("2026", {5})),
        ("2026 mar", ("2026", {3})),
        ("2026m01", ("2026", {1})),
        ("2026q2", ("2026", {4, 5, 6})),
        ("q4 2026", ("2026", {10, 11, 12})),
        ("2026", ("2026", set(range(1, 13)))),
        ("H2", ("", set(range(7, 13)))),
        ("fy2026", None),
        ("jan-26", None),
    ],
)
def test_months_of_periods(period, months):
    assert periods.months_of(period) == months
