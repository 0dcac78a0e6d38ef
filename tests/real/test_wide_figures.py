"""Weekly revenue with spend by channel beside it, imported twice, against pandas."""

import pandas as pd
import pytest

from tests.terminal import command

pytestmark = pytest.mark.real


def test_revenue_and_what_each_channel_cost(shared_data, tmp_path):
    source = shared_data / "robyn" / "dt_simulated_weekly.csv"
    command(tmp_path, "import", source)
    weeks = pd.read_csv(source)
    (revenue,) = command(tmp_path, "query", "sales")["rows"][0]
    assert float(revenue) == pytest.approx(weeks["revenue"].sum())
    assert round(revenue) == 379_005_697
    spent = dict(command(tmp_path, "query", "cost", "--by", "channel")["rows"])
    assert {channel: round(cost) for channel, cost in spent.items()} == {
        "tv": 3_087_488,
        "ooh": 8_989_332,
        "print": 775_556,
        "search": 1_230_427,
        "facebook": 446_297,
    }
    for channel, cost in spent.items():
        assert float(cost) == pytest.approx(weeks[f"{channel}_S"].sum())


def test_the_next_export_is_mapped_as_the_last_one_was(shared_data, tmp_path):
    source = shared_data / "robyn" / "dt_simulated_weekly.csv"
    weeks = pd.read_csv(source, dtype=str, keep_default_na=False)
    weeks.loc[3, ["revenue", "tv_S"]] = ["1000", "5"]
    later, home = tmp_path / "later.csv", tmp_path / "home"
    weeks.to_csv(later, index=False)
    first = command(home, "import", source)
    second = command(home, "import", later, "--mode", "replace")
    for before, after in zip(first["parts"], second["parts"], strict=True):
        assert [{**column, "how": ""} for column in after["columns"]] == [
            {**column, "how": ""} for column in before["columns"]
        ]
        assert {c["how"] for c in after["columns"] if c["field"]} == {"memory"}
        counts = after[
            "counts"
        ]  # rows without a number are not told apart: their days are replaced
        assert counts["new"] == counts["vanished"] == counts["loaded"] == before["counts"]["new"]
    assert not any(column["extra"] for column in second["parts"][1]["columns"])
    total = command(home, "query", "sales", "cost")["total"]
    spend = [name for name in weeks.columns if name.endswith("_S")]
    assert float(total["sales"]) == pytest.approx(weeks["revenue"].astype(float).sum())
    assert float(total["cost"]) == pytest.approx(weeks[spend].astype(float).sum().sum())
    again = command(home, "import", "--dry-run", later)
    assert again["duplicate_of"] == second["event"]
