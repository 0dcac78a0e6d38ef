"""Names from files on every screen (T20-T22): shown as they are written, never run nor fetched."""

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.ui.shell import SCREENS
from tests.ui.test_screens import drop, html, own, page

pytestmark = pytest.mark.ui

NAMES = [
    "![x](http://example.invalid/p.png)",
    "<script>window.__pwn=1</script>",
    '"><img src=x onerror=alert(1)>',
    ":red[x] *b* ~~s~~ $100 vs $200 :smile:",
    "[x](javascript:alert(1))",
    "\u202eevil\u202c \u200dx",
    "two\nlines",
    "x" * 10_000,
]
HEAD = ["Order", "Date", "Customer", "Region", "Category", "Salesperson", "Amount"]
RENDERED = ("markdown", "alert", "toast", "button", "button_group", "checkbox", "expander", "tab")
"""Elements in whose words Streamlit reads markdown."""


def orders() -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEAD)
    for number, name in enumerate(NAMES):
        rows.writerow([f"A-{number}", "2026-11-03", *[name] * 4, 1000 + number])
        rows.writerow([f"B-{number}", "2026-10-03", *[name] * 4, 900 - number])
    return out.getvalue()


def harmless(app: AppTest) -> str:
    """All HTML on the screen, once nothing on it is markdown or a tag that came from a file."""
    assert not app.exception
    said = [str(element.proto) for kind in RENDERED for element in app.get(kind)]
    for sign in ("![x](", ":red[x]", "[x](javascript"):
        assert [text for text in said if sign in text] == []
    for tag in ("<script>window.__pwn", "<img src=x"):
        assert tag not in html(app)
    return html(app)


def test_names_are_text_on_every_screen(fresh: AppTest) -> None:
    page(own(fresh), "imports")
    shown = harmless(drop(fresh, "names.csv", orders()))
    fresh.text_input(key="who").set_value("Ana")
    fresh.button(key="commit").click().run()
    shown += "".join(harmless(page(fresh, screen.name)) for screen in SCREENS)
    assert "&lt;script&gt;window.__pwn=1&lt;/script&gt;" in shown
    assert "![x](http://example.invalid/p.png)" in shown
