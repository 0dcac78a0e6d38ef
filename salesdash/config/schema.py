"""The JSON Schema of config.yaml, for editors: completion, help and marks while one types."""

import json
from pathlib import Path

from salesdash.config.model import Config

FILE = Path("docs") / "config.schema.json"
"""Where it is kept, from the checkout; config.yaml names it in its first line."""


def text() -> str:
    """The schema as it must stand in the file."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Config.model_json_schema(),
        "title": "config.yaml of salesdash",
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write(checkout: Path) -> None:
    """Write it anew, after a change of the model."""
    (checkout / FILE).write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    write(Path.cwd())
