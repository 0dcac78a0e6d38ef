"""Files as four CRMs export them, made of header rows with evidence A and B: each column lands.

Every module in each of its languages, with plausible values, and written as people and programs
write headers: starred, marked as required, with units, in full-width letters.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from salesdash.errors import DataRefused
from salesdash.ingest import Overrides, propose_all
from tests.ingest import kit

pytestmark = pytest.mark.real

DATASETS = {
    ("zoho", "Deals"): "deals",
    ("zoho", "Leads"): "leads",
    ("fxiaoke", "NewOpportunityObj"): "deals",
    ("fxiaoke", "AccountObj"): "customers",
    ("fxiaoke", "PaymentObj"): "payments",
    ("fxiaoke", "SalesOrderObj"): "sales",
    ("fxiaoke", "LeadsObj"): "leads",
    ("hubspot", "Deals"): "deals",
    ("salesforce", "Opportunity"): "deals",
}
SUPPOSED = {
    ("fxiaoke", "PaymentObj"),
    ("fxiaoke", "SalesOrderObj"),
    ("fxiaoke", "LeadsObj"),
}
"""Modules of which too few rows have evidence A or B: those with C are taken, too."""

FIELDS = {
    "deal_id": ("deal",),
    "deal_name": ("deal_name",),
    "order_id": ("document",),
    "customer_id": ("customer",),
    "customer": ("customer", "customer_name"),
    "contact": ("lead_name", None),
    "owner": ("person",),
    "department": ("team", None),
    "amount": ("amount",),
    "close_date": ("close_date",),
    "order_date": ("order_date",),
    "payment_date": ("payment_date",),
    "converted_at": ("converted_date",),
    "stage": ("stage",),
    "probability": ("probability",),
    "lead_source": ("channel",),
    "lead_status": ("status",),
    "campaign": ("campaign",),
    "deal_type": ("deal_type",),
    "created_at": ("created_date", "customer_since"),
    "modified_at": ("modified_at",),
    "record_status": ("status",),
    "customer_status": ("status",),
}
"""Role of a header -> the fields it may fill."""

STAGES = {
    "zoho": (
        "Qualification",
        "Closed Won",
        "Closed Lost to Competition",
        "Closed-Lost to Competition",
    ),
    "fxiaoke": ("验证客户", "赢单", "输单", "无效"),
    "hubspot": ("appointmentscheduled", "closedwon", "closedlost", "contractsent"),
    "salesforce": ("Id. Decision Makers", "Closed Won", "Closed Lost", "Perception Analysis"),
}
VALUES = {
    "amount": ("100.50", "200.00", "1300", "0.75"),
    "probability": ("70", "100", "0", "10"),
    "record_status": ("正常", "审核中", "作废", "变更中"),
}
LIFE = [True, False, False, True]
"""Which of the records above count."""

FIRST = datetime(2024, 1, 5, 10)
DATES = (
    "created_at",
    "modified_at",
    "close_date",
    "order_date",
    "payment_date",
    "converted_at",
    "ship_date",
    "stage_changed_at",
)
DAY, EPOCH = timedelta(days=1), datetime(1970, 1, 1)

Row = dict[str, str]
Style = Callable[[str, Row], str]

WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}

STYLES: dict[str, Style] = {
    "plain": lambda header, row: header,
    "starred": lambda header, row: f"*{header}" if row["canonical_role"] in VALUES else header,
    "star behind": lambda header, row: f"{header} *",
    "required": lambda header, row: f"{header}（必填）",
    "units": lambda header, row: header + _unit(header, row["canonical_role"]),
    "full width": lambda header, row: header.translate(WIDE),
}


def _unit(header: str, role: str) -> str:
    known = "(" in header
    return "" if known else {"amount": "(元)", "probability": "(%)"}.get(role, "")


def modules(shared_data: Path) -> dict[tuple[str, str], list[Row]]:
    path = shared_data / "crm_profiles" / "crm_headers.csv"
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            key = row["crm"], row["module"]
            if row["level"] in ("ABC" if key in SUPPOSED else "AB"):
                found[key].append(row)
    return found


def export(rows: list[Row], crm: str, language: str, style: Style) -> str:
    """The file, made of the headers of a module."""
    names = [row[language].split(" / ")[0].split(" (")[0] for row in rows]
    headers = [style(name, row) for name, row in zip(names, rows, strict=True)]
    by_api = crm == "fxiaoke" and language == "api_name"
    cells = [_values(row["canonical_role"], crm, by_api=by_api) for row in rows]
    written = io.StringIO()
    csv.writer(written).writerows([headers, *zip(*cells, strict=True)])
    return written.getvalue()


def _values(role: str, crm: str, *, by_api: bool) -> tuple[str, ...]:
    if role in DATES:
        days = [FIRST + n * DAY for n in range(4)]
        if by_api:  # milliseconds since 1970
            return tuple(str(int((day - EPOCH).total_seconds() * 1000)) for day in days)
        return tuple(f"{day:%Y-%m-%d %H:%M}" for day in days)
    if role == "stage":
        return STAGES[crm]
    return VALUES.get(role, tuple(f"{role} {n}" if role else "" for n in range(4)))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", ["label_en", "label_zh", "api_name"])
@pytest.mark.parametrize("module", DATASETS, ids="-".join)
def test_every_header_with_evidence_fills_its_field(shared_data, tmp_path, module, language, style):
    rows = [row for row in modules(shared_data)[module] if row[language]]
    if not any(row["canonical_role"] in ("stage", "customer") for row in rows):
        pytest.skip("no headers with evidence in this language")
    text = export(rows, module[0], language, STYLES[style])
    if not any(row["canonical_role"] in DATES for row in rows):
        _refused_for_its_date(tmp_path, text)
        return
    reading = kit.read(tmp_path, text)
    (mapping,) = propose_all(reading, None, None, Overrides())
    assert (mapping.dataset, mapping.profile) == (DATASETS[module], module[0])
    assert mapping.questions == ()
    landed = {c.header: c.field for c in mapping.columns}
    roles = [row["canonical_role"] for row in rows]
    fields = [landed[column] for column in reading.tables[0].columns]
    assert {
        (role, field)
        for role, field in zip(roles, fields, strict=True)
        if role in FIELDS and field not in FIELDS[role]
    } <= _second_choices(roles, fields)
    done = kit.clean(reading, mapping, tmp_path)
    assert (done.counts.loaded, done.counts.rejected) == (4, 0)
    if "record_status" in roles:
        assert kit.column(done, "counts") == LIFE
    if "stage" in roles:
        assert kit.column(done, "outcome")[1:3] == ["won", "lost"]
    for role in set(DATES) & set(roles):
        field = landed[reading.tables[0].columns[roles.index(role)]]
        if field is not None:
            assert str(kit.column(done, f"cast({field} as date)")[0]) == "2024-01-05"


def _second_choices(roles: list[str], fields: list[str | None]) -> set[tuple[str, str | None]]:
    """Columns of a role that another column of the same role filled already."""
    filled = {role for role, field in zip(roles, fields, strict=True) if field is not None}
    return {(role, None) for role in filled if roles.count(role) > 1}


def _refused_for_its_date(folder: Path, text: str) -> None:
    """No header of a date has evidence: such a file is no list of leads we could count."""
    with pytest.raises(DataRefused) as error:
        kit.plans(folder, text)
    assert (error.value.key, error.value.values["field"]) == (
        "data.required_missing",
        "created_date",
    )
