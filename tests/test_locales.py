"""The locale files say the same things in every language, and all that the code asks for."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from salesdash import errors, texts
from salesdash.errors import Place
from salesdash.periods import ByDay, Comparison, Grain, presets

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(
    path for folder in ("salesdash", "pages") for path in (ROOT / folder).rglob("*.py")
)
FAULTS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, (errors.SalesdashError, errors.Problem))
} - {"ConfigError"}
PLACE = set(vars(Place()))
KEY = re.compile(r"[\w-]+(\.[\w:-]+)+")
FILE_NAME = re.compile(r"\.(py|ya?ml|json|csv|xlsx?|parquet|sqlite|url|duckdb|sql|css|lock)$")
FORMS = (".one", ".other")


@dataclass(frozen=True)
class Asked:
    """A key the code asks for; a part it fills in at run time reads `*`."""

    where: str
    key: str
    values: frozenset[str] | None  # None: not known here


def files(lang: str) -> list[Path]:
    return sorted((texts.FOLDER / lang).glob("*.yaml"))


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def literal(node: ast.expr) -> str | None:
    """A text constant; the holes of an f-string become `*`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values
        )
    return None


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def keywords(node: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in node.keywords]
    return None if None in names else frozenset(name for name in names if name)


def asked(node: ast.Call, where: str) -> Iterator[Asked]:
    """The keys a call asks for: `t(key)`, `Reason(key)`, and faults, worded under `errors`."""
    name, values = called(node), keywords(node)
    if not node.args or (key := literal(node.args[0])) is None:
        return
    if (name == "t" and "." in key) or (name == "Reason" and KEY.fullmatch(key.replace("*", "x"))):
        yield Asked(where, key, values if name == "t" else None)
    if name in FAULTS and KEY.fullmatch(key.replace("*", "x")):
        if name == "Problem":
            values = problem_values(node)
        yield Asked(where, f"errors.{key}", values)


def problem_values(node: ast.Call) -> frozenset[str] | None:
    given = node.args[1] if len(node.args) > 1 else None
    given = next((k.value for k in node.keywords if k.arg == "values"), given)
    if given is None:
        return frozenset()
    if not isinstance(given, ast.Dict):
        return None
    names = [literal(key) if key else None for key in given.keys]
    return None if None in names else frozenset(name for name in names if name)


@cache
def in_code() -> tuple[tuple[Asked, ...], tuple[tuple[str, str], ...]]:
    """What all sources ask for; every text constant in them that is not a piece of an f-string."""
    keys: list[Asked] = []
    constants: list[tuple[str, str]] = []
    for path in SOURCES:
        name = path.relative_to(ROOT)
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        pieces = {id(part) for f in nodes if isinstance(f, ast.JoinedStr) for part in f.values}
        for node in nodes:
            if isinstance(node, ast.Call):
                keys += asked(node, f"{name}:{node.lineno}")
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and id(node) not in pieces:
                constants.append((f"{name}:{getattr(node, 'lineno', 0)}", text))
    return tuple(keys), tuple(constants)


@cache
def answers(key: str, lang: str) -> list[str]:
    """The words that answer a key, with all their forms."""
    words = texts.catalog(lang)
    if "*" not in key:
        return [words[name] for name in (key, *(key + form for form in FORMS)) if name in words]
    pattern = re.compile(re.escape(key).replace(r"\*", ".+") + r"(\.one|\.other)?")
    return [text for name, text in words.items() if pattern.fullmatch(name)]


def without_form(key: str) -> str:
    """Chinese has no singular: a language writes the plural forms it has."""
    return key.removesuffix(".one").removesuffix(".other")


def test_the_languages_are_the_folders():
    folders = {path.name for path in texts.FOLDER.iterdir() if path.is_dir()}
    assert folders == set(texts.LANGUAGES)


def test_every_room_has_its_file_in_every_language():
    assert [path.name for path in files("en")] == [path.name for path in files("zh")]


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_no_key_stands_in_two_files(lang):
    counts = Counter(key for file in files(lang) for key in texts.read_words(file))
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_no_key_is_both_words_and_a_branch(lang):
    keys = set(texts.catalog(lang))
    branches = {key.rsplit(".", n)[0] for key in keys for n in range(1, key.count(".") + 1)}
    assert keys & branches == set()


def test_languages_have_the_same_keys():
    english, chinese = (
        {without_form(key) for key in texts.catalog(lang)} for lang in texts.LANGUAGES
    )
    assert sorted(english ^ chinese) == []


@pytest.mark.parametrize("name", [path.name for path in files("en")])
def test_languages_have_the_same_placeholders(name):
    english, chinese = (texts.read_words(texts.FOLDER / lang / name) for lang in texts.LANGUAGES)
    pattern_tree = ("formats.date", "formats.range", "formats.unit")  # languages order them freely
    unlike = [
        key
        for key in english.keys() & chinese.keys()
        if fields(english[key]) != fields(chinese[key])
        and not key.startswith(pattern_tree)
        and not key.endswith(FORMS)
    ]
    assert unlike == []


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_plural_forms_have_no_more_placeholders_than_the_general_one(lang):
    words = texts.catalog(lang)
    ones = [key for key in words if key.endswith(".one")]
    assert [key for key in ones if not fields(words[key]) <= fields(other_form(words, key))] == []


def other_form(words: Mapping[str, str], key: str) -> str:
    return words[key.removesuffix("one") + "other"]


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_placeholders_are_plain_names(lang):
    odd = {
        key
        for key, text in texts.catalog(lang).items()
        for name in fields(text)
        if not name.isidentifier()
    }
    assert odd == set()


def test_chinese_words_are_set_in_chinese_punctuation():
    """No half-width comma, colon, question mark or full stop after a Chinese character."""
    wrong = re.compile(r"[\u4e00-\u9fff][,;:?!](?!//)|[\u4e00-\u9fff]\.(\s|$)")
    assert [key for key, text in texts.catalog("zh").items() if wrong.search(text)] == []


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_key_in_the_code_has_words(lang):
    missing = [f"{one.where} {one.key}" for one in in_code()[0] if not answers(one.key, lang)]
    assert not missing, "\n".join(missing)


def test_error_keys_kept_in_tables_have_words():
    """Keys that reach a fault through a variable, like those of a dict of reasons."""
    words = texts.catalog("en")
    groups = {key.split(".")[1] for key in words if key.startswith("errors.")}
    lost = [
        f"{where} {text}"
        for where, text in in_code()[1]
        if KEY.fullmatch(text) and text.split(".")[0] in groups and not FILE_NAME.search(text)
        if not answers(text, "en") and not answers(f"errors.{text}", "en")
    ]
    assert not lost, "\n".join(lost)


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_no_words_wait_for_a_value_that_nobody_gives(lang):
    hungry = [
        f"{one.where} {one.key} {sorted(missing)}"
        for one in in_code()[0]
        if one.values is not None and "*" not in one.key
        for text in answers(one.key, lang)
        if (missing := fields(text) - one.values - PLACE - {"suggestion"})
    ]
    assert not hungry, "\n".join(hungry)


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_code_of_time_has_its_word(lang):
    codes = {
        "preset": presets(),
        "grain": tuple(Grain),
        "comparison": tuple(Comparison),
        "by": tuple(ByDay),
        "versus": (Comparison.PREVIOUS, Comparison.LAST_YEAR),
        "note": ("week_53", "long_year", "leap_day", "leap_year", "shorter"),
    }
    keys = {f"periods.{kind}.{code}" for kind, some in codes.items() for code in some}
    assert keys - set(texts.catalog(lang)) == set()


def test_the_reader_of_code_finds_what_it_looks_for():
    code = """
t("a.b", lang, x=1)
words.t(f"a.{kind}.c", lang, **values)
raise FileError("file.empty", place=place, name=name)
Problem("metric.bad", {"metric": m})
t(key, lang)
print("a.b")
"""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    found = [one for node in calls for one in asked(node, f"{node.lineno}")]
    assert sorted((one.where, one.key, one.values) for one in found) == [
        ("2", "a.b", {"x"}),
        ("3", "a.*.c", None),
        ("4", "errors.file.empty", {"place", "name"}),
        ("5", "errors.metric.bad", {"metric"}),
    ]
