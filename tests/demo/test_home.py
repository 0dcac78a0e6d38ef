"""The demo home: filled by real imports, marked, found stale, never built over somebody's work."""

import json
import shutil
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from salesdash import cli
from salesdash.analysis.moments import Moments
from salesdash.analysis.movement import Asked
from salesdash.datasets import DATASETS
from salesdash.demo import Demo, Recipe, build, info, is_stale, references, stories
from salesdash.demo.exports import schedule, write_all
from salesdash.errors import DataRefused, HomeBusy, UsageError
from salesdash.imports import Home, Request, commit, rejects, stage, undo
from salesdash.selection import Selection
from salesdash.workspace import Stamp
from tests.analysis.movements import adds_up, second, told

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0)
WEEK = timedelta(days=7)
WHOLE, PART = 1.0, 0.1
"""The size that users get, which stories need to stand out; one that has every kind of row."""


@pytest.fixture(scope="module", params=[("en", WHOLE), ("zh", PART)], ids=["en", "zh"])
def built(request, tmp_path_factory):
    """A demo home on the disk, with its maker's answer, its rows, and the progress it told."""
    lang, scale = request.param
    path = tmp_path_factory.mktemp("demo") / "home"
    told = []
    answer = build(
        path,
        lang=lang,
        today=TODAY,
        now=NOW,
        scale=scale,
        progress=lambda share, step: told.append((share, step)),
    )
    return answer, Demo(Recipe(lang, TODAY, scale)), told


@pytest.fixture
def home(built):
    opened = Home.open(built[0].path, now=NOW)
    yield opened
    opened.close()


def shorten(patch):
    """Only the last three orders' exports are imported: enough for all that is not about rows."""
    patch.setattr("salesdash.demo.home.write_all", lambda *of: write_all(*of)[-3:])
    patch.setattr("salesdash.demo.home.write_filings", lambda *_: [])


@pytest.fixture
def short(monkeypatch):
    shorten(monkeypatch)


@pytest.fixture(scope="module")
def made_short(tmp_path_factory):
    path = tmp_path_factory.mktemp("short") / "demo"
    with pytest.MonkeyPatch.context() as patch:
        shorten(patch)
        build(path, lang="en", today=TODAY, now=NOW, scale=0.02)
    return path


@pytest.fixture
def tiny(tmp_path, made_short, short):
    return shutil.copytree(made_short, tmp_path / "demo")


def test_its_rows_are_the_generator_s(built, home):
    answer, demo, _ = built
    wanted = demo.rows()
    assert wanted.num_rows == home.warehouse.coverage("sales").rows
    assert answer.rows == sum(home.warehouse.coverage(name).rows for name in DATASETS)
    found = home.engine.rows(
        "select count(distinct document), sum(amount), sum(cost), sum(quantity), "
        "count(customer), max(order_date), count(*) filter (where counts) from sales"
    )[0]
    frame = wanted.to_pandas()
    done = frame["status"] == demo.world.company.words["done"]
    assert found == (
        int(frame["document"].nunique()),
        frame["amount"].sum(),
        frame["cost"].sum(),
        int(frame["quantity"].sum()),
        int(frame["customer"].count()),
        frame["order_date"].max(),
        int(done.sum()),
    )


def test_its_log_tells_how_it_came_about(built, home):
    answer, demo, _ = built
    scale = demo.recipe.scale
    events = home.done()
    assert len(events) == answer.imports
    assert answer.imports == (72 if scale == WHOLE else 71)  # a week without an order
    sales = [event for event in events if event.dataset == "sales"]
    assert len(sales) == answer.imports - 40
    assert {event.dataset for event in events} == set(DATASETS)
    assert {event.who for event in events} == set(demo.world.company.importers)
    moments = [event.as_of for event in events]
    assert moments == sorted(moments)
    assert sales[-1].as_of == datetime(2026, 11, 23, 7, 30)
    assert events[-1].as_of == datetime(2026, 11, 23, 7, 45)
    assert [event.at for event in events] == moments
    counts = [event.counts for event in events]
    assert all(c["new"] + c["changed"] + c["unchanged"] + c["older"] == c["loaded"] for c in counts)
    counts = [event.counts for event in sales]
    assert counts[0]["changed"] == 0
    assert sum(c["changed"] for c in counts) > 20 * scale  # corrections and late cancellations
    assert sum(c["unchanged"] for c in counts[-6:]) > 200 * scale  # weekly exports overlap
    assert [c["rejected"] for c in counts if c["rejected"]] == [4]


def by_dataset(home: Home, name: str) -> pd.DataFrame:
    """The current rows of a dataset, decimals as numbers, times as days."""
    columns = [field.name for field in DATASETS[name].fields]
    frame = pd.DataFrame(home.engine.rows(f"select {', '.join(columns)} from {name}"))
    frame.columns = columns
    return frame


def same(found: pd.DataFrame, wanted: pd.DataFrame, unit: str) -> list[str]:
    """The columns in which the rows of two tables with that key differ."""
    left = found.set_index(unit).sort_index()
    right = wanted.set_index(unit).sort_index()
    assert left.index.equals(right.index)
    return [name for name in right.columns if texts(left[name]) != texts(right[name])]


def texts(column: pd.Series) -> list[str]:
    return [_text(value) for value in column]


def _text(value: Any) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, str) and value.endswith("%"):
        return f"{int(value[:-1]) / 100:.2f}"
    if isinstance(value, Decimal | float):
        return f"{value:.2f}"
    return str(value)[:10] if isinstance(value, date) else str(value)


@pytest.mark.parametrize(("name", "unit"), [("deals", "deal"), ("leads", "lead")])
def test_the_crm_s_records_come_in_as_they_stand_today(built, home, name, unit):
    demo = built[1]
    wanted = getattr(demo.registers, name)(demo.world.timeline.days - 1).to_pandas()
    # a lead grows old without being touched, so the last export that held it is all there is
    wanted = wanted.drop(columns=["status"], errors="ignore")
    assert same(by_dataset(home, name), wanted, unit) == []


@pytest.mark.parametrize(("name", "unit"), [("payments", "document"), ("activities", "activity")])
def test_payments_and_activities_come_in_whole(built, home, name, unit):
    demo = built[1]
    wanted = getattr(demo.registers, name)(0, demo.world.timeline.days).to_pandas()
    assert same(by_dataset(home, name), wanted, unit) == []


def test_each_stage_is_understood(built, home):
    decided = built[1].world.company.lists.decided
    found = home.engine.rows("select distinct stage, outcome from deals")
    assert len(found) == 6
    outcome = dict(found)
    assert (outcome[decided["won"]], outcome[decided["lost"]]) == ("won", "lost")
    assert [outcome[stage] for stage in built[1].world.company.lists.stages] == ["open"] * 4


def test_acquisition_is_told_from_overhead(built, home):
    found = home.engine.rows(
        "select cost_type, coalesce(purpose, ''), sum(amount) from costs group by 1, 2"
    )
    money = built[1].world.company.money
    bought = {kind for kind, purpose, _ in found if purpose == "acquisition"}
    assert bought == set(money.acquisition)
    assert {kind for kind, purpose, _ in found if not purpose} >= set(money.overhead)


def test_plans_and_master_data_come_in(built, home):
    demo = built[1]
    assert {metric for (metric,) in home.engine.rows("select distinct metric from targets")} == {
        "sales"
    }
    for name, count in (("targets", 50), ("market", 55), ("products", 45), ("people", 22)):
        assert home.warehouse.coverage(name).rows == count
    prices = home.engine.rows("select product, price, cost from products order by product")
    known = references.products(demo.shelves, demo.world.timeline.days - 1).to_pylist()
    assert prices == [(row["product"], row["price"], row["cost"]) for row in known]
    moved = home.engine.rows(
        "select person, count(*), max(active_to) from people group by 1 having count(*) > 1"
    )
    staffing = demo.world.company.staffing
    assert {row[0] for row in moved} == {move.person for move in staffing.movers}


def test_the_rejects_have_something_to_show(home):
    number = next(event.id for event in home.done() if event.counts["rejected"])
    assert [reject.record for reject in rejects(home, number)] == sorted(
        reject.record for reject in rejects(home, number)
    )
    assert len(rejects(home, number)) == 4


def test_progress_rises_from_nothing_to_all(built):
    shares = [share for share, _ in built[2]]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert {step for _, step in built[2]} == {"demo.progress.writing", "demo.progress.importing"}


def by_pandas(demo: Demo, arguments: tuple[str, ...]) -> dict[Any, tuple[Any, ...]]:
    """The answer to a story's question as pandas finds it: member or month -> sales, sales then."""
    rows = demo.rows().to_pandas()
    rows = rows[rows["status"] == demo.world.company.words["done"]]
    option = dict(zip(arguments[1::2], arguments[2::2], strict=True))
    start, end = (pd.Timestamp(option[name]) for name in ("--from", "--to"))
    days = pd.to_datetime(rows["order_date"])
    if "--where" in option:
        column, _, value = option["--where"].partition("=")
        rows = rows[(rows[column] == value) & days.between(start, end)]
        month = pd.to_datetime(rows["order_date"]).dt.strftime("%Y-%m-01")
        return {key: (value,) for key, value in rows.groupby(month)["amount"].sum().items()}
    year = pd.DateOffset(years=1)
    now = rows[days.between(start, end)]
    then = rows[days.between(start - year, end - year)]
    column = option["--by"]
    sums = pd.DataFrame(
        {
            part: frame.groupby(column, dropna=False)["amount"].sum()
            for part, frame in (("now", now), ("then", then))
        }
    )
    return {
        None if pd.isna(key) else key: tuple(None if pd.isna(v) else v for v in pair)
        for key, pair in zip(sums.index, sums.itertuples(index=False), strict=True)
    }


def asked(path, arguments: tuple[str, ...], capsys) -> Any:
    """What the query command answers."""
    before = ["--home", str(path), "--today", TODAY.isoformat(), "--json"]
    assert cli.main([*before, "query", *arguments], lambda *_: 0) == 0
    return json.loads(capsys.readouterr().out, parse_float=Decimal)


def is_part(demo: Demo) -> bool:
    """Too few rows for its stories to stand out; the queries are the same."""
    return demo.recipe.scale < WHOLE


def test_each_story_is_found_by_its_query_to_the_cent(built, capsys):
    answer, demo, _ = built
    for story in stories(demo.world.company, demo.world.timeline)[:5]:
        wanted = by_pandas(demo, story.arguments)
        found = asked(answer.path, story.arguments, capsys)
        columns = found["columns"]
        rows = {row[0]: dict(zip(columns, row, strict=True)) for row in found["rows"]}
        assert rows.keys() == wanted.keys()
        for member, figures in wanted.items():
            assert rows[member]["sales"] == figures[0]
            if len(figures) > 1:
                assert rows[member]["sales_previous"] == figures[1]
        assert columns[0] == story.dimension
        assert rows[story.member][story.figure] is not None
        if story.figure == "sales_change_ratio":
            now, then = wanted[story.member]
            assert float(rows[story.member][story.figure]) == pytest.approx(float(now / then - 1))
            assert rows[story.member][story.figure] < Decimal("-0.2") or is_part(demo)


def test_each_story_about_a_ratio_is_found_by_its_query(built, capsys, shares):
    answer, demo, _ = built
    for story in stories(demo.world.company, demo.world.timeline)[5:]:
        metric = story.arguments[0]
        found = asked(answer.path, story.arguments, capsys)
        rows = {row[0]: dict(zip(found["columns"], row, strict=True)) for row in found["rows"]}
        for member, pair in shares(demo, story.id).iterrows():
            for column, wanted in ((metric, pair["now"]), (f"{metric}_previous", pair["then"])):
                if pd.notna(wanted):
                    assert float(rows[member][column]) == pytest.approx(wanted, abs=1e-6)
        changes = {member: row[story.figure] for member, row in rows.items() if row[story.figure]}
        assert min(changes, key=changes.__getitem__) == story.member or is_part(demo)


def test_the_lost_customer_and_the_new_product_have_one_side_only(built, capsys):
    answer, demo, _ = built
    by_id = {story.id: story for story in stories(demo.world.company, demo.world.timeline)}
    sides = {}
    for name in ("launch", "loss"):
        found = asked(answer.path, by_id[name].arguments, capsys)
        rows = {row[0]: row for row in found["rows"]}
        _, now, then, *_ = rows[by_id[name].member]
        sides[name] = (now, then)
    assert sides["launch"][0] > 0
    assert sides["launch"][1] is None
    assert sides["loss"][0] is None
    assert sides["loss"][1] > 0


def test_it_says_what_it_is(built, home):
    found = info(home)
    assert found is not None
    assert (found.lang, found.today, found.built_at) == (built[1].recipe.lang, TODAY, NOW)


def test_a_home_of_one_s_own_is_no_demo(tmp_path):
    home = Home.open(tmp_path / "own", now=NOW)
    assert info(home) is None
    assert not is_stale(home, NOW + 5 * WEEK)
    home.close()


def test_it_is_stale_after_a_week_unless_somebody_worked_in_it(tiny):
    home = Home.open(tiny, now=NOW)
    assert not is_stale(home, NOW + WEEK)
    assert is_stale(home, NOW + WEEK + timedelta(seconds=1))
    home.workspace.names.state("browser-1", Stamp("Ann", NOW + timedelta(days=1)))
    assert is_stale(home, NOW + 2 * WEEK)  # saying who one is, is not work
    undo(home, home.done()[-1].id, "Ann", NOW + timedelta(days=1))
    assert not is_stale(home, NOW + 2 * WEEK)
    home.close()
    with pytest.raises(UsageError) as refused:
        build(tiny, lang="zh", today=TODAY, now=NOW + 2 * WEEK, scale=0.02)
    assert refused.value.key == "demo.not_replaceable"


@pytest.mark.child
def test_an_untouched_demo_gives_way_to_a_new_one(tiny):
    later = NOW + 2 * WEEK
    answer = build(tiny, lang="zh", today=later.date(), now=later, scale=0.02)
    assert answer.path == tiny
    home = Home.open(tiny, now=later)
    found = info(home)
    assert found is not None
    assert (found.lang, found.today) == ("zh", date(2026, 12, 7))
    edge = home.warehouse.coverage("sales").edge
    assert edge is not None
    assert edge >= date(2026, 11, 27)
    home.close()
    assert [path.name for path in tiny.parent.iterdir()] == ["demo"]


def test_an_open_demo_is_left_alone(tiny):
    home = Home.open(tiny, now=NOW)
    with pytest.raises(HomeBusy):
        build(tiny, lang="zh", today=TODAY, now=NOW, scale=0.02)
    found = info(home)
    assert found is not None
    assert found.lang == "en"
    home.close()


def test_a_folder_with_anything_else_is_left_alone(tmp_path):
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(UsageError) as refused:
        build(tmp_path, lang="en", today=TODAY, now=NOW)
    assert refused.value.key == "demo.not_replaceable"
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


@pytest.mark.usefixtures("short")
def test_a_home_with_an_import_is_left_alone_and_a_blank_one_is_not(tmp_path):
    blank = tmp_path / "blank"
    Home.open(blank, now=NOW).close()
    assert build(blank, lang="en", today=TODAY, now=NOW, scale=0.02).imports == 3
    own = tmp_path / "own"
    home = Home.open(own, now=NOW)
    path = tmp_path / "orders.csv"
    path.write_text("order date,order no,amount\n2026-01-05,A1,10\n")
    commit(home, stage(home, Request(path, path.name), NOW), "Ann", NOW)
    home.close()
    with pytest.raises(UsageError):
        build(own, lang="en", today=TODAY, now=NOW, scale=0.02)


@pytest.mark.usefixtures("short")
def test_a_visitor_before_dawn_sees_no_moment_of_the_future(tmp_path):
    now = datetime(2026, 11, 23, 0, 10)
    build(tmp_path / "demo", lang="en", today=TODAY, now=now, scale=0.02)
    home = Home.open(tmp_path / "demo", now=now)
    assert home.done()[-1].as_of == now
    assert home.done()[-1].at == now
    home.close()


@pytest.mark.usefixtures("short")
def test_a_build_that_fails_leaves_nothing_in_the_place(tmp_path):
    def stumble(share: float, _step: str) -> None:
        if share > 0:
            raise OSError

    path = tmp_path / "demo"
    with pytest.raises(OSError, match=r"^$"):
        build(path, lang="en", today=TODAY, now=NOW, scale=0.02, progress=stumble)
    assert not path.exists()
    assert build(path, lang="en", today=TODAY, now=NOW, scale=0.02).imports == 3


def _unreadable(demo, folder):
    export = schedule(demo)[0]
    (folder / export.name).write_text("a,b\n1,2\n")
    return [(export, folder / export.name)]


def _ambiguous(demo, folder):
    export = schedule(demo)[0]
    text = "order date,order no,amount\n03/04/2026,A1,10\n05/06/2026,A2,20\n"
    (folder / export.name).write_text(text)
    return [(export, folder / export.name)]


@pytest.mark.parametrize(
    ("files", "key"),
    [(_unreadable, "data.sales_order_date_missing"), (_ambiguous, "data.open_questions")],
)
def test_a_file_that_cannot_be_imported_stops_it(tmp_path, monkeypatch, files, key):
    monkeypatch.setattr("salesdash.demo.home.write_all", files)
    monkeypatch.setattr("salesdash.demo.home.write_filings", lambda *_: [])
    with pytest.raises(DataRefused) as refused:
        build(tmp_path / "demo", lang="en", today=TODAY, now=NOW, scale=0.02)
    assert refused.value.key == key
    assert not (tmp_path / "demo").exists()


def deals_after(home: Home, event: int) -> list[dict[str, Any]]:
    """The rows of deals as they stood after an event."""
    names = ("deal", "outcome", "close_date", "amount", "team", "counts")
    relation = home.warehouse.relation("deals", event)
    rows = home.engine.rows(f"select {', '.join(names)} from {relation} as r")
    return [
        {
            **dict(zip(names, row, strict=True)),
            "close_date": row[2].isoformat() if row[2] else None,
            "amount": None if row[3] is None else str(row[3]),
        }
        for row in rows
    ]


@pytest.mark.parametrize("place", [0, -5, -2])
def test_what_moved_in_the_pipeline_between_two_exports_against_pandas(built, home, place):
    """From the first export, that of four weeks ago, the last but one, to that of this morning."""
    known = Moments(home.warehouse, home.done())
    then, now = known.known()[place], known.known()[-1]
    found = Asked(home.warehouse, Selection(None), known.events, then, now).build()
    assert adds_up(found)
    rows = [deals_after(home, each.cut) for each in (then, now)]
    assert told(found) == second(*rows, since=then.day)
    opened = [Decimal(row["amount"] or 0) for row in rows[1] if row["outcome"] == "open"]
    assert (found.closing.deals, found.closing.amount) == (len(opened), sum(opened))
    assert len(told(found)) >= (3 if is_part(built[1]) else 5)
