"""SMART over Maven's won deals: targets beside quarters summed up by pandas."""

import pandas as pd
import pytest

from tests.terminal import command

pytestmark = pytest.mark.real
TODAY = ("--today", "2017-11-15")


def lines(found):
    return {each["letter"]: (each["judgement"], each["text"]) for each in found["check"]}


def test_a_target_is_held_against_the_quarters_before(shared_data, tmp_path):
    file = shared_data / "maven_crm" / "sales_pipeline.csv"
    command(tmp_path, *TODAY, "import", file, "--dataset", "deals")
    deals = pd.read_csv(file, parse_dates=["close_date"])
    won = deals[deals["deal_stage"] == "Won"].set_index("close_date")["close_value"].sort_index()
    second, third = won["2017-04-01":"2017-06-30"].sum(), won["2017-07-01":"2017-09-30"].sum()
    assert (second, third) == (3_086_111, 2_982_255)

    check = ("goals", "check", "won_amount", "--period", "2017-Q4", "--target")
    far = command(tmp_path, *TODAY, *check, "4900000")
    # won deals begin in March, so the first quarter is none: two complete quarters
    assert [(u["from"], u["value"]) for u in far["history"]["units"]] == [
        ("2017-04-01", second),
        ("2017-07-01", third),
    ]
    assert far["history"]["rows"] == len(deals)
    assert lines(far)["achievable"] == (
        "warning",
        "1.6× your best quarter (Q2 2017: $3.09M), "
        f"+{(4_900_000 / third - 1) * 100:.1f}% on the quarter before ($2.98M), "
        "only 2 quarters before it: too few to judge.",
    )

    month = ("goals", "check", "won_amount", "--period", "2017-12", "--target", "1200000")
    found = command(tmp_path, *TODAY, *month)
    months = won["2017-03-01":"2017-10-31"].resample("MS").sum()
    assert [unit["value"] for unit in found["history"]["units"]] == list(months)
    # 0.70, 0.72, 0.73, 1.03, 1.05 and 1.13 million lie below, 1.24 and 1.34 million above
    assert int((months < 1_200_000).sum()) == 6
    judgement, text = lines(found)["achievable"]
    assert (judgement, text) == ("good", "Better than 6 of the last 8 months.")
