"""The command `drivers` by the terminal: files and metrics, as JSON and in words."""

import random

import pytest

from salesdash.cli import main
from salesdash.commands.replies import loads

REGIONS, PRODUCTS = ("North", "South", "East", "West"), ("Desk", "Lamp", "Chair", "Shelf", "Sofa")
TODAY = "2026-03-20"


def cells(noise=0.01):
    """(region, product, before, after): 1000 each, blurred; all of West fell by half."""
    draw = random.Random(5)
    for region in REGIONS:
        for product in PRODUCTS:
            after = 1000 * (1 + draw.uniform(-noise, noise)) * (0.5 if region == "West" else 1)
            yield region, product, 1000.0, round(after, 2)


@pytest.fixture
def terminal(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(line, *, json=True, lang="en"):
        argv = ["--home", "home", "--lang", lang, "--today", TODAY, *line.split()]
        code = main([*argv, "--json"] if json else argv, None)
        out, err = capsys.readouterr()
        return code, loads(out) if json else out, err

    rows = [",".join(map(str, row)) for row in cells()]
    (tmp_path / "plain.csv").write_text("\n".join(["region,product,before,after", *rows]) + "\n")
    return run


def test_a_file_of_cells(terminal):
    code, found, _ = terminal("drivers plain.csv")
    after = sum(row[3] for row in cells() if row[0] == "West")
    assert code == 0
    assert (found["file"], found["before"], found["after"]) == ("plain.csv", "before", "after")
    (west,) = found["drivers"]
    assert west["conditions"] == {"region": "West"}
    assert west["before"] == 5000
    assert float(west["after"]) == pytest.approx(after, abs=0.005)
    parts = [*found["drivers"], found["rest"]]
    for name in ("before", "after", "change"):
        assert sum(round(100 * float(part[name])) for part in parts) == round(
            100 * float(found["total"][name])
        )
    assert sum(part["share"] for part in parts) == pytest.approx(1)
    assert found["silent"] is False
    assert found["searched"]["dimensions"] == ["region", "product"]


@pytest.mark.parametrize(
    "head",
    [
        "region,product,Sales (last year),Sales this year",
        "region,product,2024,2025",
        "地区,产品,去年销售额,本年销售额",
        "region,product,q_then,q_now",
        "region,product,x,y",  # the only columns of figures, in their order
    ],
)
def test_sides_by_their_names(terminal, tmp_path, head):
    rows = [",".join(map(str, row)) for row in cells()]
    (tmp_path / "named.csv").write_text("\n".join([head, *rows]) + "\n")
    found = terminal("drivers named.csv")[1]
    assert (found["before"], found["after"]) == tuple(head.split(",")[2:])
    assert [list(each["conditions"].values()) for each in found["drivers"]] == [["West"]]


def test_sides_that_stand_the_other_way_round(terminal, tmp_path):
    rows = [",".join(map(str, (a, b, d, c, 5, 7.5))) for a, b, c, d in cells()]
    head = "region,product,2025,2024,units,price"
    (tmp_path / "turned.csv").write_text("\n".join([head, *rows]) + "\n")
    code, found, _ = terminal("drivers turned.csv")
    assert (code, found["error"]["key"]) == (1, "sides.which")
    found = terminal("drivers turned.csv --before 2024 --after 2025")[1]
    assert [list(each["conditions"].values()) for each in found["drivers"]] == [["West"]]
    assert float(found["total"]["before"]) == 20_000


def test_a_file_of_single_orders(terminal, tmp_path):
    draw, rows = random.Random(2), []
    for number in range(2400):
        region, product = draw.choice(REGIONS), draw.choice(PRODUCTS)
        amount = draw.uniform(50, 150) * (0.4 if number % 2 and product == "Sofa" else 1)
        sides = ("", f"{amount:.2f}") if number % 2 else (f"{amount:.2f}", "")
        rows.append(",".join((f"O-{number}", region, product, *sides)))
    (tmp_path / "orders.csv").write_text("\n".join(["order,region,product,old,new", *rows]) + "\n")
    found = terminal("drivers orders.csv")[1]
    assert [each["conditions"] for each in found["drivers"]] == [{"product": "Sofa"}]
    left = {each["dimension"]: each["why"] for each in found["searched"]["left"]}
    assert left == {"order": "small"}


def test_nothing_that_stands_out_is_said(terminal, tmp_path):
    rows = [f"{a},{b},{c},{1000 + (hash((a, b)) % 7)}" for a, b, c, _ in cells()]
    (tmp_path / "even.csv").write_text("\n".join(["region,product,before,after", *rows]) + "\n")
    code, found, _ = terminal("drivers even.csv")
    assert (code, found["silent"], found["drivers"]) == (0, True, [])
    assert found["reason"].startswith("Nothing stands out")
    assert found["rest"]["change"] == found["total"]["change"]
    assert "Searched" in terminal("drivers even.csv", json=False)[1]


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("region,product,before,after\n", 1, "sides.empty"),
        ("region,product,after\nN,A,1\nS,B,2\n", 1, "sides.none"),
        ("region,product\nN,A\nS,B\n", 1, "sides.none"),
        ("before,after\n1,2\n3,4\n", 1, "sides.no_dimension"),
        ("region,before,after\nN,1,2\nS,3,many\nE,5,6\nW,7,8\n", 1, "sides.number"),
        ("region,before,after\nN,1,2\nS,1e300,3\nE,5,6\n", 1, "sides.number"),
        ("region,a,b,c\nN,1,2,3\nS,4,5,6\n", 1, "sides.which"),
        ("region,before,after\nN,1.234,2.345\nS,3.456,4.567\n", 1, "dated.which_decimal"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_file_that_cannot_be_searched(terminal, tmp_path, text, code, key, lang):
    (tmp_path / "bad.csv").write_text(text)
    exit_, found, err = terminal("drivers bad.csv", lang=lang)
    assert (exit_, found["error"]["key"]) == (code, key), found
    assert found["error"]["text"] in err
    assert "{" not in err


def test_a_cell_that_is_no_number_has_its_place(terminal, tmp_path):
    (tmp_path / "bad.csv").write_text("region,before,after\nN,1,2\nS,3,many\nE,5,6\nW,7,8\n")
    place = terminal("drivers bad.csv")[1]["error"]["place"]
    assert place == {"file": "bad.csv", "line": 3, "column": "after"}


@pytest.mark.parametrize(
    ("line", "code", "key"),
    [
        ("plain.csv --before nothing", 2, "usage.choice"),
        ("plain.csv --before after --after after", 2, "sides.same"),
        ("plain.csv --from 2026-01-01 --where region=N", 2, "driving.metric_options"),
        ("sales --before x", 2, "driving.options"),
        ("absent.csv", 1, "file.not_found"),
        ("nothing", 2, "metric.unknown"),
    ],
)
def test_what_goes_wrong(terminal, line, code, key):
    exit_, found, _ = terminal(f"drivers {line}")
    assert (exit_, found["error"]["key"]) == (code, key), found


def test_a_table_of_one_dimension_may_have_a_driver(terminal, tmp_path):
    rows = [f"p{n},100,{100 + n % 3}" for n in range(30)] + ["gone,100,2"]
    (tmp_path / "one.csv").write_text("\n".join(["product,before,after", *rows]) + "\n")
    found = terminal("drivers one.csv")[1]
    assert [each["conditions"] for each in found["drivers"]] == [{"product": "gone"}]


# --- metrics --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Orders of January and February 2025 and 2026; in 2026 East buys no sofas."""
    place, draw = tmp_path_factory.mktemp("drivers"), random.Random(8)
    lines = ["Order No,Order Date,Customer,Region,Product,Quantity,Amount"]
    for year in (2025, 2026):
        for number in range(1200):
            region, product = draw.choice(REGIONS), draw.choice(PRODUCTS)
            if (year, region, product) == (2026, "East", "Sofa"):
                continue
            day = f"{year}-0{draw.randint(1, 2)}-{draw.randint(1, 28):02}"
            customer, amount = f"C{draw.randint(1, 40)}", f"{draw.uniform(80, 120):.2f}"
            lines.append(f"{year}{number},{day},{customer},{region},{product},1,{amount}")
    (place / "orders.csv").write_text("\n".join(lines) + "\n")
    argv = ["--home", str(place / "home"), "--today", TODAY]
    assert main([*argv, "import", str(place / "orders.csv"), "--dates", "ymd"], None) == 0
    return place / "home"


def of(home, line, capsys, lang="en", json=True):
    argv = ["--home", str(home), "--today", TODAY, "--lang", lang, *line.split()]
    code = main([*argv, "--json"] if json else argv, None)
    out, err = capsys.readouterr()
    return code, loads(out) if json and out else out, err


def test_a_metric_of_the_home(home, capsys):
    days = "--from 2026-01-01 --to 2026-02-28"
    code, found, _ = of(home, f"drivers sales {days}", capsys)
    assert code == 0
    (sofas,) = found["drivers"]
    assert sofas["conditions"] == {"region": "East", "product": "Sofa"}
    assert sofas["after"] == 0
    assert found["comparison"]["kind"] == "last-year"
    queried = of(home, f"query sales --by region --by product {days} --compare last-year", capsys)[
        1
    ]
    columns = queried["columns"]
    before, after = columns.index("sales_previous"), columns.index("sales")
    rows = queried["rows"]
    assert float(found["total"]["before"]) == pytest.approx(
        sum(float(r[before] or 0) for r in rows)
    )
    assert float(found["total"]["after"]) == pytest.approx(sum(float(r[after] or 0) for r in rows))
    row = next(r for r in rows if r[:2] == ["East", "Sofa"])
    assert float(sofas["before"]) == float(row[before])


def test_within_a_filter_it_is_one_condition(home, capsys):
    found = of(home, "drivers sales --from 2026-01-01 --where region=East", capsys)[1]
    assert [each["conditions"] for each in found["drivers"]] == [{"product": "Sofa"}]
    assert "region" not in found["searched"]["dimensions"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_metric_in_words(home, capsys, lang):
    code, text, _ = of(home, "drivers units --from 2026-01-01", capsys, lang, json=False)
    assert code == 0
    assert "East × Sofa" in text
    assert "driving." not in text
    assert "{" not in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_no_sum_is_refused_by_name_with_what_to_ask(home, capsys, lang):
    code, found, _ = of(home, "drivers average_order_value", capsys, lang)
    assert (code, found["error"]["key"]) == (2, "driving.why.metric")
    assert {"en": "Sales", "zh": "销售额"}[lang] in found["error"]["text"]


def test_without_anything_to_compare_with_it_says_so(home, capsys):
    code, found, _ = of(home, "drivers sales --from 2025-01-01 --to 2025-02-01", capsys)
    assert (code, found["error"]["key"]) == (1, "driving.why.compare")
