"""What a single cell looks like, without knowing its column: number, date, code, label."""

import re
from functools import lru_cache

from salesdash.ingest import currencies

_MONEY = rf"(?:￥|\\|(?i:{currencies.PATTERN}))"
_NUMBER = re.compile(
    rf"{_MONEY}?\s*[(]?\s*[-+−–]?\s*{_MONEY}?\s*[-+−–]?"
    rf"\d[\d,.'’\s]*(?:[%)\-元万亿萬億만억]|{_MONEY})*\s*"
)
_DATE = re.compile(
    r"(?:(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )?(?:"
    r"\d{4}[-/年]\d{1,2}(?:[-/月]\d{1,2}日?|月)?(?:[ T].*)?|\d{4}\.\d{1,2}\.\d{1,2}(?:[ T].*)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?: .*)?|\d{1,2}月\d{1,2}[日号]"
    r"|\d{4}[.년] ?\d{1,2}[.월] ?\d.*|\d{3}[年./-]\d{1,2}[月./-]\d{1,2}日?"
    r"|(?:(?:中華)?民國|民国|令和|平成|昭和|[RHS])\.?(?:\d{1,3}|元)[年./-]\d{1,2}[月./-]\d{1,2}日?"
    r"|\d{1,2}[- ][A-Za-z]{3,9}[- ,]+\d{2,4}(?: .*)?|[A-Za-z]{3,9} \d{1,2},? \d{4}(?: .*)?)"
)
_MONTH = re.compile(
    r"(?:19|20)\d\d(?:[-/.](?:0?[1-9]|1[0-2])(?:-01(?:[ T]00:00:00)?)?|年(?:0?[1-9]|1[0-2])月)"
)
KNOWN = 1 << 14
"""Cells are looked at several times while the layout of a file is found, and repeat within it."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"\d")
_LETTERS = re.compile(r"[A-Za-z]+")

_WORDS = """
total totals grandtotal subtotal sum overall average avg count
summe gesamt gesamtsumme zwischensumme endsumme somme soustotal totale totaal subtotaal
suma soma razem
合计 总计 小计 总和 共计 累计 本页合计 本页小计 总合计 平均 均值 笔数 条数
合計 總計 小計 總和 共計 累計 本頁合計 總合計 総計 総合計 計 합계 총계 총합계 소계 누계 평균
"""
TOTAL_WORDS = frozenset(_WORDS.split())

_TOTAL = re.compile(r"[\s:：\-_*]+")
_RULE = re.compile(r"[-=_+|:]{2,}")
_TOTAL_OF = re.compile(
    r"(grand |sub)?-?totals?\b.+|.+\b(sub)?-?totals?[\s:]*|.*[합총소]계"
    r"|.*[合总總総小共][计計][\s:：]*(（.*）|\(.*\))?"
)


def is_plain_total(cell: str) -> bool:
    """A word for a total and nothing else: Total, 合计."""
    return _TOTAL.sub("", cell.lower()) in TOTAL_WORDS


def is_number(cell: str) -> bool:
    """A number in any writing: 1,234.50, (1.200), ￥5, 15 %."""
    return _NUMBER.fullmatch(cell) is not None


def is_date(cell: str) -> bool:
    """A date in any usual writing."""
    return _DATE.fullmatch(cell.strip()) is not None


def is_month(cell: str) -> bool:
    """A month with its year, also as the first day of it: it may head a column."""
    return _MONTH.fullmatch(cell.strip()) is not None


@lru_cache(maxsize=KNOWN)
def is_value(cell: str) -> bool:
    """A date or a number; a lone year is neither (it may head a column)."""
    text = cell.strip()
    return bool(text) and not _YEAR.fullmatch(text) and (is_number(text) or is_date(text))


def are_labels(cells: list[str]) -> bool:
    """Labels hold no dates and no amounts; years and small counts may be labels (`Region,2023`).

    So may several months, each once, beside a word (`Person,2026-01,2026-02`).
    """
    filled = [cell for cell in cells if cell]
    months = [cell for cell in filled if is_month(cell)]
    if 1 < len(months) == len(set(months)) < len(filled):
        filled = [cell for cell in filled if cell not in months]
    if any(is_date(cell) for cell in filled):
        return False
    return sum(1 for cell in filled if is_value(cell)) * 4 < len(filled) or not filled


def is_total_word(cell: str) -> bool:
    """Whether the cell names a total: `Grand Total:`, `合 计`, `Subtotal North`, `华东小计`."""
    text = cell.strip().lower()
    return _TOTAL.sub("", text) in TOTAL_WORDS or _TOTAL_OF.fullmatch(text) is not None


def is_rule(cell: str) -> bool:
    """Whether the cell is a line drawn with signs: `-----`, `=====`, `---+---`."""
    return _RULE.fullmatch(cell.strip()) is not None


def shape(cell: str) -> str:
    """The cell with runs of letters as A and digits as 9: `BH-7531` -> `A-9999`."""
    return _DIGITS.sub("9", _LETTERS.sub("A", cell.strip()))


_KINDS = (
    ("date", is_date),
    ("number", is_number),
    ("url", re.compile(r"(https?://|www\.).*").fullmatch),
    ("mail", re.compile(r"[^ ]*@[^ ]*").fullmatch),
)
_CODE = re.compile(r"(?=.*\d)\S{1,40}")


@lru_cache(maxsize=KNOWN)
def kind(cell: str) -> str:
    """A coarse class for comparing the cells of a column: empty, date, number, code, url, text."""
    text = cell.strip()
    if not text:
        return "empty"
    found = next((name for name, fits in _KINDS if fits(text)), None)
    return found or (f"code:{shape(text)}" if _CODE.fullmatch(text) else "text")
