"""Empty files with the headers we know, for those who have no export yet."""

from functools import partial

import streamlit as st

from salesdash import texts
from salesdash.commands.tables import csv_text
from salesdash.ui import cards, context, exports, marks

FIELDS = (
    "order_date",
    "document",
    "customer",
    "product_name",
    "category",
    "quantity",
    "price",
    "discount",
    "amount",
    "cost",
    "region",
    "channel",
    "person",
    "status",
)


def offer() -> None:
    """A download for each language, this reader's first."""
    lang = context.lang()
    with st.container(
        horizontal=True, vertical_alignment="center", gap="medium", key="tools-templates"
    ):
        note = marks.escape(texts.t("imports_page.template.note", lang))
        st.html(f'<span class="sd-note">{note}</span>', width="content")
        for code in sorted(texts.LANGUAGES, key=lambda each: each != lang):
            cards.download(
                f"template-{code}",
                texts.t(f"imports_page.template.{code}", lang),
                f"sales-template-{code}.csv",
                partial(template, code),
            )


def template(lang: str) -> bytes:
    """A CSV with headers only."""
    return exports.encoded(csv_text([texts.t(f"fields.{name}", lang) for name in FIELDS], ()))
