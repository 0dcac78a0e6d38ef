"""The command `forecast` by the terminal: files and metrics, as JSON and in words."""

import zipfile

import pytest

from salesdash.cli import main
from salesdash.commands.replies import loads

TREND = [100 + 2 * n + (15, -15, 0)[n % 3] for n in range(48)]


@pytest.fixture
def terminal(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(line, *, json=True, lang="en"):
        argv = ["--home", "home", "--lang", lang, "--today", "2026-03-20", *line.split()]
        code = main([*argv, "--json"] if json else argv, None)
        out, err = capsys.readouterr()
        return code, loads(out) if json else out, err

    rows = [f"{2022 + n // 12}-{n % 12 + 1:02},{value}" for n, value in enumerate(TREND)]
    (tmp_path / "history.csv").write_text("\n".join(["month,value", *rows]) + "\n")
    regions = ("South", "North")
    lines = [f"{row.replace(',', '-02,')},{regions[n % 2]}" for n, row in enumerate(rows)]
    lines += ["2026-01-05,190,North", "2026-02-09,195,South", "2026-03-16,20,North"]
    (tmp_path / "orders.csv").write_text("\n".join(["Date,Amount,Region", *lines]) + "\n")
    return run


def test_a_file(terminal):
    code, found, _ = terminal("forecast history.csv --horizon 3")
    assert code == 0
    assert (found["file"], found["grain"], found["season"]) == ("history.csv", "month", 12)
    assert [point["period"] for point in found["points"]] == ["2026-01", "2026-02", "2026-03"]
    assert found["points"][0]["first_day"] == "2026-01-01"
    for point, n in zip(found["points"], (48, 49, 50), strict=True):
        assert float(point["mean"]) == pytest.approx(100 + 2 * n + (15, -15, 0)[n % 3], rel=0.03)
        assert point["low_80"] <= point["low_50"] <= point["mean"]
        assert point["mean"] <= point["high_50"] <= point["high_80"]
    assert 0 < found["error"]["smape"] < 10
    assert 0 <= found["coverage"] <= 1
    assert {each["model"] for each in found["tried"]} >= {"theta", "holt_winters", "average"}
    assert found["history"][-1] == {"period": "2025-12", "first_day": "2025-12-01", "value": 194.0}
    assert found["notes"] == []


def test_the_next_month_does_not_depend_on_how_many_are_asked_for(terminal):
    one, twelve = (terminal(f"forecast history.csv --horizon {n}")[1] for n in (1, 12))
    assert one["points"][0] == twelve["points"][0]
    assert len(terminal("forecast history.csv")[1]["points"]) == 12
    assert len(terminal("forecast history.csv --grain quarter")[1]["points"]) == 4


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", ("80 % interval", "Model: ", "2026-01")), ("zh", ("80% 区间", "模型：", "2026-01"))],
)
def test_in_words(terminal, lang, words):
    code, text, _ = terminal("forecast history.csv --horizon 2", json=False, lang=lang)
    assert code == 0
    assert all(word in text for word in words)
    assert "{" not in text
    assert "forecast." not in text


def test_a_metric(terminal):
    assert terminal("import orders.csv")[0] == 0
    code, found, err = terminal("forecast sales --horizon 2")
    assert (code, err) == (0, "")
    assert (found["metric"], found["grain"], found["data_edge"]) == ("sales", "month", "2026-03-16")
    assert [point["period"] for point in found["points"]] == ["2026-03", "2026-04"]
    asked = terminal("query sales --grain month")[1]["rows"]
    assert [each["value"] for each in found["history"]] == [value for _, value in asked[:-1]]
    assert "2026-03 still runs" in found["notes"][0]
    north = terminal("forecast sales --where region=North --grain quarter")[1]
    assert north["filters"][0]["values"] == ["North"]
    text = terminal("forecast sales --where region=North", json=False)[1]
    assert text.startswith("Sales · North by month")


def test_a_file_called_like_a_metric_needs_its_folder(terminal, tmp_path):
    (tmp_path / "sales").write_text((tmp_path / "history.csv").read_text())
    (tmp_path / "plain").write_text((tmp_path / "history.csv").read_text())
    assert terminal("forecast sales")[0] == 1  # the metric, of an empty home
    assert terminal("forecast ./sales")[1]["file"] == "sales"
    assert terminal("forecast plain")[1]["file"] == "plain"


@pytest.mark.parametrize(
    ("line", "exit", "key"),
    [
        ("history.csv --where region=North", 2, "foresight.where"),
        ("history.csv --horizon 0", 2, "foresight.horizon"),
        ("history.csv --horizon 1001", 2, "foresight.horizon"),
        ("history.csv --grain hour", 2, "usage.choice"),
        ("history.csv --grain day", 1, "tabled.finer"),
        ("history.csv --dates xyz", 2, "usage.choice"),
        ("history.csv --grain year", 0, None),
        ("absent.csv", 1, "file.not_found"),
        ("nothing", 2, "metric.unknown"),
        ("pipeline_coverage", 2, "foresight.plan"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_goes_wrong(terminal, line, exit, key, lang):  # noqa: A002 - what it is
    code, found, err = terminal(f"forecast {line}", lang=lang)
    assert code == exit, found
    if key:
        assert found["error"]["key"] == key, found
        assert found["error"]["text"] in err
        assert "{" not in err


def test_too_short_a_file_is_named(terminal, tmp_path):
    (tmp_path / "short.csv").write_text("month,v\n2024-01,1\n2024-02,2\n")
    code, found, _ = terminal("forecast short.csv")
    assert code == 1
    assert found["error"]["place"] == {"file": "short.csv"}


def test_an_archive_of_several_is_not_chosen_from(terminal, tmp_path):
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as out:
        for name in ("a.csv", "b.csv"):
            out.write(tmp_path / "history.csv", name)
    assert terminal("forecast two.zip")[1]["error"]["key"] == "dated.several"


def test_a_history_that_was_never_wrong_in_words(terminal, tmp_path):
    rows = [f"2024-{month:02},{5}" for month in range(1, 10)]
    (tmp_path / "flat.csv").write_text("\n".join(["month,v", *rows]) + "\n")
    text = terminal("forecast flat.csv --horizon 1", json=False)[1]
    assert "MASE" not in text
    assert text.splitlines()[4].split() == ["2024-10", "5", "5", "–", "5", "5", "–", "5"]
