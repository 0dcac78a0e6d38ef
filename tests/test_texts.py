import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from salesdash import texts
from salesdash.errors import ConfigError, DataRefused, Place, Problem, UsageError

WORDS = """
plain: "Nothing to fill"
rows: {one: "{count} row of {file}", other: "{count} rows of {file}"}
odd: {other: "{count} things"}
on: no
texts:
  at: "{place}: {what}"
  then: "{first} {then}"
  suggestion: "Did you mean “{suggestion}”?"
  place:
    between: ", "
    file: "{file}"
    sheet: "sheet {sheet}"
    line: "line {line}"
    column: "column {column}"
errors:
  config: {invalid: {one: "One fault:", other: "{count} faults:"}}
  number: {bad: "“{value}” is not a number."}
  file: {empty: "{file} is empty."}
  metric: {unknown: "No metric “{metric}”, try {suggestion}."}
  header: {unknown: "No column “{header}”."}
  unexpected: "Something went wrong."
remedies:
  number: {bad: "Mend {column} and import again."}
"""


@pytest.fixture
def words(tmp_path, monkeypatch):
    """A small catalog in place of the real one."""
    for lang in texts.LANGUAGES:
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "a.yaml").write_text(WORDS, encoding="utf-8")
    (tmp_path / "en" / "b.yaml").write_text("", encoding="utf-8")
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    texts.catalog.cache_clear()
    yield tmp_path
    texts.catalog.cache_clear()


@pytest.mark.usefixtures("words")
class TestWords:
    def test_values_fill_placeholders(self):
        assert texts.t("rows", "en", count=2, file="a{b}.csv") == "2 rows of a{b}.csv"

    @pytest.mark.parametrize(
        ("count", "shown"),
        [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (12345, "12,345 rows"), (1.5, "1.5 rows")],
    )
    def test_plurals(self, count, shown):
        assert texts.t("rows", "en", count=count, file="x") == f"{shown} of x"

    def test_chinese_has_one_form(self):
        assert texts.t("rows", "zh", count=1, file="x") == "1 rows of x"

    def test_a_form_that_is_not_written_falls_back(self):
        assert texts.t("odd", "en", count=1) == "1 things"

    def test_a_count_without_forms_is_a_plain_value(self):
        assert texts.t("plain", "en", count=3) == "Nothing to fill"

    def test_a_count_that_is_text_already(self):
        assert texts.t("rows", "en", count="1.2M", file="x") == "1.2M rows of x"

    def test_a_gap_stays_visible_and_takes_nothing_down(self):
        assert texts.t("rows", "en", count=2) == "2 rows of {file}"
        assert texts.t("no.such.key", "en") == "no.such.key"

    def test_words_that_yaml_would_read_as_something_else(self):
        assert texts.t("on", "en") == "no"

    def test_only_languages_that_are_spoken(self):
        with pytest.raises(KeyError):
            texts.t("plain", "fr")


@pytest.mark.usefixtures("words")
class TestErrors:
    place = Place(file="a.csv", sheet="S1", line=12, column="Amount")

    def test_place_words_and_remedy(self):
        fault = DataRefused("number.bad", place=self.place, value="abc")
        assert texts.error(fault, "en") == (
            "a.csv, sheet S1, line 12, column Amount: "
            "“abc” is not a number. Mend Amount and import again."
        )

    def test_a_problem_reads_like_an_error(self):
        fault = Problem("number.bad", {"value": "abc"}, Place(line=3, column="Tax"))
        assert texts.error(fault, "en") == (
            "line 3, column Tax: “abc” is not a number. Mend Tax and import again."
        )

    def test_what_the_words_say_is_not_said_again(self):
        fault = DataRefused("file.empty", place=Place(file="a.csv"))
        assert texts.error(fault, "en") == "a.csv is empty."
        assert texts.error(
            UsageError("metric.unknown", metric="sale", suggestion="sales"), "en"
        ) == ("No metric “sale”, try sales.")

    def test_a_suggestion_follows(self):
        fault = Problem("header.unknown", {"header": "Amuont"}, suggestion="Amount")
        assert texts.error(fault, "en") == "No column “Amuont”. Did you mean “Amount”?"

    def test_every_config_problem_has_its_line(self):
        faults = tuple(
            Problem("header.unknown", {"header": name}, Place(line=line))
            for line, name in ((3, "A"), (9, "B"))
        )
        assert texts.error(ConfigError(faults), "en").splitlines() == [
            "2 faults:",
            "- line 3: No column “A”.",
            "- line 9: No column “B”.",
        ]

    def test_values_are_escaped_for_markdown_words_are_not(self):
        fault = DataRefused("number.bad", place=Place(column="*x*"), value="![a](http://b)")
        shown = texts.error(fault, "en", markdown=True)
        assert shown.startswith(r"column \*x\*: “\!\[a\]\(")
        assert shown.endswith("and import again.")

    @pytest.mark.parametrize(("count", "shown"), [(2473, "2,473 faults:"), (1, "One fault:")])
    def test_counts_stay_numbers_in_markdown(self, count, shown):
        fault = Problem("config.invalid", {"count": count})
        assert texts.error(fault, "en", markdown=True) == shown

    def test_a_fault_of_ours_keeps_its_details_to_the_log(self):
        assert texts.error(ValueError("secret"), "en") == "Something went wrong."


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: {b: x, b: y}", "b stands twice"),
        ("a: [x, y]", "a holds no text"),
        ("just words", "the file holds no text"),
    ],
)
def test_locale_files_are_read_strictly(tmp_path, text, complaint):
    file = tmp_path / "x.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"x.yaml.*{complaint}"):
        texts.read_words(file)


NASTY = [
    "![beacon](https://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "**bold** _it_ ~~gone~~ `code` ==x==",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "    code",
    "a | b\n--|--\n1 | 2",
    "$x^2$ and $$y$$",
    "https://evil.example www.evil.example a@evil.example",
    "<https://evil.example>",
    "&lt;b&gt; &#42;",
    "a\\*b\\",
    "---",
    "[ref]: https://evil.example",
]


def visible(text: str) -> str:
    """What a reader sees of a value: single spaces, without invisible characters."""
    return " ".join(text.replace("\u2060", "").split())


def rendered(markdown: str) -> str:
    """The text of a paragraph; fails if anything but plain text came out."""
    if not markdown:
        return ""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    parts = tokens[1].children or []
    assert {part.type for part in parts} <= {"text", "text_special"}
    return "".join(part.content for part in parts)


@pytest.mark.parametrize("value", NASTY)
def test_values_from_files_reach_the_reader_as_they_are(value):
    assert visible(rendered(texts.markdown_safe(value))) == visible(value)


@given(st.text(st.sampled_from("ab01 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\n"), max_size=40))
@example("www.a.b")
def test_no_punctuation_becomes_markup(value):
    assert visible(rendered(texts.markdown_safe(value))) == visible(value)


@pytest.mark.parametrize(
    "code", [":smile:", ":red[x]", ":material/home:", ":+1:", "://", "a@b", "www.a"]
)
def test_what_is_looked_for_after_parsing_is_parted(code):
    assert "\u2060" in texts.markdown_safe(code)


@pytest.mark.parametrize("arrow", ["->", "<-", "<->", "--", ">=", "<=", "~="])
def test_arrows_stay_as_they_are_typed(arrow):
    shown = rendered(texts.markdown_safe(f"a {arrow} b"))
    assert not re.search(rf"(^|\s){re.escape(arrow)}(\s|$)", shown)


def test_white_space_and_control_characters():
    assert texts.markdown_safe("  a\r\n\tb\x00\u202ec  ") == "a bc"
    assert texts.markdown_safe(None) == ""
    assert texts.markdown_safe(12) == "12"
    assert texts.markdown_safe("张三（北京）") == "张三（北京）"


def test_lines_that_are_counted_have_thousands_separators():
    told = texts.t("metrics.note.lines_without", "en", lines=37024, field="Customer")
    assert told == "37,024 rows without Customer are left out."
