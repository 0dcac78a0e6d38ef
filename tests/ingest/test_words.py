"""Every text key that ingest uses has words in both languages."""

import re
from pathlib import Path

import pytest

from salesdash import ingest, texts
from salesdash.datasets import DATASETS, Dataset
from salesdash.ingest.mapping.stages import OUTCOMES

KEY = re.compile(
    r'"((?:file|data|mapping|reading|cleaning|reject|repair|question|amount|step)\.[a-z_.]+)"'
)
AS_ERRORS = ("file", "data", "mapping", "reading", "cleaning")
REFUSED = ("pdf", "image", "sqlite", "archive", "document")


def used() -> set[str]:
    code = "".join(p.read_text("utf-8") for p in Path(ingest.__path__[0]).rglob("*.py"))
    keys = set(KEY.findall(code)) | {f"file.is_{kind}" for kind in REFUSED}
    return {f"errors.{key}" if key.split(".")[0] in AS_ERRORS else key for key in keys}


def asked(dataset: Dataset) -> set[str]:
    """The fields of a dataset that a question may ask for."""
    fields = {name for group in dataset.required for names in group for name in names}
    other_ways = {"ordered_at", "price", "quantity", "outcome", "customer_name", "product_name"}
    return fields - other_ways


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_key_has_words(lang):
    names = {f"fields.{name}" for dataset in DATASETS.values() for name in dataset.names}
    names |= {f"datasets.{name}" for name in DATASETS}
    fields = {f"question.field.{name}" for dataset in DATASETS.values() for name in asked(dataset)}
    fields |= {f"question.option.{outcome}" for outcome in OUTCOMES}
    catalog = set(texts.catalog(lang))
    counted = {key.removesuffix(".other") for key in catalog}
    missing = (used() | names | fields) - catalog - counted
    assert missing == set()
    assert len(used()) > 70
