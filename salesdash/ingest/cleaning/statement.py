"""The one statement of a cleaning: typed fields, what each bad value is, and which rows count."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from salesdash.datasets import SALES, SQL_TYPES, Dataset, Kind
from salesdash.engine import identifier
from salesdash.ingest.cleaning import raw, sharing, states, sums, values, widening
from salesdash.ingest.cleaning.derived import derive
from salesdash.ingest.mapping.plan import ColumnMap, DateFormat, Mapping, NumberFormat
from salesdash.ingest.reading import RECORD_HEADER, Table
from salesdash.ingest.relation import literal

ADDED_SHEET = -1
"""Sheet number of rows that a repair adds: they stand in no original."""

_ID = "-?[0-9]+:[0-9]+"

EARLIEST, LATEST = "1900-01-01", "2101-01-01"


@dataclass(frozen=True)
class Fault:
    """A condition under which a row is rejected, with the column, value and reason to name.

    `fine` is its opposite, written so that the cheap test decides nearly every row; `column` and
    `value` are expressions.
    """

    condition: str
    fine: str
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Source:
    """Where a field comes from: the cell and its header, as expressions over a raw row."""

    cell: str
    header: str
    padded: bool = True


@dataclass
class Statement:
    """Expressions over the raw columns (`parsed`), over these (`fields`), and the faults."""

    table: Table
    mapping: Mapping
    dataset: Dataset
    spelled: frozenset[int] = frozenset()  # columns with values whose spelling is normalised
    joined: tuple[Table, ...] = ()  # the tables of the mapping's joins
    left_out: sums.Places = ()  # rows that only add others up
    parsed: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    lines: str = "null"  # what a line comes to before anything is off its order

    def __post_init__(self) -> None:
        for column in self.mapping.columns:
            if column.member is None:
                self._parse(column, self._source_of(column))
        self._parse_wide()
        sharing.parse(self)
        for number, join in enumerate(self.mapping.joins):
            self.parsed[join.field] = f"j{number}.flag"
            self.fields[join.field] = f"p.{join.field}"
        derive(self)
        self._require()

    # --- cells ------------------------------------------------------------------------------

    def _source_of(self, column: ColumnMap) -> Source:
        padded = self.table.profiles[column.index].padded
        return Source(f"c{column.index}", literal(column.header), padded)

    def _parse(self, column: ColumnMap, source: Source) -> None:
        name = column.field or column.extra
        if name is None:
            return
        if column.dates is not None:
            self._parse_date(name, column.dates, self._filled(column, source))
        elif column.number is not None:
            self._parse_number(column, name, self._filled(column, source))
        else:
            cell = source.cell
            if column.index in self.spelled:
                cell = f"coalesce(s{column.index}.spelled, {cell})"
            self.parsed[name] = values.text(cell, padded=source.padded, whole=column.whole)
            self.fields[name] = f"p.{identifier(name)}"

    def _parse_wide(self) -> None:
        """The fields that the wide columns fill: the figure, and what it is of."""
        wide = self.mapping.wide
        if wide is None:
            return
        columns = widening.wide_columns(self.mapping)
        blanks = tuple(dict.fromkeys(word for column in columns for word in column.blanks))
        form = widening.number_format(self.mapping)
        figure = ColumnMap(-1, wide.field, wide.field, number=form, blanks=blanks)
        self._parse(figure, Source(widening.VALUE, widening.HEADER))
        member = widening.MEMBER
        if wide.year is not None:
            member = f"concat(c{wide.year}, ' ', {member})"
        dated = self.dataset.field(wide.by).kind is Kind.DATE
        dates = DateFormat(("period",)) if dated else None
        named = ColumnMap(-1, wide.by, wide.by, dates=dates)
        self._parse(named, Source(member, widening.HEADER))

    def _filled(self, column: ColumnMap, source: Source) -> Source:
        """The cell, NULL where it holds one of the words that mean "empty" in this column."""
        if column.words == "blank":  # whatever has no digit
            cell = f"case when regexp_matches({source.cell}, '[0-9０-９]') then {source.cell} end"
            return Source(cell, source.header, source.padded)
        if not column.blanks:
            return source
        words = ", ".join(literal(word) for word in column.blanks)
        cell = f"case when trim({source.cell}) not in ({words}) then {source.cell} end"
        return Source(cell, source.header, source.padded)

    def _parse_date(self, name: str, dates: DateFormat, source: Source) -> None:
        if dates.styles == ("period",):
            start, fiscal = self.mapping.fiscal_start, self.mapping.named_by
            cell = source.cell
            if dates.year is not None:
                cell = f"concat(c{dates.year}, ' ', nullif(trim({cell}), ''))"
            if dates.of is not None:
                cell = f"concat({dates.of}, ' ', nullif(trim({cell}), ''))"
            first, last = values.period(cell, start, fiscal)
            self.parsed[name] = last if name == "period_end" else first
            if name == "period_start" and self.mapping.column("period_end") is None:
                self.parsed["period_end"] = last
                self.fields["period_end"] = "p.period_end"
        else:
            self.parsed[name] = values.moment(source.cell, dates, self.mapping.zone)
        parsed = f"p.{identifier(name)}"
        self._unparsed(source, parsed, "reject.date")
        outside = f"{parsed} < '{EARLIEST}' or {parsed} >= '{LATEST}'"
        self._fault(source, outside, f"not ({outside}) or {parsed} is null", "reject.date_range")
        kind = self.dataset.field(name).kind
        self.fields[name] = f"cast({parsed} as {'date' if kind is Kind.DATE else 'timestamp'})"
        timed = self.dataset is SALES and name == SALES.date and dates.timed
        if timed and "ordered_at" not in self.fields:
            self.fields["ordered_at"] = f"cast({parsed} as timestamp)"

    def _parse_number(self, column: ColumnMap, name: str, source: Source) -> None:
        assert column.number is not None
        spec = self.dataset.field(name)
        share = spec.kind is Kind.SHARE
        self.parsed[name] = values.number(source.cell, column.number, spec.sql_type, share=share)
        parsed = f"p.{identifier(name)}"
        self._unparsed(source, parsed, "reject.number")
        self.fields[name] = parsed

    def parse_money(self, name: str, index: int, form: NumberFormat) -> None:
        """A column of money that fills no field."""
        source = Source(f"c{index}", literal(self.table.columns[index]))
        self.parsed[name] = values.number(source.cell, form, SQL_TYPES[Kind.MONEY], share=False)
        self._unparsed(source, f"p.{identifier(name)}", "reject.number")

    def _unparsed(self, source: Source, parsed: str, reason: str) -> None:
        """The cell holds something that did not become a value."""
        cell = source.cell
        fine = f"{parsed} is not null or {cell} is null or trim({cell}) = ''"
        self._fault(source, f"{parsed} is null and trim({cell}) <> ''", fine, reason)

    def _fault(self, source: Source, condition: str, fine: str, reason: str) -> None:
        self.faults.append(Fault(condition, fine, source.header, source.cell, reason))

    # --- across cells -----------------------------------------------------------------------

    def _require(self) -> None:
        """What the dataset requires must be there; a mended row must say which record it mends."""
        for group in self.dataset.required:
            names = [n for n in self.dataset.names if any(n in fields for fields in group)]
            there = [name for name in names if name in self.fields]
            fault = self._missing(names, self._needed(there))
            self.faults.append(self._where_counted(fault) if "amount" in names else fault)
        if self.dataset.name == "deals":
            self.faults.append(self._unknown_stage())
        if self.table.is_repair:
            self.faults.append(self._misnamed_record())

    def _needed(self, names: list[str]) -> str:
        """The field of a required group that must be there; of a sale all end in one."""
        last = next((name for name in ("order_date", "amount", "stage") if name in names), None)
        return self.fields[last or names[0]] if names else "null"

    def _missing(self, names: list[str], expression: str) -> Fault:
        absent, there = f"{expression} is null", f"{expression} is not null"
        mapped = (self.mapping.column(name) for name in (*names[:1], *names[1:2]))
        column = next((column for column in mapped if column is not None), None)
        if column is None or (column.field in ("price", "quantity")):
            price = self.mapping.column("price")
            source = self._source_of(price) if price else Source("null", literal(names[0]))
            return Fault(absent, there, source.header, source.cell, "reject.no_amount")
        source = self._source_of(column)
        if column.member is not None:
            source = Source(widening.VALUE, widening.HEADER)
        return Fault(absent, there, source.header, source.cell, "reject.missing")

    def _where_counted(self, fault: Fault) -> Fault:
        """The fault where a row counts: a cancelled order without an amount is kept as it is."""
        if self.counts == "true":
            return fault
        condition = f"({fault.condition}) and {self.counts}"
        return replace(fault, condition=condition, fine=f"{fault.fine} or not ({self.counts})")

    def _unknown_stage(self) -> Fault:
        """A stage that nobody explained is no open deal by itself."""
        column = self.mapping.column("stage") or self.mapping.column("outcome")
        source = self._source_of(column) if column else Source("null", literal("stage"))
        outcome = self.fields["outcome"]
        absent, there = f"{outcome} is null", f"{outcome} is not null"
        return Fault(absent, there, source.header, source.cell, "reject.stage")

    def _misnamed_record(self) -> Fault:
        cell = f"c{self.table.columns.index(RECORD_HEADER)}"
        fine = f"coalesce(trim({cell}), '') = '' or regexp_full_match(trim({cell}), '{_ID}')"
        return Fault(f"not ({fine})", fine, literal(RECORD_HEADER), cell, "reject.record_id")

    # --- SQL --------------------------------------------------------------------------------

    def rows(self, *, numbered: bool = True) -> str:
        """SELECT of the clean rows: the fields there are, extras, counts, sheet, record.

        Fields that nothing fills are left out: written as columns they would take a quarter of
        the time. Without numbers a CSV is cleaned by all processors at once, in its own order.
        """
        columns = [
            f"cast({sharing.shared(self, name)} as {kind}) as {name}"
            for name, kind in self.dataset.columns
            if name in self.fields
        ]
        extras = [name for name in self.fields if name not in self.dataset.names]
        columns += [f"{self.fields[name]} as {identifier(name)}" for name in extras]
        columns += [f"{self.counts} as counts", "sheet", "record"]
        listed = ",\n  ".join(columns)
        source = self._source(numbered=numbered)
        return f"select\n  {listed}\nfrom ({source}) p\nwhere {self.fine}"

    def rejects(self) -> str:
        """SELECT of the rejected rows: where, the first bad value and why, the raw record."""
        cells = ", ".join(self._raw(i) for i in range(len(self.table.columns)))
        columns = [
            "sheet",
            "record",
            "cast(null as bigint) as line",
            f'{self._first("column")} as "column"',
            f"{self._first('value')} as value",
            f"{self._first('reason')} as reason",
            f"cast(json_object({cells}) as varchar) as raw",
        ]
        listed = ",\n  ".join(columns)
        source = self._source(numbered=True)
        bad = f"not coalesce({self.fine}, false)"
        return f"select\n  {listed}\nfrom ({source}) p\nwhere {bad}"

    def sums(self, cells: Sequence[str]) -> str:
        """A SELECT of one row: what expressions over raw rows add up to, of the rows that count."""
        counts = self.counts
        listed = ",\n  ".join(f"sum({cell}) filter ({counts})" for cell in cells)
        return f"select\n  {listed}\nfrom ({self._source(numbered=False)}) p"

    @property
    def fine(self) -> str:
        """Whether a row has nothing to be rejected for."""
        return "\n  and ".join(f"({fault.fine})" for fault in self.faults)

    def _first(self, part: str) -> str:
        whens = []
        for fault in self.faults:
            shown = getattr(fault, part)
            shown = literal(shown) if part == "reason" else shown
            whens.append(f"when {fault.condition} then {shown}")
        return f"case {' '.join(whens)} end"

    @property
    def source(self) -> str:
        """The rows that all expressions are over, not numbered."""
        return self._source(numbered=False)

    def _source(self, *, numbered: bool) -> str:
        """Raw rows with the parsed value beside each cell."""
        parsed = ",\n  ".join(f"{sql} as {identifier(name)}" for name, sql in self.parsed.items())
        sheet, record = self._provenance()
        listed = ", ".join(f"c{i}" for i in range(len(self.table.columns)))
        rows = self.raw(numbered=numbered)
        if self.mapping.wide is not None:
            rows, listed = widening.spread(rows, self.mapping), f"{listed}, wk, wm, wh, wv"
        return (
            f"select {sheet} as sheet, {record} as record, {listed},\n  {parsed}\n"
            f"from ({rows}) r{self._joins()}"
        )

    def raw(self, *, numbered: bool) -> str:
        """The raw rows, see `raw.rows`."""
        found = raw.rows(self.table, self.mapping, numbered=numbered or bool(self.left_out))
        return sums.without(found, self.left_out)

    def _joins(self) -> str:
        """Other spellings of names, and the flags of lists on other sheets."""
        found = [f"left join spelled s{i} on s{i}.seen = r.c{i}" for i in sorted(self.spelled)]
        for number, (join, table) in enumerate(zip(self.mapping.joins, self.joined, strict=True)):
            flags = raw.flag_list(table, join)
            found.append(f"left join ({flags}) j{number} on j{number}.key = {self.parsed[join.on]}")
        return "".join(f"\n{line}" for line in found)

    def _raw(self, index: int) -> str:
        """A cell for the rejects: of a wide table only the one cell that is rejected."""
        header, cell = literal(self.table.columns[index]), f"c{index}"
        wide = [c.index for c in widening.wide_columns(self.mapping)]
        if index in wide:
            cell = f"case when wk = {wide.index(index) + 1} then {cell} end"
        return f"{header}, {cell}"

    def _provenance(self) -> tuple[str, str]:
        """Sheet and record; a wide table counts its cells, so that each row has its own number."""
        record = "record"
        if self.mapping.wide is not None:
            width = len(widening.wide_columns(self.mapping))
            record = f"(record - 1) * {width} + wk"
        if not self.table.is_repair:
            return "sheet", record
        cell = f"trim(c{self.table.columns.index(RECORD_HEADER)})"
        sheet = f"coalesce(try_cast(split_part({cell}, ':', 1) as smallint), {ADDED_SHEET})"
        return sheet, f"coalesce(try_cast(split_part({cell}, ':', 2) as bigint), {record})"

    @property
    def counts(self) -> str:
        """False for void, cancelled, unpaid and unapproved rows."""
        return states.counts(self.mapping.status, self.fields)
