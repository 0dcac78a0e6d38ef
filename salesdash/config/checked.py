"""Names and codes of config.yaml that are checked against what there is."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, WithJsonSchema

from salesdash.datasets import DATASETS, SALES
from salesdash.periods import countries

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
DATES = tuple(dict.fromkeys(role for dataset in DATASETS.values() for role in dataset.roles))


def _timezone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("timezone")
    return str(ZoneInfo(name))


def _country(code: str) -> str:
    if code not in countries():
        raise ValueError("country")
    return code


def _field(name: str) -> str:
    if name not in SALES.names:
        raise ValueError("field")
    return name


def _date(name: str) -> str:
    if name not in DATES:
        raise ValueError("date_role")
    return name


def _dataset(name: str) -> str:
    if name not in DATASETS:
        raise ValueError("dataset")
    return name


def _one_of(names: Iterable[str]) -> WithJsonSchema:
    """What editors offer; the check itself says it in our words."""
    return WithJsonSchema({"type": "string", "enum": list(names)})


def _currency(code: str) -> str:
    if not re.fullmatch("[A-Z]{3}", code):
        raise ValueError("currency")
    return code


def _month(name: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", name):
        raise ValueError("month")
    return name


Timezone = Annotated[str, AfterValidator(_timezone)]
Country = Annotated[str, AfterValidator(_country)]
Currency = Annotated[str, AfterValidator(_currency)]
Month = Annotated[str, AfterValidator(_month)]
Rate = Annotated[Decimal, Field(gt=0)]
DatasetName = Annotated[str, AfterValidator(_dataset), _one_of(DATASETS)]
FieldName = Annotated[str, AfterValidator(_field), _one_of(SALES.names)]
DateRole = Annotated[str, AfterValidator(_date), _one_of(DATES)]
