"""What only the person knows of a file's columns, asked and taken through app.py."""

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.texts import t
from tests.ui.test_screens import drop, html, own, page

pytestmark = pytest.mark.ui

WORDS = """Order ID,Order Date,Amount,Cost
1,2024-01-05,10,4
2,2024-01-06,20,Sin_Factura
3,2024-01-07,30,Sin_Factura
"""
CONTACTS = """Record Id,Contact Owner,Last Name,Account Name,Created Time
1,Ann,Doe,Acme,2024-01-05 10:00
2,Ann,Roe,Beta,2024-01-06 10:00
"""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_words_among_numbers_mean_is_asked(fresh: AppTest, lang: str) -> None:
    fresh.query_params["lang"] = lang
    drop(page(own(fresh), "imports"), "orders.csv", WORDS)
    asked = next(radio for radio in fresh.radio if "Cost" in radio.label)
    assert asked.options == [t(f"question.option.{each}", lang) for each in ("blank", "reject")]
    said = [markdown.value.replace("\\", "") for markdown in fresh.markdown]
    assert [text for text in said if "Sin_Factura × 2" in text]
    asked.set_value("blank").run()
    assert not fresh.exception
    rows = t("rows.sales.other", lang, count=3)
    assert t("imports_page.commit", lang, rows=rows) in [b.label for b in fresh.button]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_a_file_holds_can_be_said_where_it_was_refused(fresh: AppTest, lang: str) -> None:
    fresh.query_params["lang"] = lang
    drop(page(own(fresh), "imports"), "contacts.csv", CONTACTS)
    assert t("errors.data.other.contacts", lang) in fresh.error[0].value.replace("\\", "")
    holds = next(s for s in fresh.selectbox if s.label == t("imports_page.option.dataset", lang))
    holds.set_value("leads").run()
    assert not fresh.exception
    rows = t("rows.leads.other", lang, count=2)
    assert t("imports_page.commit", lang, rows=rows) in [b.label for b in fresh.button]


def test_the_kind_of_export_says_what_it_rests_on(fresh: AppTest) -> None:
    text = CONTACTS.replace("Contact Owner", "Lead Owner").replace("Account Name", "Lead Status")
    drop(page(own(fresh), "imports"), "leads.csv", text)
    assert "Zoho CRM" in html(fresh)
    assert "from Zoho&#x27;s documentation" in html(fresh)
