"""Currencies as amounts carry them: ISO codes and signs, before or behind the number."""

import re

_CODES = """
AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR
ILS INR ISK JOD JPY KES KRW KWD KZT LKR MAD MOP MXN MYR NGN NOK NZD OMR PEN PHP
PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD UYU VND ZAR
"""
CODES = tuple(_CODES.split())
"""ISO codes that may stand beside a number."""

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
