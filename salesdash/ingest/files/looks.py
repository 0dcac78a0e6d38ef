"""What a single cell looks like, without knowing its column: number, date, code, label."""

import re

_NUMBER = re.compile(
    r"[(]?\s*[-+]?\s*(?:[$€£¥￥]|US\$|CNY|RMB|USD|EUR)?\s*[-+]?\d[\d,.' \u00a0\u202f]*\s*[%)\-元万亿€]*\s*"
)
_DATE = re.compile(
    r"\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?(?:[ T].*)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?: .*)?"
    r"|\d{1,2}[- ][A-Za-z]{3,9}[- ,]+\d{2,4}(?: .*)?|[A-Za-z]{3,9} \d{1,2},? \d{4}(?: .*)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"\d")
_LETTERS = re.compile(r"[A-Za-z]+")

TOTAL_WORDS = frozenset(
    "total totals grandtotal subtotal sum overall 合计 总计 小计 总和 共计 累计 本页合计 本页小计 总合计".split()
)

_TOTAL = re.compile(r"[\s:：\-_*]+")


def is_number(cell: str) -> bool:
    """A number in any writing: 1,234.50, (1.200), ￥5, 15 %."""
    return _NUMBER.fullmatch(cell) is not None


def is_date(cell: str) -> bool:
    """A date in any usual writing."""
    return _DATE.fullmatch(cell.strip()) is not None


def is_value(cell: str) -> bool:
    """A date or a number; a lone year is neither (it may head a column)."""
    text = cell.strip()
    return bool(text) and not _YEAR.fullmatch(text) and (is_number(text) or is_date(text))


def is_total_word(cell: str) -> bool:
    """Whether the cell is just a word for a total: `Grand Total:`, `合 计`."""
    return _TOTAL.sub("", cell.lower()) in TOTAL_WORDS


def shape(cell: str) -> str:
    """The cell with runs of letters as A and digits as 9: `BH-7531` -> `A-9999`."""
    return _DIGITS.sub("9", _LETTERS.sub("A", cell.strip()))


def kind(cell: str) -> str:
    """A coarse class for comparing the cells of a column: empty, date, number, code, url, text."""
    text = cell.strip()
    if not text:
        return "empty"
    if is_date(text):
        return "date"
    if is_number(text):
        return "number"
    if re.match(r"https?://|www\.", text):
        return "url"
    if "@" in text and " " not in text:
        return "mail"
    if " " not in text and _DIGITS.search(text) and len(text) <= 40:  # noqa: PLR2004
        return f"code:{shape(text)}"
    return "text"
