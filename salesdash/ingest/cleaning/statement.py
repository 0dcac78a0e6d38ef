"""The one statement of a cleaning: typed fields, what each bad value is, and which rows count."""

from dataclasses import dataclass, field

from salesdash.datasets import Dataset, Kind
from salesdash.engine import identifier
from salesdash.ingest.cleaning import values
from salesdash.ingest.mapping.plan import COMPUTED, ColumnMap, Mapping
from salesdash.ingest.reading import RECORD_HEADER, Table
from salesdash.ingest.relation import literal, relation

ADDED_SHEET = -1
"""Sheet number of rows that a repair adds: they stand in no original."""

_ID = "-?[0-9]+:[0-9]+"
EARLIEST, LATEST = "1900-01-01", "2101-01-01"


@dataclass(frozen=True)
class Fault:
    """A condition under which a row is rejected, with the column, value and reason to name.

    `fine` is its opposite, written so that the cheap test decides nearly every row.
    """

    condition: str
    fine: str
    column: str
    value: str
    reason: str


@dataclass
class Statement:
    """Expressions over the raw columns (`parsed`), over these (`fields`), and the faults."""

    table: Table
    mapping: Mapping
    dataset: Dataset
    spelled: frozenset[int] = frozenset()  # columns with values whose spelling is normalised
    parsed: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        for column in self.mapping.columns:
            self._parse(column)
        self._derive()
        self._require()

    # --- cells ------------------------------------------------------------------------------

    def _parse(self, column: ColumnMap) -> None:
        name = column.field or column.extra
        if name is None:
            return
        cell = f"c{column.index}"
        if column.dates is not None:
            self._parse_date(column, name, self._filled(column, cell))
        elif column.number is not None:
            self._parse_number(column, name, self._filled(column, cell))
        else:
            source = (
                f"coalesce(s{column.index}.spelled, {cell})"
                if column.index in self.spelled
                else cell
            )
            padded = self.table.profiles[column.index].padded
            self.parsed[name] = values.text(source, padded=padded, whole=column.whole)
            self.fields[name] = f"p.{identifier(name)}"

    def _filled(self, column: ColumnMap, cell: str) -> str:
        """The cell, NULL where it holds one of the words that mean "empty" in this column."""
        if not column.blanks:
            return cell
        words = ", ".join(literal(word) for word in column.blanks)
        return f"case when trim({cell}) not in ({words}) then {cell} end"

    def _parse_date(self, column: ColumnMap, name: str, cell: str) -> None:
        assert column.dates is not None
        self.parsed[name] = values.moment(cell, column.dates)
        parsed = f"p.{identifier(name)}"
        self._unparsed(column, parsed, cell, "reject.date")
        outside = f"{parsed} < '{EARLIEST}' or {parsed} >= '{LATEST}'"
        self._fault(column, outside, f"not ({outside}) or {parsed} is null", "reject.date_range")
        kind = self.dataset.field(name).kind
        self.fields[name] = f"cast({parsed} as {'date' if kind is Kind.DATE else 'timestamp'})"
        if name == self.dataset.date and column.dates.timed and "ordered_at" not in self.fields:
            self.fields["ordered_at"] = f"cast({parsed} as timestamp)"

    def _parse_number(self, column: ColumnMap, name: str, cell: str) -> None:
        assert column.number is not None
        spec = self.dataset.field(name)
        share = spec.kind is Kind.SHARE
        self.parsed[name] = values.number(cell, column.number, spec.sql_type, share=share)
        parsed = f"p.{identifier(name)}"
        self._unparsed(column, parsed, cell, "reject.number")
        self.fields[name] = parsed

    def _unparsed(self, column: ColumnMap, parsed: str, cell: str, reason: str) -> None:
        """The cell holds something that did not become a value."""
        fine = f"{parsed} is not null or {cell} is null or trim({cell}) = ''"
        self._fault(column, f"{parsed} is null and trim({cell}) <> ''", fine, reason)

    def _fault(self, column: ColumnMap, condition: str, fine: str, reason: str) -> None:
        self.faults.append(Fault(condition, fine, column.header, f"c{column.index}", reason))

    # --- across cells -----------------------------------------------------------------------

    def _derive(self) -> None:
        """The fields that follow from others: amount, list amount, order date, currency."""
        if self.mapping.amount.name == COMPUTED:
            discount = self.fields.get("discount")
            price, quantity = self.fields["price"], self.fields["quantity"]
            self.fields["amount"] = values.line_amount(price, quantity, discount)
        if {
            "price",
            "quantity",
            "discount",
        } <= self.fields.keys() and "list_amount" not in self.fields:
            product = values.line_amount(self.fields["price"], self.fields["quantity"], None)
            self.fields["list_amount"] = product
        day = self.dataset.date
        if day is not None and day not in self.fields and "ordered_at" in self.fields:
            self.fields[day] = f"cast({self.fields['ordered_at']} as date)"
        if self.mapping.currency and "currency" not in self.fields:
            self.fields["currency"] = literal(self.mapping.currency)

    def _require(self) -> None:
        """Date and amount must be there; a mended row must say which record it mends."""
        date = str(self.dataset.date)
        dated = self.mapping.column(date) or self.mapping.column("ordered_at")
        self.faults.append(self._missing(self.fields[date], dated))
        amount = self.mapping.column("amount")
        self.faults.append(self._missing(self.fields["amount"], amount))
        if self.table.is_repair:
            cell = f"c{self.table.columns.index(RECORD_HEADER)}"
            fine = f"coalesce(trim({cell}), '') = '' or regexp_full_match(trim({cell}), '{_ID}')"
            fault = Fault(f"not ({fine})", fine, RECORD_HEADER, cell, "reject.record_id")
            self.faults.append(fault)

    def _missing(self, expression: str, column: ColumnMap | None) -> Fault:
        absent, there = f"{expression} is null", f"{expression} is not null"
        if column is not None:
            return Fault(absent, there, column.header, f"c{column.index}", "reject.missing")
        price = self.mapping.column("price")
        header = price.header if price else ""
        cell = f"c{price.index}" if price else "null"
        return Fault(absent, there, header, cell, "reject.no_amount")

    # --- SQL --------------------------------------------------------------------------------

    def rows(self, *, numbered: bool = True) -> str:
        """SELECT of the clean rows: all fields of the dataset, extras, counts, sheet, record.

        Without numbers (record 0) a CSV is cleaned by all processors at once, in its own order.
        """
        columns = [
            f"cast({self.fields.get(f.name, 'null')} as {f.sql_type}) as {f.name}"
            for f in self.dataset.fields
        ]
        extras = [name for name in self.fields if name not in self.dataset.names]
        columns += [f"{self.fields[name]} as {identifier(name)}" for name in extras]
        columns += [f"{self._counts()} as counts", "sheet", "record"]
        listed = ",\n  ".join(columns)
        source = self._source(numbered=numbered)
        return f"select\n  {listed}\nfrom ({source}) p\nwhere {self._fine()}"

    def rejects(self) -> str:
        """SELECT of the rejected rows: where, the first bad value and why, the raw record."""
        cells = ", ".join(f"{literal(header)}, c{i}" for i, header in enumerate(self.table.columns))
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
        bad = f"not coalesce({self._fine()}, false)"
        return f"select\n  {listed}\nfrom ({source}) p\nwhere {bad}"

    def _fine(self) -> str:
        return "\n  and ".join(f"({fault.fine})" for fault in self.faults)

    def _first(self, part: str) -> str:
        whens = []
        for fault in self.faults:
            shown = fault.value if part == "value" else literal(getattr(fault, part))
            whens.append(f"when {fault.condition} then {shown}")
        return f"case {' '.join(whens)} end"

    def _source(self, *, numbered: bool) -> str:
        """Raw rows with the parsed value beside each cell."""
        parsed = ",\n  ".join(f"{sql} as {identifier(name)}" for name, sql in self.parsed.items())
        sheet, record = self._provenance()
        cells = ", ".join(self._cell(i) for i in range(len(self.table.columns)))
        joins = "".join(
            f"\nleft join spelled s{i} on s{i}.seen = r.c{i}" for i in sorted(self.spelled)
        )
        rows = relation(self.table, numbered=numbered)
        if self.table.is_repair:
            rows = f"select sheet, record, {cells} from ({rows})"  # noqa: S608 - own columns
        listed = ", ".join(f"c{i}" for i in range(len(self.table.columns)))
        return (
            f"select {sheet} as sheet, {record} as record, {listed},\n  {parsed}\n"
            f"from ({rows}) r{joins}"
        )

    def _cell(self, index: int) -> str:
        """A cell of a repair without the apostrophe that kept it from being a formula."""
        return f"regexp_replace(c{index}, '^''([=+@\\t\\r-])', '\\1') as c{index}"

    def _provenance(self) -> tuple[str, str]:
        if not self.table.is_repair:
            return "sheet", "record"
        cell = f"trim(c{self.table.columns.index(RECORD_HEADER)})"
        sheet = f"coalesce(try_cast(split_part({cell}, ':', 1) as smallint), {ADDED_SHEET})"
        return sheet, f"coalesce(try_cast(split_part({cell}, ':', 2) as bigint), record)"

    def _counts(self) -> str:
        """False for void, cancelled, unpaid and unapproved rows."""
        void = []
        rule = self.mapping.status
        if rule.columns and rule.words:
            pattern = literal("|".join(rule.words))
            void = [f"regexp_matches(lower(coalesce(c{i}, '')), {pattern})" for i in rule.columns]
        if rule.unpaid_is_void and "paid_at" in self.fields:
            void.append(f"{self.fields['paid_at']} is null")
        return f"not ({' or '.join(void)})" if void else "true"
