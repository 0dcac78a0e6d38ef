"""What a dry run saw, in words, from the document alone."""

from decimal import Decimal

import pytest

from salesdash.cli import show_picture

NOTHING = {"months": [], "gaps": [], "suspicious": [], "unmatched": [], "repeats": 0}


def month(name, rows, **more):
    amounts = {"before": None, "after": None, "restated": False, **more}
    return {"month": name, "rows_before": rows[0], "rows_after": rows[1], **amounts}


def text(lang="en", **seen):
    return "\n".join(show_picture.lines({**NOTHING, **seen}, lang))


def test_nothing_seen_nothing_said():
    assert text() == ""


def test_months_of_rows_where_nothing_has_an_amount():
    told = text(months=[month("2026-01-01", (0, 4)), month("2026-02-01", (2, 1))])
    assert "Jan 2026          0                4      +4" in told
    assert "Feb 2026          2                1      −1" in told


def test_the_last_year_of_months():
    months = [month(f"{year}-{n:02}-01", (0, 1)) for year in (2024, 2025) for n in range(1, 13)]
    told = text(months=months)
    assert "Jan 2025" in told
    assert "2024" not in told


@pytest.mark.parametrize(
    ("lang", "days", "months", "outlier"),
    [
        (
            "en",
            "no rows, 24 Dec 2025 – 3 Jan 2026",
            "no rows, 1 Feb – 31 Mar 2026",
            "1 row: Amount far outside: below 0.50 or above 2,000.00 (record 1,234)",
        ),
        (
            "zh",
            "没有数据：2025年12月24日–2026年1月3日",
            "没有数据：2026年2月1日–3月31日",
            "1 行：金额明显偏离：低于 0.50 或高于 2,000.00(第 1,234 条)",
        ),
    ],
)
def test_gaps_and_odd_values(lang, days, months, outlier):
    gaps = [
        {"from": "2025-12-24", "to": "2026-01-03", "grain": "day"},
        {"from": "2026-02-01", "to": "2026-03-31", "grain": "month"},
    ]
    odd = {
        "what": "outlier",
        "field": "amount",
        "rows": 1,
        "total": Decimal(5000),
        "below": Decimal("0.5"),
        "above": Decimal(2000),
        "samples": [{"sheet": 0, "record": 1234, "value": Decimal(5000)}],
    }
    told = text(lang, gaps=gaps, suspicious=[odd])
    assert [line for line in (days, months, outlier) if line not in told] == []


def test_shares_have_no_money():
    odd = {"what": "share", "field": "discount", "rows": 2, "total": Decimal(3), "below": None,
           "above": None, "samples": []}  # fmt: skip
    assert "2 rows: Discount below 0% or above 100%" in text(suspicious=[odd])


def test_keys_that_mean_nothing_known():
    key = {"key": "Tea", "rows": 1200, "amount": None, "nearest": None, "same": False}
    told = text(unmatched=[{"field": "product", "found": [key]}])
    assert "Tea          Product  1,200       —" in told
