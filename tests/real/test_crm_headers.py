"""Files as four CRMs export them, made of header rows with evidence A and B: each column lands."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from tests.ingest import kit

pytestmark = pytest.mark.real

DATASETS = {
    ("zoho", "Deals"): "deals",
    ("fxiaoke", "NewOpportunityObj"): "deals",
    ("fxiaoke", "AccountObj"): "customers",
    ("hubspot", "Deals"): "deals",
    ("salesforce", "Opportunity"): "deals",
}
"""Modules of which enough rows have evidence; a module without its date is no file we can take."""

FIELDS = {
    "deal_id": ("deal",),
    "deal_name": ("deal_name",),
    "customer_id": ("customer",),
    "customer": ("customer", "customer_name"),
    "owner": ("person",),
    "amount": ("amount",),
    "close_date": ("close_date",),
    "stage": ("stage",),
    "probability": ("probability",),
    "lead_source": ("channel",),
    "campaign": ("campaign",),
    "deal_type": ("deal_type",),
    "created_at": ("created_date", "customer_since"),
    "modified_at": ("modified_at",),
    "record_status": ("status",),
    "customer_status": ("status",),
}
"""Role of a header -> the fields it may fill."""

VALUES = {
    "amount": "100.50",
    "probability": "70",
    "stage": "Closed Won",
    "record_status": "正常",
    "deal_id": "zcrm_4876876000000601052",
}
DATES = ("created_at", "modified_at", "close_date", "stage_changed_at")

Row = dict[str, str]


def modules(shared_data: Path) -> dict[tuple[str, str], list[Row]]:
    path = shared_data / "crm_profiles" / "crm_headers.csv"
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["level"] in "AB":
                found[row["crm"], row["module"]].append(row)
    return found


@pytest.mark.parametrize("language", ["label_en", "label_zh", "api_name"])
@pytest.mark.parametrize("module", DATASETS, ids="-".join)
def test_every_header_with_evidence_fills_its_field(shared_data, tmp_path, module, language):
    rows = [row for row in modules(shared_data)[module] if row[language]]
    if not any(row["canonical_role"] in ("stage", "customer") for row in rows):
        pytest.skip("no headers with evidence in this language")
    headers = [row[language].split(" / ")[0].removesuffix(" (recalled)") for row in rows]
    cells = [_value(row["canonical_role"]) for row in rows]
    quoted = ",".join(f'"{header}"' for header in headers)
    (mapping,) = kit.plans(tmp_path, f"{quoted}\n{','.join(cells)}\n")
    assert (mapping.dataset, mapping.questions) == (DATASETS[module], ())
    landed = {c.header: c.field for c in mapping.columns}
    wrong = {
        header: landed[header]
        for header, row in zip(headers, rows, strict=True)
        if row["canonical_role"] in FIELDS and landed[header] not in FIELDS[row["canonical_role"]]
    }
    assert wrong == {}


def _value(role: str) -> str:
    return "2024-01-05" if role in DATES else VALUES.get(role, "x")
