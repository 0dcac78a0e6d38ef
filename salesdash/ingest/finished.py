"""A plain table of finished trainings: who finished which course when. Nothing is stored.

Which column is which is told by its header, in English or Chinese; dates are read by the same rules
as those of an import.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from salesdash.engine import Engine
from salesdash.errors import DataRefused, Place
from salesdash.ingest.cleaning import values
from salesdash.ingest.headers import fold, plain
from salesdash.ingest.mapping import dates, formats
from salesdash.ingest.mapping.plan import Order
from salesdash.ingest.reading import BadLine, Reading, Table
from salesdash.ingest.relation import relation

HEADERS: Mapping[str, tuple[str, ...]] = {
    "person": (
        *("person", "name", "full name", "employee", "employee name", "participant", "learner"),
        *("trainee", "attendee", "student", "salesperson", "sales rep", "staff", "user"),
        *("姓名", "员工", "员工姓名", "人员", "学员", "学员姓名", "参训人", "参训人员", "参加人"),
        *("销售员", "销售人员", "业务员", "名字"),
    ),
    "course": (
        *("course", "course name", "course title", "training", "training name", "module", "class"),
        *("programme", "program", "课程", "课程名称", "培训", "培训名称", "培训课程", "培训项目"),
    ),
    "day": (
        *("date", "finished", "finished on", "completed", "completed on", "completion date"),
        *("date completed", "date of completion", "date finished", "end date", "passed on"),
        *("完成日期", "完成时间", "结业日期", "结课日期", "通过日期", "培训日期", "日期"),
    ),
    "note": (
        *("evidence", "proof", "certificate", "certificate no", "certificate number", "link"),
        *("note", "notes", "comment", "comments", "remarks"),
        *("证明", "证书", "证书编号", "链接", "备注", "说明"),
    ),
    "score": (
        *("score", "result", "grade", "mark", "marks", "points"),
        *("成绩", "分数", "得分", "考核成绩", "考试成绩"),
    ),
}
"""Headers of each field, the surest first."""

NEEDED = ("person", "course", "day")
MOST = 20_000

_ROWS = """
select
    sheet,
    record,
    coalesce(trim({person}), '') as person,
    coalesce(trim({course}), '') as course,
    coalesce(trim({day}), '') as told,
    {moment} as day,
    coalesce(trim({score}), '') as score,
    coalesce(trim({note}), '') as note
from ({relation}) as r
order by
    sheet,
    record
limit {limit}
"""


@dataclass(frozen=True)
class Line:
    """A row: its line in the file, and its cells; `day` is None where `told` is no date."""

    line: int
    person: str
    course: str
    told: str
    day: date | None
    score: str
    note: str
    sheet: str = ""


@dataclass(frozen=True)
class Listing:
    """What a file lists: the header of each field that it has, its rows, its damaged lines."""

    file: str
    headers: Mapping[str, str]
    lines: tuple[Line, ...]
    damaged: tuple[BadLine, ...] = ()


def finished(reading: Reading, order: Order | None = None) -> Listing:
    """The finished trainings of a file that was read; the largest table of several.

    `order`: of day and month, where nothing in the file tells it. DataRefused with place and
    remedy: no rows, too many of them, a field without a column, dates nobody can tell.
    """
    table = max(reading.tables, key=lambda each: each.books.rows, default=None)
    if table is None or not table.books.rows:
        raise DataRefused("finished.empty", place=Place(reading.file))
    if table.books.rows > MOST:
        raise DataRefused("finished.many", place=Place(reading.file), most=MOST)
    found = _columns(table)
    for name in NEEDED:
        if name not in found:
            place, columns = Place(reading.file), ", ".join(table.columns)
            raise DataRefused(f"finished.no_{name}", place=place, columns=columns)
    moment = _moment(table, found["day"], order, Place(reading.file))
    headers = {name: table.columns[index] for name, index in found.items()}
    with closing(Engine.open(None, allowed=(Path(table.path).parent,))) as engine:
        rows = engine.rows(_question(table, found, moment))
    lines = tuple(_lines(reading, rows))
    return Listing(reading.file, headers, lines, reading.rejected)


def _columns(table: Table) -> dict[str, int]:
    """The column of each field: the one whose header is the surest, the first of equals."""
    folded = [fold(header) for header in table.columns]
    found: dict[str, int] = {}
    for name, headers in HEADERS.items():
        for header in map(fold, headers):
            if header in folded and folded.index(header) not in found.values():
                found[name] = folded.index(header)
                break
    return found


def _moment(table: Table, index: int, order: Order | None, place: Place) -> str:
    """The SQL of a day of the column; refused where day and month cannot be told apart."""
    profile = table.profiles[index]
    decided = dates.decide(profile, order or formats.file_order(table))
    where = Place(place.file, column=table.columns[index])
    if not profile.filled or not decided.format.styles or not decided.read:
        raise DataRefused("finished.no_dates", place=where)
    if decided.ambiguous:
        choices = " ".join(decided.options)
        example = profile.samples[0]
        raise DataRefused("finished.which_order", place=where, example=example, choices=choices)
    return f"cast({values.moment(f'c{index}', decided.format)} as date)"


def _question(table: Table, found: Mapping[str, int], moment: str) -> str:
    cells = {name: f"c{found[name]}" if name in found else "null" for name in HEADERS}
    return _ROWS.format(**cells, moment=moment, relation=relation(table), limit=MOST)


def _lines(reading: Reading, rows: list[tuple[object, ...]]) -> Iterator[Line]:
    sheets = {sheet.index: sheet for sheet in reading.sheets}
    several = len({row[0] for row in rows}) > 1
    for index, record, person, course, told, day, score, note in rows:
        sheet = sheets[int(str(index))]
        yield Line(
            line=int(str(record)) + sheet.header_line,
            person=plain(str(person)),
            course=plain(str(course)),
            told=str(told),
            day=day if isinstance(day, date) else None,
            score=str(score),
            note=str(note),
            sheet=sheet.name if several else "",
        )
