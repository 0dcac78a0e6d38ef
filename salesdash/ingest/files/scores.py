"""How much a run of bytes looks like text of an encoding: 0 (noise) to 1 (everyday text).

Each legacy East Asian encoding keeps its common characters in one block of lead bytes, so the
share of characters from that block tells text from noise. GB18030 gets a small bonus: it is what
Chinese business software writes when it does not write UTF-8.
"""

BONUS = 0.05


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
    """Share of accented letters and signs that stand alone among ASCII, as in `Café` or `€ 5`."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return 0.0
    padded = f" {text} "
    odd = [i for i, char in enumerate(padded) if not char.isascii()]
    alone = sum(1 for i in odd if padded[i - 1].isascii() and padded[i + 1].isascii())
    likely = sum(1 for i in odd if padded[i] in _WESTERN)
    return min(alone, likely) / len(odd) if odd else 0.0


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
