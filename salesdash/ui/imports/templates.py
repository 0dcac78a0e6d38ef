"""Empty files with the headers we know, for those who have no export yet."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from salesdash import texts
from salesdash.commands.tables import csv_text
from salesdash.datasets import DATASETS, SALES, TARGETS
from salesdash.ui import cards, context, exports, marks, state

FIELDS: Mapping[str, tuple[str, ...]] = {
    "sales": (
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
    ),
    "deals": (
        "deal",
        "deal_name",
        "stage",
        "created_date",
        "close_date",
        "amount",
        "probability",
        "customer",
        "product_name",
        "channel",
        "person",
        "lost_reason",
        "competitor",
    ),
    "leads": (
        "lead",
        "lead_name",
        "created_date",
        "converted_date",
        "customer",
        "channel",
        "campaign",
        "person",
        "status",
    ),
    "activities": (
        "activity",
        "activity_date",
        "activity_type",
        "subject",
        "customer",
        "deal",
        "person",
    ),
    "payments": (
        "document",
        "payment_date",
        "amount",
        "sales_document",
        "customer",
        "payment_method",
        "person",
    ),
    "costs": ("cost_date", "amount", "cost_type", "channel", "campaign", "region", "team"),
    "market": ("period_start", "period_end", "amount", "region", "category"),
    "targets": (
        "period_start",
        "period_end",
        "metric",
        "target",
        "floor",
        "stretch",
        "team",
        "person",
        "region",
    ),
    "customers": ("customer", "customer_name", "customer_since", "segment", "region", "person"),
    "products": ("product", "product_name", "category", "brand", "price", "cost"),
    "people": ("person", "team", "manager", "region", "role", "active_from", "active_to"),
}
"""The columns of a template; a dataset takes many more."""

MONTHS = 12

LABELS = {("market", "amount"): "datasets.market"}
"""Labels that say more than that of the field."""

_chosen = state.Slot("template", SALES.name)


def offer() -> None:
    """What the rows are, then a download for each language, this reader's first."""
    lang = context.lang()
    with st.container(
        horizontal=True, vertical_alignment="center", gap="medium", key="tools-templates"
    ):
        note = marks.escape(texts.t("imports_page.template.note", lang))
        st.html(f'<span class="sd-note">{note}</span>', width="content")
        st.selectbox(
            texts.t("imports_page.template.dataset", lang),
            tuple(DATASETS),
            key=_chosen.seed(_chosen.get()),
            format_func=lambda name: texts.t(f"datasets.{name}", lang),
            on_change=_chosen.take,
            label_visibility="collapsed",
            width=180,
        )
        dataset = _chosen.get()
        for code in sorted(texts.LANGUAGES, key=lambda each: each != lang):
            cards.download(
                f"template-{dataset}-{code}",
                texts.t(f"imports_page.template.{code}", lang),
                f"{dataset}-template-{code}.csv",
                partial(template, dataset, code),
            )
        if dataset == TARGETS.name:
            year = context.today().year + 1
            for code in sorted(texts.LANGUAGES, key=lambda each: each != lang):
                cards.download(
                    f"template-months-{code}",
                    texts.t(f"imports_page.template.months_{code}", lang),
                    f"targets-{year}-template-{code}.csv",
                    partial(by_month, year, code),
                )


def template(dataset: str, lang: str) -> bytes:
    """A CSV with the headers of a dataset only."""
    return exports.encoded(csv_text(headers(dataset, lang), ()))


def headers(dataset: str, lang: str) -> list[str]:
    """The labels of its fields, as the template heads its columns."""
    keys = (LABELS.get((dataset, name), f"fields.{name}") for name in FIELDS[dataset])
    return [texts.t(key, lang) for key in keys]


def by_month(year: int, lang: str) -> bytes:
    """A CSV of targets with the months of a year as columns."""
    fields = ("metric", "team", "person", "region")
    months = [f"{year}-{number:02}" for number in range(1, MONTHS + 1)]
    heads = [texts.t(f"fields.{name}", lang) for name in fields]
    return exports.encoded(csv_text([*heads, *months], ()))
