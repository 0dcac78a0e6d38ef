"""Drivers: a bar for each slice and one for all the rest, their table, what was searched."""

from collections.abc import Callable, Iterator

from salesdash.analysis import driving
from salesdash.analysis.driving import Driver, Driving
from salesdash.charts import frame
from salesdash.charts.bars import horizontal, judged, sized
from salesdash.charts.describe import alt
from salesdash.charts.frame import Row, Spec
from salesdash.charts.tables import Cell, Column, Table, table
from salesdash.charts.tips import difference
from salesdash.charts.words import Words
from salesdash.metrics import Unit

COLUMNS = ("slice", "before", "after", "part", "share", "expected", "remains")

_ROW, _LABELS = 40, 70
"""Height of a bar with its air, and room for its figure, px."""

Names = Callable[[str], str]
"""What a dimension is called."""


def drivers(answer: Driving, words: Words) -> Spec:
    """The Vega-Lite dict of the parts of a change, the largest first, the rest last.

    The selection parameter `pick` carries `driver`, the number of a slice; none for the rest.
    """
    rows = [_row(answer, each, number, words) for number, each in enumerate(answer.drivers)]
    rest = answer.rest
    rows.append(
        {
            **_bar(float(rest.change), "reference", words.say("driving.rest")),
            "text": words.value(rest.change, answer.unit, "signed"),
            "driver": None,
            "now": words.value(rest.after, answer.unit, "exact"),
            "then": words.value(rest.before, answer.unit, "exact"),
            "change": difference(rest.after, rest.before, answer.unit, words),
        }
    )
    titles = tuple((field, words.say(f"charts.tip.{field}")) for field in ("now", "then", "change"))
    zero = [{"v": 0, "role": "reference"}]
    template = horizontal(titles, ("driver",))
    spec = frame.filled(template, {"bars": rows, "marks": [], "zero": zero})
    return sized(spec, rows, _ROW, _LABELS)


def _row(answer: Driving, driver: Driver, number: int, words: Words) -> Row:
    change = float(driver.change)
    return {
        **_bar(change, judged(change, answer.better), words.tell(driving.slice_name(driver))),
        "text": words.value(driver.change, answer.unit, "signed"),
        "driver": number,
        "now": words.value(driver.after, answer.unit, "exact"),
        "then": words.value(driver.before, answer.unit, "exact"),
        "change": difference(driver.after, driver.before, answer.unit, words),
    }


def _bar(change: float, role: str, name: str) -> Row:
    return {
        "name": name,
        "v": change,
        "at": change,
        "role": role,
        "tone": "ink",
        "dx": 7 if change >= 0 else -7,
        "align": "left" if change >= 0 else "right",
    }


def pace(driver: Driver, answer: Driving, words: Words) -> str:
    """How a slice changed beside all the rest."""
    usual = words.tell(driving.usual(answer))
    if driver.growth is None or not driver.after:
        key = "new" if driver.growth is None else "gone"
        return words.say(f"driving.row.{key}", usual=usual)
    return words.say("driving.row.pace", change=words.change(driver.growth), usual=usual)


def driving_notes(answer: Driving, words: Words, name: Names) -> Iterator[str]:
    """What was searched, and what was not."""
    comma = words.say("ui.list_comma")
    if answer.searched:
        listed = comma.join(name(each) for each in answer.searched)
        yield words.say("driving.searched", slices=f"{answer.slices:,}", dimensions=listed)
    alike: dict[tuple[str, str | None], list[str]] = {}
    for each in answer.left:
        alike.setdefault((each.why, each.of), []).append(name(each.name))
    for (why, of), names in alike.items():
        listed, same = comma.join(names), name(of) if of is not None else ""
        yield words.say(f"driving.left.{why}", names=listed, of=same)
    for column, count in answer.capped:
        yield words.say("driving.capped", name=name(column), count=count)


@table.register
def _drivers(answer: Driving, words: Words) -> Table:
    columns = [
        Column(words.say(f"driving.column.{name}"), figures=name != "slice") for name in COLUMNS
    ]
    shown: list[tuple[str, ...]] = []
    rows: list[tuple[Cell, ...]] = []
    for driver in answer.drivers:
        name = words.tell(driving.slice_name(driver))
        money = (driver.before, driver.after, driver.change)
        later = (driver.expected, driver.remains)
        figures = [words.value(each, answer.unit, "exact") for each in (*money, *later)]
        share = words.value(driver.share, Unit.SHARE)
        shown.append((name, *figures[:3], share, *figures[3:]))
        rows.append((name, *money, driver.share, *later))
    change = answer.total.change
    for key, part in (("rest", answer.rest), ("total", answer.total)):
        name, ratio = words.say(f"driving.{key}"), float(part.change / change) if change else None
        money = (part.before, part.after, part.change)
        figures = [words.value(each, answer.unit, "exact") for each in money]
        shown.append((name, *figures, words.value(ratio, Unit.SHARE), "", ""))
        rows.append((name, *money, ratio, None, None))
    return Table(tuple(columns), tuple(shown), tuple(rows))


@alt.register
def _alt(answer: Driving, words: Words) -> str:
    return words.tell(answer.headline) if answer.headline is not None else ""
