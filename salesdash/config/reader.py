"""Strict YAML: a document as plain values, the line of each, and every fault that reading shows.

Scalars follow YAML 1.2: only ``true`` and ``false`` are booleans, ``NO``, ``on``, ``12:30`` and
``010`` stay texts, ``1.10`` keeps its digits. Duplicate keys, tags and merges are refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from salesdash.errors import Place, Problem

MAX_BYTES = 1_000_000
"""A config of a thousand metrics has half of it; more is a data file by mistake."""

MAX_NODES = 100_000
"""Values after all aliases are written out: ten nested anchors make a billion of a hundred."""

MAX_DEPTH = 30

Path_ = tuple[str | int, ...]
Value = object

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)?\.[0-9]+(?:[eE][-+]?[0-9]{1,3})?\Z")
_WORDS: Mapping[str, object] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_CORE_TAGS = frozenset({None, "!", "tag:yaml.org,2002:str"})


@dataclass
class Document:
    """What a file says: `value` (None when it cannot be read), lines by path, faults."""

    file: str
    value: Value = None
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Path_) -> int | None:
        """The line of a value, else of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None

    def add(self, key: str, line: int | None = None, /, **values: object) -> None:
        """Note a fault."""
        self.problems.append(Problem(key, values, Place(self.file, line=line)))


class _Loader(yaml.SafeLoader):
    """Composes nodes only; what a scalar means is decided here, not by PyYAML's YAML 1.1."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own attribute


def read(path: Path) -> Document:
    """Read a file; never raises for what is in it or that it is missing."""
    document = Document(path.name)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        reason = error.strerror or type(error).__name__
        document.add("config.unreadable", path=str(path), reason=reason)
        return document
    if size > MAX_BYTES:
        document.add("config.too_large", megabytes=size // 1_000_000)
        return document
    return parse(data, document)


def parse(data: bytes, document: Document) -> Document:
    """Fill a document from bytes."""
    text = _text(data, document)
    if text is None:
        return document
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        _explain(error, text, document)
        return document
    except RecursionError:
        document.add("config.too_deep", limit=MAX_DEPTH)
        return document
    if node is None:
        document.add("config.empty")
    elif not isinstance(node, MappingNode):
        document.add("config.not_a_mapping", _line(node))
    else:
        document.value = _Builder(document).build(node)
    return document


def _text(data: bytes, document: Document) -> str | None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        document.add("config.encoding", 1, encoding="UTF-16")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        document.add("config.not_utf8", line)
    else:
        document.add("config.encoding", line, encoding="GBK / GB18030")
    return None


def _explain(error: yaml.YAMLError, text: str, document: Document) -> None:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else _control(text)
    written = text.split("\n")[line - 1] if line else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        document.add("config.tab", line)
    else:
        detail = getattr(error, "problem", None) or getattr(error, "reason", None) or ""
        document.add("config.syntax", line, detail=detail)


def _control(text: str) -> int | None:
    """Line of the first character that YAML forbids."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    return text[: found.start()].count("\n") + 1 if found else None


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


class _Builder:
    """Turns nodes into values, noting lines and faults."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._nodes = 0
        self._open: set[int] = set()
        self._stopped = False

    def build(self, node: Node) -> Value:
        """The value of the whole; None when a limit stopped it."""
        value = self._value(node, (), _line(node))
        return None if self._stopped else value

    def _value(self, node: Node, path: Path_, line: int) -> Value:
        self._nodes += 1
        if self._stopped or not self._within_limits(node, path):
            return None
        self._document.lines[path] = line
        if not _is_plain(node):
            self._document.add(
                "config.tag", _line(node), tag=str(node.tag).replace("tag:yaml.org,2002:", "!!")
            )
            return None
        if isinstance(node, ScalarNode):
            return _scalar(node)
        self._open.add(id(node))
        try:
            if isinstance(node, MappingNode):
                return self._mapping(node, path)
            return self._sequence(node, path)
        finally:
            self._open.discard(id(node))

    def _sequence(self, node: Node, path: Path_) -> list[Value]:
        items: list[Node] = node.value
        return [self._value(item, (*path, n), _line(item)) for n, item in enumerate(items)]

    def _mapping(self, node: MappingNode, path: Path_) -> dict[str, Value]:
        found: dict[str, Value] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = _line(key_node)
            if not isinstance(key_node, ScalarNode) or not _is_plain(key_node):
                self._document.add("config.key", line)
                continue
            key = str(key_node.value)
            if key in first:
                self._document.add("config.duplicate", line, key=key, first=first[key])
                continue
            first[key] = line
            found[key] = self._value(value_node, (*path, key), line)
        return found

    def _within_limits(self, node: Node, path: Path_) -> bool:
        if id(node) in self._open:
            self._stop("config.anchor_loop", node)
        elif self._nodes > MAX_NODES:
            self._stop("config.too_many_values", node, limit=MAX_NODES)
        elif len(path) > MAX_DEPTH:
            self._stop("config.too_deep", node, limit=MAX_DEPTH)
        return not self._stopped

    def _stop(self, key: str, node: Node, **values: object) -> None:
        self._stopped = True
        self._document.add(key, _line(node), **values)


def _is_plain(node: Node) -> bool:
    """No tag but the ones PyYAML gives by itself."""
    if isinstance(node, ScalarNode):
        return node.tag in _CORE_TAGS
    kind = "map" if isinstance(node, MappingNode) else "seq"
    return isinstance(node, MappingNode | SequenceNode) and node.tag == f"tag:yaml.org,2002:{kind}"


def _scalar(node: ScalarNode) -> Value:
    text = str(node.value)
    if node.style is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text) and len(text) <= 18:  # noqa: PLR2004 - digits of a BIGINT
        return int(text)
    return Decimal(text) if _DECIMAL.match(text) else text
