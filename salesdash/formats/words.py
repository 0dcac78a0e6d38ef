"""The patterns of a language: ``formats`` in its locale files, and its names from Babel."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

LOCALES = Path(__file__).parents[1] / "locales"


@lru_cache(maxsize=8)
def patterns(lang: str) -> Mapping[str, Any]:
    """The tree of patterns of a language; FileNotFoundError for one that is not spoken."""
    text = (LOCALES / lang / "formats.yaml").read_text(encoding="utf-8")
    tree: Mapping[str, Any] = yaml.safe_load(text)["formats"]
    return tree


@lru_cache(maxsize=8)
def locale(lang: str) -> Locale:
    """What Babel knows about the language."""
    return Locale.parse(lang)
