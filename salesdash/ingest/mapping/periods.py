"""Periods as tables write them: 2017Q3, 2017-07, 2017年7月, Jan 2017, 2017H1, 2017, FY2017.

A header like `Jan` or `1月` names a month of a year that stands in another column.
"""

import re

from salesdash.ingest.reading import Profile

YEAR = frozenset(("year", "fiscalyear", "年", "年份", "年度"))
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
    rf"|{_YEAR}(?:0[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-/]{_YEAR}"
    rf"|{_MONTH_NAME}[-/ .']*{_YEAR}|{_YEAR}[-/ .]*{_MONTH_NAME}|{_MONTH_NAME}[-/ .']+\d\d"
)
_MIDNIGHT = re.compile(r"(?<=\d{4}-\d\d)-01(?:[ t]00:00:00)?$")
"""A spreadsheet writes the month at the head of a column as its first day."""

_BARE = re.compile(rf"(?P<name>{_MONTH_NAME})|(?P<number>0?[1-9]|1[0-2])月份?|(?P<part>[qh][1-4])")


def are_periods(profile: Profile) -> bool:
    """Whether the values of a column are periods, as far as the first ones show."""
    return bool(profile.samples) and all(
        _TEXT.fullmatch(sample.strip().lower()) for sample in profile.samples
    )


def month_of(header: str) -> str | None:
    """The period that a header names: as it stands, or `M01`, `Q1` of a year told elsewhere."""
    text = _MIDNIGHT.sub("", header.strip().lower())
    if _TEXT.fullmatch(text):
        return text
    found = _BARE.fullmatch(text)
    if found is None:
        return None
    if found["part"]:
        return text.upper() if text in ("q1", "q2", "q3", "q4", "h1", "h2") else None
    number = int(found["number"]) if found["number"] else _NAMES.index(found["name"][:3]) + 1
    return f"M{number:02}"


def are_bare(profile: Profile) -> bool:
    """Whether the values of a column are months or quarters without a year: 1, 1月, Jan, Q1."""
    names = [month_of(f"{sample}月" if sample.isdigit() else sample) for sample in profile.samples]
    return bool(names) and all(name is not None and is_bare(name) for name in names)


def is_bare(period: str) -> bool:
    """Whether a period that `month_of` gave lacks its year."""
    return period[:1] in ("M", "Q", "H")
