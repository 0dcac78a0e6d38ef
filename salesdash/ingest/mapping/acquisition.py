"""Costs of winning customers, told by words: marketing, ads, 推广 ... Everything else is not."""

import re

from salesdash.errors import Problem
from salesdash.ingest.mapping.draft import Draft

ACQUISITION = "acquisition"

WORDS = (
    "acquisition",
    "marketing",
    "advert",
    r"\bads?\b",
    r"\bsem\b",
    r"\bseo\b",
    r"\bppc\b",
    "campaign",
    "lead generation",
    "promotion",
    "trade fair",
    "trade show",
    "广告",
    "推广",
    "获客",
    "市场费",
    "市场活动",
    "营销",
    "投放",
    "展会",
)
"""Regular expressions over lower-case text."""

PATTERN = "|".join(WORDS)
FIELDS = ("purpose", "cost_type", "category")
"""Where the words are looked for."""


def told(draft: Draft, values: dict[str, str]) -> list[Problem]:
    """Which costs will count as acquisition, for the user to see."""
    if "purpose" in values:
        return [Problem("mapping.acquisition_all", {})] if values["purpose"] else []
    words = []
    for field in FIELDS:
        index = draft.places.get(field)
        if index is not None:
            profile = draft.table.profiles[index]
            words += [word for word in profile.words or profile.samples if is_acquisition(word)]
    if draft.spread is not None and draft.spread.by in FIELDS:
        words += [word for word in draft.spread.members.values() if is_acquisition(word)]
    if not words:
        return [Problem("mapping.acquisition_none", {})]
    return [Problem("mapping.acquisition", {"words": ", ".join(dict.fromkeys(words))})]


def is_acquisition(word: str) -> bool:
    """Whether a cost of this name is one of winning customers."""
    return re.search(PATTERN, word.lower()) is not None
