"""Minutes as HTML: in order, complete, nothing from outside, nothing of what was typed runs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from salesdash import documents
from salesdash.analysis.minutes import Minutes
from salesdash.documents.blocks import (
    Cell,
    Column,
    Document,
    Facts,
    Figure,
    Heading,
    Label,
    OwnWords,
    Table,
    Tiles,
)
from salesdash.documents.writers import html, markdown
from salesdash.periods import Period
from salesdash.workspace import Goal, Standing, Terms
from tests.analysis.company import sale
from tests.analysis.meeting import MONDAY, action, built, text
from tests.documents.wellformed import read
from tests.warehouse.build import build

NASTY = '<img src=x onerror="alert(1)">&amp;\u202e'


def minutes(**more) -> Minutes:
    """Last week 100 after 80 the week before."""
    rows = (
        sale("2026-11-10", 80, document="A", region="North"),
        sale("2026-11-17", 100, document="B", region="North"),
    )
    return built(build(rows), **more)


def goal(target: int) -> Goal:
    """180 of these were sold in November."""
    period = Period.through(date(2026, 11, 1), date(2026, 11, 30))
    return Goal(Terms("sales", period, Decimal(target)), 1, 1, "Ana")


def one(*blocks) -> str:
    """A document of a few blocks as HTML."""
    return html.write(Document("Title", "en", tuple(blocks)))


def test_a_whole_meeting_is_in_order_and_holds_everything() -> None:
    page = documents.html(
        minutes(
            texts=(text(11, "note", "Two orders\n- North\n- South"), text(11, "decision", "Call")),
            actions=(
                action(1, "Call Bergmann", line=11, meeting=2, made_at=MONDAY),
                action(2, "Old one", due=date(2026, 11, 20)),
                action(3, "Nobody's", line=15, meeting=2, owner="", state=Standing.DONE),
            ),
            present=("Ana", "Bo"),
            goals=(goal(1000),),
        ),
        "en",
    )
    found = read(page)
    assert found.elements[0] == ("html", {"lang": "en"})
    assert (found.count("h1"), found.count("h2"), found.count("svg")) == (1, 6, 2)
    for said in (
        "Weekly · 16–22 Nov 2026",
        "Present: Ana, Bo",
        "sales$100.00+25.0% vs period before",
        "18.0%",  # 180 of 1,000
        "Old one Bo, overdue since 20 Nov 2026",
        "6. Next week",
        "What the figures mean",
    ):
        assert said in found.text
    assert ("i", {"style": "width:18.0%"}) in found.elements
    assert "<p>Two orders</p><ul><li>North</li><li>South</li></ul>" in page
    assert [attrs["class"] for _, attrs in found.elements if "box" in (attrs.get("class") or "")]


@pytest.mark.parametrize(("lang", "code"), [("en", "en"), ("zh", "zh-CN")])
def test_a_page_says_its_language_and_holds_the_words_of_the_markdown(lang: str, code: str) -> None:
    found = minutes(goals=(goal(150),))
    page = read(documents.html(found, lang))
    assert page.elements[0] == ("html", {"lang": code})
    heads = [line for line in documents.markdown(found, lang).splitlines() if line[:2] == "##"]
    assert all(head.lstrip("# ") in page.text for head in heads)
    assert documents.html(found, lang) == documents.html(found, lang)


def test_what_people_typed_is_text_wherever_it_stands() -> None:
    page = documents.html(
        minutes(
            texts=(text(11, "note", f"{NASTY}\n- {NASTY}"),),
            actions=(action(1, NASTY, line=11, meeting=2, owner=NASTY),),
            present=(NASTY,),
        ),
        "en",
    )
    found = read(page)
    shown = '<img src=x onerror="alert(1)">&amp;'
    assert found.text.count(shown) == 5
    assert "\u202e" not in page


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("one\ntwo", "<p>one<br>two</p>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("so:\n* a\n+ b\nend", "<p>so:</p><ul><li>a</li><li>b</li></ul><p>end</p>"),
        ("3. c\n4) d", '<ol><li value="3">c</li><li value="4">d</li></ol>'),
        ("1.5 million - 20%", "<p>1.5 million - 20%</p>"),
    ],
)
def test_line_breaks_and_lists_stay(typed: str, shown: str) -> None:
    assert f'<div class="words">{shown}</div>' in one(OwnWords("Notes", typed))


def test_a_bar_stays_within_its_track() -> None:
    columns = (Column("Goal"), Column("Reached", figures=True))
    rows = tuple((Cell("a"), Cell("x", filled=part)) for part in (-0.2, 0.25, 1.4))
    page = one(Table(columns, rows))
    assert [f"width:{part}%" in page for part in ("0.0", "25.0", "100.0")] == [True] * 3
    assert '<th scope="row">a</th><td class="figures">' in page


def test_a_blank_period_parts_the_line_of_a_tile() -> None:
    figure = Figure("Sales", "$3", spark=(1.0, 2.0, None, 3.0), spark_before=(None, None))
    page = one(Tiles(("", "", "", ""), (figure,)))
    assert page.count('<polyline class="now"') == 2
    assert 'class="now" points="0.0,28.0 40.0,15.0"' in page  # 1 is lowest, 2 half way up
    assert '<polyline class="then"' not in page
    assert "<svg" not in one(Tiles(("", "", "", ""), (Figure("Sales", "—"),)))


def test_a_period_that_still_runs_is_not_joined_to_the_line() -> None:
    found = minutes()
    (line, *_) = found.lines
    runs = replace(line.tiles[0], spark=(1, 2, 1), spark_last_year=(), spark_running=True)
    ended = replace(runs, spark_running=False)
    pages = [
        documents.html(replace(found, lines=(replace(line, tiles=(tile,)),)), "en")
        for tile in (runs, ended)
    ]
    assert [page.count("120.0,") for page in pages] == [0, 1]  # the last of three stands at 120


def test_facts_and_headings_are_written_by_both() -> None:
    blocks = (Heading("Part", 3), Facts((("Owner", "A|b"), ("Due", "27 Nov"))), Label("Then"))
    page = read(one(*blocks))
    assert page.text.endswith("Part OwnerA|bDue27 Nov Then")
    text = markdown.write(Document("T", "en", blocks))
    assert text == "### Part\n\n- Owner: A\\|b\n- Due: 27 Nov\n\n**Then**\n"


@pytest.mark.parametrize("writer", [html, markdown])
def test_something_that_is_no_block_is_refused(writer) -> None:
    with pytest.raises(TypeError):
        writer.write(Document("T", "en", ("words",)))  # type: ignore[arg-type]
