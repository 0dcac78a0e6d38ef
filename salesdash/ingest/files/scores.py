"""How much a run of bytes looks like text of an encoding: 0 (noise) to 1 (everyday text).

Each legacy East Asian encoding keeps its common characters in one block of lead bytes, so the
share of characters from that block tells text from noise. GB18030 gets a small bonus: it is what
Chinese business software writes when it does not write UTF-8.
"""

import re

BONUS = 0.05

SHORT = 2
"""Western words have no more foreign letters in a row."""

_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def gb18030(data: bytes) -> float:
    """Share of non-ASCII characters that are everyday GB2312 (level 1 characters, punctuation)."""
    text = _text(data, "gb18030")
    good = sum(1 for char in text if _lead(char, "gb2312") in _GB_COMMON)
    return good / len(text) + BONUS if text else 0.0


def big5(data: bytes) -> float:
    """Share of non-ASCII characters from Big5's frequently used block and punctuation."""
    text = _text(data, "big5")
    good = sum(1 for char in text if _lead(char, "big5") in _BIG5_COMMON)
    return good / len(text) if text else 0.0


def shift_jis(data: bytes) -> float:
    """Share of kana and JIS level 1; without any kana it is not Japanese text."""
    text = _text(data, "shift_jis")
    kana = sum(1 for char in text if "\u3040" <= char <= "\u30ff")
    good = kana + sum(1 for char in text if _lead(char, "shift_jis") in _JIS_COMMON)
    return good / len(text) if text and kana else 0.0


def cp1252(data: bytes) -> float:
    """Share of accented letters and signs that stand among ASCII, as in `Café`, `Núñez`, `€ 5`.

    Two that are one letter of UTF-8 (`Ã©`) count as noise.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return 0.0
    runs = _FOREIGN.findall(text)
    odd = sum(map(len, runs))
    short = sum(len(run) for run in runs if len(run) <= SHORT and not _is_utf8(run))
    likely = sum(1 for run in runs for char in run if char in _WESTERN)
    return min(short, likely) / odd if odd else 0.0


def _is_utf8(run: str) -> bool:
    try:
        run.encode("cp1252").decode()
    except UnicodeDecodeError:
        return False
    return True


def _text(data: bytes, encoding: str) -> str:
    """The non-ASCII characters, empty if the bytes are not of this encoding."""
    try:
        return "".join(char for char in data.decode(encoding) if not char.isascii())
    except UnicodeDecodeError:
        return ""


def _lead(char: str, encoding: str) -> int:
    try:
        return char.encode(encoding)[0]
    except UnicodeEncodeError:
        return 0


_GB_COMMON = frozenset((0xA1, 0xA3, *range(0xB0, 0xD8)))
_BIG5_COMMON = frozenset(range(0xA1, 0xC7))
_JIS_COMMON = frozenset(range(0x88, 0x98))
_WESTERN = frozenset(
    "àâäáãåæçèéêëìíîïñòóôöõøœùúûüýÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜÝ€£¥©®°±²³µ·¿¡«»–—‘’“”…™\xa0"
)
