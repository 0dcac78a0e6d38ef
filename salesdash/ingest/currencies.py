"""Currencies as amounts carry them: ISO codes and signs, before or behind the number."""

import re

_CODES = """
AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR
ILS INR ISK JOD JPY KES KRW KWD KZT LKR MAD MOP MXN MYR NGN NOK NZD OMR PEN PHP
PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD UYU VND ZAR
"""
CODES = tuple(_CODES.split())
"""ISO codes that may stand beside a number."""

_NAMED = re.compile(rf"(?<![a-z])(?:{'|'.join(CODES).lower()})(?![a-z])")

SIGNS: dict[str, str] = {
    "US$": "USD",
    "AU$": "AUD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "NT$": "TWD",
    "MX$": "MXN",
    "A$": "AUD",
    "C$": "CAD",
    "S$": "SGD",
    "R$": "BRL",
    "CN¥": "CNY",
    "JP¥": "JPY",
    "RMB": "CNY",
    "人民币": "CNY",
    "元": "CNY",
    "块": "CNY",
    "円": "JPY",
    "원": "KRW",
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "RS.": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₺": "TRY",
    "₫": "VND",
    "฿": "THB",
    "₴": "UAH",
    "₪": "ILS",
    "₦": "NGN",
    "₱": "PHP",
    "RP": "IDR",
    "ZŁ": "PLN",
    "KČ": "CZK",
    "FT": "HUF",
    "LEI": "RON",
    "FR.": "CHF",
}
"""Signs that mean one currency, in upper case, longer ones first."""

SHARED: dict[str, tuple[str, ...]] = {
    "$": ("USD", "CAD", "AUD", "HKD", "SGD", "NZD", "TWD", "MXN", "CLP", "COP", "ARS"),
    "¥": ("CNY", "JPY"),
    "KR.": ("SEK", "NOK", "DKK", "ISK"),
    "KR": ("SEK", "NOK", "DKK", "ISK"),
}
"""Signs of several currencies: the company's own if it is one of them, else the first."""

PATTERN = "|".join((*CODES, *(re.escape(sign).replace("\\.", "[.]") for sign in (*SIGNS, *SHARED))))
"""Any of them, as a regular expression over upper-case text."""

NAMES: dict[str, str] = {
    "DOLLAR": "USD",
    "US DOLLAR": "USD",
    "EURO": "EUR",
    "POUND": "GBP",
    "POUND STERLING": "GBP",
    "YEN": "JPY",
    "YUAN": "CNY",
    "人民币元": "CNY",
    "美元": "USD",
    "欧元": "EUR",
    "英镑": "GBP",
    "日元": "JPY",
    "港币": "HKD",
    "港元": "HKD",
    "新台币": "TWD",
}
"""Names of currencies, in upper case."""


def found_in(text: str) -> bool:
    """Whether an amount carries a currency."""
    return re.search(PATTERN, text.upper().replace("￥", "¥")) is not None


def meanings(home: str) -> dict[str, str]:
    """Sign or name -> ISO code; what several currencies share is the company's, if it may be."""
    shared = {sign: home if home in of else of[0] for sign, of in SHARED.items()}
    return {**SIGNS, **NAMES, **shared}


def named_in(header: str) -> str | None:
    """The one ISO code that a header carries as a word: amount_usd, Total (EUR)."""
    found = set(_NAMED.findall(header.lower()))
    return found.pop().upper() if len(found) == 1 else None


def without_code(header: str) -> str:
    """The header without the ISO code that it carries as its first or last word."""
    code = named_in(header)
    if code is None:
        return header
    return re.sub(rf"(?i)^{code}(?![a-z])|(?<![a-z]){code}$", "", header.strip())
