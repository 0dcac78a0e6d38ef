"""Periods as tables write them: 2017Q3, 2017-07, 2017年7月, Jan 2017, 2017H1, 2017, FY2017.

A header like `Jan` or `1月` names a month of a year that stands in another column.
"""

import re

from salesdash.ingest import wording
from salesdash.ingest.headers import unitless
from salesdash.ingest.reading import Profile

YEAR = frozenset(
    (
        "year",
        "fiscalyear",
        "targetyear",
        "yearid",
        "salesyear",
        "année",
        "annee",
        "jahr",
        "año",
        "anno",
        "ano",
        "rok",
        "jaar",
        "年",
        "年份",
        "年度",
        "目标年度",
        "考核年度",
    )
)
"""Folded headers of a column of years, beside one of months."""

_YEAR = r"(?:19|20)\d\d"
_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_FISCAL = r"(?:fy|财年)\s*"
_TEXT = re.compile(
    rf"(?:{_FISCAL})?{_YEAR}\s*(?:年度?|财年)?"
    rf"|(?:{_FISCAL})?{_YEAR}\s*[-/年]?\s*(?:q[1-4]|第?[一二三四1-4]季度?|h[12]|[上下]半年)"
    rf"|(?:q[1-4]|h[12])\s*[-/']?\s*(?:{_FISCAL})?{_YEAR}"
    rf"|{_YEAR}\s*[-/.年m]\s*(?:0?[1-9]|1[0-2])\s*月?(?:份)?"
    rf"|{_YEAR}\s+(?:0?[1-9]|1[0-2])\s*月(?:份)?"
    rf"|{_YEAR}(?:0[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-/]{_YEAR}"
    rf"|{_MONTH_NAME}[-/ .']*{_YEAR}|{_YEAR}[-/ .]*{_MONTH_NAME}|{_MONTH_NAME}[-/ .']+\d\d"
)
_MIDNIGHT = re.compile(r"(?<=\d{4}-\d\d)-01(?:[ t]00:00:00)?$")
"""A spreadsheet writes the month at the head of a column as its first day."""

_BARE = re.compile(
    rf"(?P<name>{_MONTH_NAME})|(?P<number>0?[1-9]|1[0-2])月份?"
    r"|(?P<part>[qh][1-4]|第?[一二三四1-4]季度?|[上下]半年)"
)
_CALLED = re.compile(
    r"\s*(?:目标值?|目标额|任务额?|计划|业绩|销售额?|营业额|实绩|targets?|quotas?|goals?|plan|budget|sales)$"
)
_YEARS = re.compile(r"(?<![\d.,/-])((?:19|20)\d\d)(?![\d.,/]|[-_]?\d)")
_WHOLE = re.compile(rf"(?:{_FISCAL})?{_YEAR}\s*(?:年度?|财年)?")

MONTHS = {"M": 1, "Q": 3, "H": 6}
"""How many months a bare period lasts."""


def are_periods(profile: Profile) -> bool:
    """Whether the values of a column are periods, as far as the first ones show."""
    return bool(profile.samples) and all(
        _TEXT.fullmatch(sample.strip().lower()) for sample in profile.samples
    )


def are_dated(profile: Profile) -> bool:
    """Whether the values of a column are periods and no bare numbers: 2017 may be anything."""
    return are_periods(profile) and not any(sample.strip().isdigit() for sample in profile.samples)


def are_mostly_periods(profile: Profile) -> bool:
    """Whether more than half of the first values are periods."""
    known = [sample for sample in profile.samples if _TEXT.fullmatch(sample.strip().lower())]
    return 2 * len(known) > len(profile.samples)


def month_of(header: str) -> str | None:
    """The period that a header names: as it stands, or `M01`, `Q1` of a year told elsewhere.

    A unit and a word for a target beside it change nothing: `1月目标(万元)` is `M01`.
    """
    text = _MIDNIGHT.sub("", unitless(header).strip().lower())
    text = wording.in_english(_CALLED.sub("", text)).lower()
    if _TEXT.fullmatch(text):
        return text
    found = _BARE.fullmatch(text)
    if found is None:
        return None
    if found["part"]:
        return _part(text)
    number = int(found["number"]) if found["number"] else _NAMES.index(found["name"][:3]) + 1
    return f"M{number:02}"


def are_bare(profile: Profile) -> bool:
    """Whether the values of a column are months or quarters without a year: 1, 1月, Jan, Q1."""
    names = [month_of(f"{sample}月" if sample.isdigit() else sample) for sample in profile.samples]
    return bool(names) and all(name is not None and is_bare(name) for name in names)


def _part(text: str) -> str | None:
    """Q1, H2 of a quarter or half without a year."""
    if text[:1] in ("上", "下"):
        return "H1" if text[:1] == "上" else "H2"
    if text[:1] in ("q", "h"):
        return text.upper() if text not in ("h3", "h4") else None
    return f"Q{_number(text)}"


def _number(text: str) -> str:
    digit = next(sign for sign in text if sign in "一二三四1234")
    return str("一二三四".find(digit) + 1 or digit)


def years_in(text: str) -> tuple[int, ...]:
    """All years that a title or name tells."""
    return tuple(dict.fromkeys(int(year) for year in _YEARS.findall(text)))


def year_in(text: str) -> int | None:
    """The one year that a title or name tells, None if it tells none or several."""
    found = years_in(text)
    return found[0] if len(found) == 1 else None


def of_year(period: str, year: int) -> str:
    """A bare period with its year: 2026-01, 2026Q1, 2026H1."""
    return f"{year}-{period[1:]}" if period[:1] == "M" else f"{year}{period}"


def months_of(period: str) -> tuple[str, frozenset[int]] | None:
    """Year (as it is written, "" of a bare one) and months of a period that `month_of` gave.

    None for one that is written another way than the usual ones.
    """
    if is_bare(period):
        length, number = MONTHS[period[:1]], int(period[1:])
        return "", frozenset(range((number - 1) * length + 1, number * length + 1))
    text = period.lower()
    year = re.search(_YEAR, text)
    if year is None or "fy" in text or "财年" in text:
        return None
    if _WHOLE.fullmatch(text):
        return year[0], frozenset(range(1, 13))
    rest = re.sub(r"^(?:[\s\-/.年]|m(?=\d))+|[\s\-/.']+$", "", text.replace(year[0], "", 1))
    bare = month_of(rest) or month_of(f"{rest}月")
    found = months_of(bare) if bare is not None and is_bare(bare) else None
    return None if found is None else (year[0], found[1])


def is_fiscal_year(period: str) -> bool:
    """Whether it is a whole fiscal year, whose months nothing here tells: FY2026."""
    text = period.lower()
    return _WHOLE.fullmatch(text) is not None and ("fy" in text or "财年" in text)


def is_bare(period: str) -> bool:
    """Whether a period that `month_of` gave lacks its year."""
    return period[:1] in ("M", "Q", "H")
