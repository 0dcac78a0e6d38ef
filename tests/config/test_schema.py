"""The JSON Schema for editors is the one of the model."""

import json
from pathlib import Path

from salesdash.config import schema

CHECKOUT = Path(__file__).resolve().parents[2]


def test_it_is_fresh():
    kept = (CHECKOUT / schema.FILE).read_text(encoding="utf-8")
    assert kept == schema.text(), "run: python -m salesdash.config.schema"


def test_it_offers_what_the_file_may_say(tmp_path):
    (tmp_path / "docs").mkdir()
    schema.write(tmp_path)
    written = json.loads((tmp_path / schema.FILE).read_text(encoding="utf-8"))
    assert set(written["properties"]) >= {"company", "calendar", "overview", "metrics"}
    assert written["additionalProperties"] is False
    assert "order_date" in json.dumps(written)
    assert {"type": "string"} in written["$defs"]["Words"]["anyOf"]
