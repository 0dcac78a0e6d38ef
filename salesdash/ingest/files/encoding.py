"""The encoding ladder: byte order mark, zero bytes, strict UTF-8, then scored candidates.

Every candidate must decode the *whole* file strictly; a sample is never enough (one Chinese cell
in 200 lines of English fools every detector). The text reaches the next step as UTF-8 on disk.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from salesdash.errors import FileError, Place
from salesdash.ingest.files import garbled, scores
from salesdash.ingest.mapping.profiles import is_known

CHUNK = 1 << 22
SCORED_BYTES = 1 << 21
"""Non-ASCII text up to here decides between candidates that all decode."""

ENOUGH_ZEROS = 4

_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What Windows writes under the name of a standard: with 宏碁, ㈱, 髙 and 똠, too."""

LABELS = 0.3
"""What a header of known labels adds to the score of an encoding."""

WIDE_BYTES = LINE_BYTES = 1 << 16
SURE = 0.5
"""A candidate below this share of plausible characters is no better than a guess."""

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_PLAIN = bytes((*range(0xC0), *range(0xE4, 0xEA)))
"""Bytes of ASCII and of U+4000 to U+9FFF: nearly all Chinese characters, each of one form only."""

_LATIN = b"\xc3"
"""First byte of U+00C0 to U+00FF, which have one form only, too."""

_GARBLED = tuple((sign, sign.translate(None, _PLAIN)) for sign in garbled.BYTES)
"""Signs of text that was decoded wrongly, with their bytes that are rarer."""


def times(chunk: bytes, sign: bytes) -> int:
    """How often a sign stands in bytes; one of a single byte by whole vectors of them."""
    if len(sign) > 1:
        return chunk.count(sign)
    return int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == ord(sign)))


@dataclass(frozen=True)
class Marks:
    """Counts over the whole UTF-8 text that tell whether it is cut the simple way."""

    newlines: int = 0
    returns: int = 0
    pairs: int = 0  # carriage return + newline
    zeros: int = 0
    tabs: bool = False
    ascii: bool = True
    one_form: bool = True  # no character has another form, or joins the one before it
    garbled: bool = False  # holds signs of text that was decoded wrongly
    odd: bool = False  # cells written as formulas, or a mark of the encoding within

    def plus(self, chunk: bytes) -> "Marks":
        """The counts with one more chunk; a chunk must not part a line end."""
        returns, is_ascii = times(chunk, b"\r"), chunk.isascii()
        others = b"" if is_ascii else chunk.translate(None, _PLAIN)
        is_formula = b'"' in chunk and b'="' in chunk
        return Marks(
            self.newlines + times(chunk, b"\n"),
            self.returns + returns,
            self.pairs + (chunk.count(b"\r\n") if returns else 0),
            self.zeros + times(chunk, b"\x00"),
            self.tabs or b"\t" in chunk,
            self.ascii and is_ascii,
            self.one_form and not others.translate(None, _LATIN),
            self.garbled or (not is_ascii and _is_garbled(chunk, others)),
            self.odd or is_formula or (b"\xef" in others and chunk.find(codecs.BOM_UTF8, 1) > 0),
        )


def _is_garbled(chunk: bytes, others: bytes) -> bool:
    """Whether a sign of wrong decoding is in it; `others`: its bytes that are not plain."""
    return any(sign in chunk for sign, rare in _GARBLED if all(byte in others for byte in rare))


@dataclass(frozen=True)
class Text:
    """The file as UTF-8 on disk, with what was decided about its encoding."""

    path: Path
    encoding: str
    reason: str  # bom, utf8, zeros, score, given
    marks: Marks
    bom: bool = False
    replaced: int = 0  # characters that could not be decoded, only when the user chose so

    @property
    def newline(self) -> str:
        """What breaks a line within a cell: the short end where ends differ, as in spreadsheets."""
        return "\r\n" if 0 < self.marks.pairs == self.marks.newlines else "\n"


def prepare(path: Path, given: str | None, folder: Path) -> Text:
    """Find the encoding (or take the given one) and make the text available as UTF-8.

    A UTF-8 file is used where it lies. FileError: unknown encoding; bytes of two encodings, with
    the line where the second begins.
    """
    if given is not None:
        return _given(path, given, folder)
    with path.open("rb") as file:
        head = file.read(CHUNK)
    mark = next((name for start, name in _MARKS if head.startswith(start)), None)
    if mark not in (None, "utf-8-sig"):
        return _written(path, str(mark), "bom", folder)
    wide = None if mark else _wide(head)
    if wide is not None:
        return _written(path, wide, "zeros", folder)
    marks = _utf8_marks(path)
    if marks is not None:
        return Text(path, "utf-8", "bom" if mark else "utf8", marks, bom=mark is not None)
    return _written(path, _scored(path), "score", folder)


def _chunks(path: Path) -> Iterator[bytes]:
    """The file in pieces that never part a carriage return from its newline."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            while chunk.endswith(b"\r") and (more := file.read(1)):
                chunk += more
            yield chunk


def count(path: Path, sign: str) -> int:
    """How often a sign stands in a UTF-8 file."""
    return sum(times(chunk, sign.encode()) for chunk in _chunks(path))


def is_glued(path: Path, cut: str) -> bool:
    """Whether a double quote touches other text on both sides anywhere in a UTF-8 file.

    No writer of CSV does that: it stands for a delimiter that is missing, or for a plain sign.
    """
    edges = np.zeros(256, bool)
    edges[list(b'" \t\r\n' + cut.encode())] = True
    rest = b"\n"
    for chunk in _chunks(path):
        text = rest + chunk
        rest = text[-2:]
        if b'"' not in text:
            continue
        signs = np.frombuffer(text, np.uint8)
        quotes = np.flatnonzero(signs[1:-1] == ord('"')) + 1
        if not (edges[signs[quotes - 1]] | edges[signs[quotes + 1]]).all():
            return True
    return False


def _utf8_marks(path: Path) -> Marks | None:
    """Counts of a file that is UTF-8 to the last byte, None if it is not."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    marks = Marks()
    try:
        for chunk in _chunks(path):
            if not chunk.isascii() or decoder.getstate()[0]:
                decoder.decode(chunk)
            marks = marks.plus(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return marks


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark shows by zero bytes on one side of pairs, and by its line ends."""
    pairs = max(len(head) // 2, 1)
    zeros = head.count(0)
    if not zeros:
        return None
    even, odd = head[0::2].count(0) / pairs, head[1::2].count(0) / pairs
    is_clear = min(even, odd) < 0.02 and max(even, odd) > 0.2  # noqa: PLR2004 - mostly ASCII signs
    if zeros >= ENOUGH_ZEROS and is_clear:
        return "utf-16-le" if odd > even else "utf-16-be"
    found = [name for name in ("utf-16-le", "utf-16-be") if _reads_as(head, name)]
    return found[0] if len(found) == 1 else None


def _reads_as(head: bytes, encoding: str) -> bool:
    """Whether this is text with line ends in an encoding of two bytes a character."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head[:WIDE_BYTES])
    except UnicodeDecodeError:
        return False
    signs = text.translate({ord(sign): None for sign in "\t\r\n"})
    return len(signs) < len(text) and len(head) % 2 == 0 and signs.isprintable() and signs != ""


def _given(path: Path, given: str, folder: Path) -> Text:
    try:
        name = codecs.lookup(given).name
        "".encode(name)
    except LookupError:
        raise FileError("file.unknown_encoding", encoding=given) from None
    return _written(path, name, "given", folder, errors="replace")


def _written(path: Path, encoding: str, reason: str, folder: Path, errors: str = "strict") -> Text:
    """Transcode into the folder, strictly unless the user chose the encoding."""
    target = folder / "text.utf8"
    encoding = _WIDER.get(encoding, encoding)
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    marks, replaced = Marks(), 0
    with target.open("wb") as out:
        for chunk in (*_chunks(path), None):
            text = _decode(decoder, chunk, path, encoding)
            replaced += text.count("\ufffd") if errors == "replace" else 0
            data = text.encode("utf-8")
            if marks == Marks() and data.startswith(codecs.BOM_UTF8):
                data = data[3:]
            out.write(data)
            marks = marks.plus(data)
    return Text(target, encoding.removesuffix("-sig"), reason, marks, replaced=replaced)


def _decode(
    decoder: codecs.IncrementalDecoder, chunk: bytes | None, path: Path, encoding: str
) -> str:
    try:
        return decoder.decode(chunk or b"", final=chunk is None)
    except UnicodeDecodeError:
        line, _ = _first_fault(path, encoding)
        raise FileError("file.mixed_encodings", place=Place(line=line), encoding=encoding) from None


def _scored(path: Path) -> str:
    """The legacy encoding whose characters look most like text; FileError if none does."""
    sample = _sample(path)
    scored = ((score(sample) + _labels(path, name), name) for name, score in _SCORES.items())
    for score, name in sorted(scored, key=lambda pair: -pair[0]):
        if score >= SURE and _decodes(path, name):
            return name
    line, name = max(_first_fault(path, name) for name in ("utf-8", *_SCORES))
    raise FileError("file.mixed_encodings", place=Place(line=line), encoding=name)


def _labels(path: Path, encoding: str) -> float:
    """How much the first line speaks for an encoding: labels that files of sales have."""
    with path.open("rb") as file:
        line = file.readline(LINE_BYTES)
    try:
        labels = re.split(r'[,;|\t"]+', line.decode(encoding).strip())
    except UnicodeDecodeError:
        return 0.0
    telling = [label for label in labels if not label.isascii()]
    return LABELS * sum(map(is_known, telling)) / len(telling) if telling else 0.0


def _sample(path: Path) -> bytes:
    """The lines that are not ASCII, up to a bound: only these tell encodings apart."""
    found: list[bytes] = []
    size = 0
    for chunk in _chunks(path):
        for line in [] if chunk.isascii() else chunk.split(b"\n"):
            if not line.isascii():
                found.append(line)
                size += len(line)
        if size > SCORED_BYTES:
            break
    return b"\n".join(found)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        whole = all(scores.is_whole(decoder.decode(chunk), encoding) for chunk in _chunks(path))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return whole


def _first_fault(path: Path, encoding: str) -> tuple[int, str]:
    """(line of the first byte that does not decode, encoding)."""
    number = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                whole = scores.is_whole(line.decode(encoding), encoding)
            except UnicodeDecodeError:
                whole = False
            if not whole:
                return number, encoding
    return number, encoding


_SCORES: dict[str, Callable[[bytes], float]] = {
    "gb18030": scores.gb18030,
    "cp950": scores.big5,
    "cp932": scores.shift_jis,
    "cp949": scores.korean,
    "cp1252": scores.cp1252,
}
