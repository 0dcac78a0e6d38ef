"""How much a run of bytes looks like text of an encoding: 0 (noise) to 1 (everyday text).

Each legacy East Asian encoding keeps its common characters in one block of lead bytes, so the
share of characters from that block tells text from noise. GB18030 gets a small bonus: it is what
Chinese business software writes when it does not write UTF-8.
"""

import re

BONUS = 0.05

SHORT = 2
"""Western words have no more foreign letters in a row."""

_RUN = re.compile(r"[^\x00-\x7f]+")

_LEFT_OVER = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
"""What cp932 makes of bytes that no text of Shift_JIS has."""


RARE = 0.3
"""What a character counts that the encoding has, but that few texts use."""

KANJI = 0.95
"""Kanji without any kana around them."""

NARROW, ALONE = 0.8, 0.55
"""Half-width kana, and those in a text of nothing else: Chinese and Western text can look so."""

HANGUL = 0.1
"""What speaks for Korean where many different syllables and hardly anything else stand there.

All of them are everyday Chinese by their bytes; of so many Chinese characters some would be none.
"""

SYLLABLES, MOSTLY = 12, 0.98

PAIR, RUN = 0.9, 0.6
"""Two accented letters or two signs side by side, and longer or mixed runs."""


def gb18030(data: bytes) -> float:
    """Share of non-ASCII characters that are everyday GB2312 (level 1 characters, punctuation)."""
    text = _text(data, "gb18030")
    good = sum(1.0 if _lead(char, "gb2312") in _GB_COMMON else _rare(char) for char in text)
    return good / len(text) + BONUS if text else 0.0


def big5(data: bytes) -> float:
    """Share of non-ASCII characters from Big5's frequently used block and punctuation."""
    text = _text(data, "cp950")
    good = sum(1 for char in text if _lead(char, "cp950") in _BIG5_COMMON)
    return good / len(text) if text else 0.0


def shift_jis(data: bytes) -> float:
    """Share of kana and JIS level 1; half-width kana weigh less."""
    text = _text(data, "cp932")
    if not is_whole(text, "cp932"):
        return 0.0
    is_narrow = all(_is_narrow(char) for char in text)
    kanji = 1.0 if any("\u3040" <= char <= "\u30ff" for char in text) else KANJI
    good = sum(_japanese(char, kanji, ALONE if is_narrow else NARROW) for char in text)
    return good / len(text) if text else 0.0


def korean(data: bytes) -> float:
    """Share of everyday Hangul and of punctuation."""
    text = _text(data, "cp949")
    common = [char for char in text if _lead(char, "cp949") in _KR_COMMON]
    syllables = {char for char in common if "\uac00" <= char <= "\ud7a3"}
    sure = HANGUL if len(syllables) >= SYLLABLES and len(common) >= MOSTLY * len(text) else 0.0
    return len(common) / len(text) + sure if text else 0.0


def cp1252(data: bytes) -> float:
    """Share of accented letters and signs that stand among ASCII, as in `Café`, `Núñez`, `€ 5`.

    Two that are one letter of UTF-8 (`Ã©`) count as noise.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return 0.0
    runs = [(found.group(), text[found.end() : found.end() + 1]) for found in _RUN.finditer(text)]
    odd = sum(len(run) for run, _ in runs)
    return sum(len(run) * _western(run, after) for run, after in runs) / odd if odd else 0.0


def is_whole(text: str, encoding: str) -> bool:
    """Whether no byte of a decoded text is of another encoding."""
    return encoding != "cp932" or _LEFT_OVER.search(text) is None


def _rare(char: str) -> float:
    return RARE if "\u4e00" <= char <= "\u9fff" else 0.0


def _is_narrow(char: str) -> bool:
    return "\uff61" <= char <= "\uff9f"


def _japanese(char: str, kanji: float, narrow: float) -> float:
    if "\u3000" <= char <= "\u30ff":
        return 1.0
    if _is_narrow(char):
        return narrow
    return kanji if _lead(char, "cp932") in _JIS_COMMON else 0.0


def _western(run: str, after: str) -> float:
    """How likely these signs side by side are in Western text, before this ASCII sign."""
    if not set(run) <= _WESTERN or _is_utf8(run):
        return 0.0
    if len(run) == 1:
        return RARE if run.islower() and after.isupper() else 1.0
    alike = run.isalpha() or not any(char.isalpha() for char in run)
    return PAIR if alike and len(run) == SHORT else RUN


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
_KR_COMMON = frozenset((0xA1, 0xA2, 0xA3, *range(0xB0, 0xC9)))
_WESTERN = frozenset(
    "àâäáãåæçèéêëìíîïñòóôöõøœùúûüýÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜÝ€£¥©®°±²³µ·¿¡«»‹›–—‘’“”„‚…™ªº§½¼¾\xa0"
)
