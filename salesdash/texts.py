"""Texts: the words of the interface, in every language the app speaks.

Words live in ``locales/<language>/*.yaml``, one file a room; a key is the path to a word, joined
with dots. `t` fills the placeholders, `error` says what went wrong, where, and what to do.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

import yaml
from babel import Locale

from salesdash.errors import ConfigError, Problem, SalesdashError

LANGUAGES = ("en", "zh")
FOLDER = Path(__file__).parent / "locales"


@lru_cache(maxsize=len(LANGUAGES))
def catalog(lang: str) -> Mapping[str, str]:
    """All words of a language by key; KeyError for a language that is not spoken."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    words: dict[str, str] = {}
    for file in sorted((FOLDER / lang).glob("*.yaml")):
        words.update(read_words(file))
    return MappingProxyType(words)


def read_words(file: Path) -> dict[str, str]:
    """The words of one locale file by key; ValueError if a key stands twice or holds no text."""
    with file.open(encoding="utf-8") as stream:
        tree = yaml.load(stream, Loader=_WordLoader)  # noqa: S506 - a BaseLoader: makes only strings
    return dict(_flat(tree or {}, file.name))


def t(key: str, lang: str, **values: object) -> str:
    """The words of a key, filled with the values.

    With `count` the plural form is taken (``key.one``, ``key.other``), if the key has any. A key
    without words comes back as it is: a missing word must not take a screen down.
    """
    return _fill(_template(key, lang, values), values)


def error(fault: BaseException | Problem, lang: str, *, markdown: bool = False) -> str:
    """Where something went wrong, what, and what to do, in the reader's words.

    The words are those under ``errors.<key>``; a remedy, if it is not part of them, those under
    ``remedies.<key>``; a suggestion follows where the words don't use it themselves. A
    `ConfigError` becomes one line for itself and one for each problem. Anything that is not ours
    reads as unexpected, without its details. `markdown`: values are escaped.
    """
    if isinstance(fault, ConfigError):
        lines = (error(problem, lang, markdown=markdown) for problem in fault.problems)
        head = t("errors.config.invalid", lang, **fault.values)
        return "\n".join((head, *(f"- {line}" for line in lines)))
    if not isinstance(fault, Problem | SalesdashError):
        return t("errors.unexpected", lang)
    place = {name: fact for name, fact in vars(fault.place).items() if fact is not None}
    values = {**place, **fault.values}
    if isinstance(fault, Problem) and fault.suggestion:
        values["suggestion"] = fault.suggestion
    if markdown:
        values = {name: _escaped(value) for name, value in values.items()}
    return _sentence(fault.key, values, tuple(place), lang)


def plural_form(count: float, lang: str) -> str:
    """The plural form a count takes in the language: "one" or "other"."""
    return _locale(lang).plural_form(count)


def markdown_safe(value: object) -> str:
    """A value from outside, made harmless for places that read markdown.

    Links, images, emphasis, HTML, formulas, tables, and Streamlit's own `:emoji:`, `:red[..]` and
    arrows show as the characters they are. White space becomes single spaces; control and
    direction-changing characters are dropped.
    """
    text = "" if value is None else str(value)
    kept = "".join(" " if sign.isspace() else sign for sign in text if _is_visible(sign))
    line = _ARROW.sub(lambda found: _JOINER.join(found[0]), " ".join(kept.split()))
    line = _ADDRESS.sub(rf"\g<0>{_JOINER}", line)
    return _PUNCTUATION.sub(r"\\\g<0>", line)


def _escaped(value: object) -> object:
    """Counts stay numbers, so that they choose the plural and get their separators."""
    return value if isinstance(value, int | float) else markdown_safe(value)


# Escaping stops the parser, but shortcodes, arrows and bare addresses are looked for in the text
# that comes out of it. An invisible character that joins words parts those.
_JOINER = "\u2060"
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_ARROW = re.compile(r"(?<!\S)(<->|->|<-|--|>=|<=|~=)(?!\S)")
_ADDRESS = re.compile(r"[:@](?=[\w+/-])|\bwww(?=\.)", re.IGNORECASE)
_DIRECTIONS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _is_visible(sign: str) -> bool:
    return sign.isspace() or (unicodedata.category(sign) != "Cc" and sign not in _DIRECTIONS)


def _sentence(key: str, values: Mapping[str, object], place: tuple[str, ...], lang: str) -> str:
    """Place, words, suggestion, remedy; what the words already use is not said again."""
    template = _template(f"errors.{key}", lang, values)
    used = _placeholders(template)
    what = _fill(template, values)
    if "suggestion" in values and "suggestion" not in used:
        what = t("texts.then", lang, first=what, then=_fill(t("texts.suggestion", lang), values))
    if f"remedies.{key}" in catalog(lang):
        remedy = _fill(catalog(lang)[f"remedies.{key}"], values)
        what = t("texts.then", lang, first=what, then=remedy)
    where = [_fill(t(f"texts.place.{fact}", lang), values) for fact in place if fact not in used]
    if not where:
        return what
    return t("texts.at", lang, place=t("texts.place.between", lang).join(where), what=what)


def _template(key: str, lang: str, values: Mapping[str, object]) -> str:
    words = catalog(lang)
    count = values.get("count", values.get("lines"))
    if isinstance(count, int | float | str) and f"{key}.other" in words:
        form = plural_form(count, lang) if not isinstance(count, str) else "other"
        return words.get(f"{key}.{form}", words[f"{key}.other"])
    return words.get(key, key)


def _fill(template: str, values: Mapping[str, object]) -> str:
    """Put the values in; a missing one leaves its placeholder standing."""
    return template.format_map(_Values(values))


_COUNTS = frozenset({"count", "lines"})


class _Values(dict[str, object]):
    """The values of a text: whole counts with thousands separators, a gap where one is missing."""

    def __getitem__(self, name: str) -> object:
        found = super().__getitem__(name)
        return f"{found:,}" if name in _COUNTS and isinstance(found, int) else found

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def _placeholders(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def _flat(tree: object, file: str, path: str = "") -> Iterator[tuple[str, str]]:
    """The leaves of a tree of words with their dotted keys."""
    if isinstance(tree, dict):
        for name, branch in tree.items():
            yield from _flat(branch, file, f"{path}.{name}" if path else name)
    elif isinstance(tree, str) and path:
        yield path, tree
    else:
        raise ValueError(f"{file}: {path or 'the file'} holds no text")


@lru_cache(maxsize=len(LANGUAGES))
def _locale(lang: str) -> Locale:
    return Locale.parse(lang)


class _WordLoader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Reads every scalar as the text that stands there ("no" is a word); refuses a key twice.

    Every start of a command and every child reads these files: libyaml does it ten times as fast.
    """


def _mapping(loader: _WordLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[object] = set()
    for key, _ in node.value:
        if key.value in seen:
            mark = key.start_mark
            raise ValueError(f"{mark.name}:{mark.line + 1}: {key.value} stands twice")
        seen.add(key.value)
    found: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return found


_WordLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
