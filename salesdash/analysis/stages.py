"""The order of stages: by the probability deals state, else by that of known CRM systems.

The lists are the default pipelines of Zoho CRM, Salesforce, HubSpot and 纷享销客. A stage of
nobody's list comes after those, the ones with the younger deals first.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")

TYPICAL: Mapping[str, float] = {
    # Zoho CRM and Salesforce
    "prospecting": 0.10,
    "qualification": 0.12,
    "needsanalysis": 0.20,
    "valueproposition": 0.40,
    "identifydecisionmakers": 0.60,
    "iddecisionmakers": 0.60,
    "perceptionanalysis": 0.70,
    "proposalpricequote": 0.75,
    "negotiationreview": 0.90,
    # HubSpot
    "appointmentscheduled": 0.20,
    "qualifiedtobuy": 0.40,
    "presentationscheduled": 0.60,
    "decisionmakerboughtin": 0.80,
    "contractsent": 0.90,
    # 纷享销客 and other Chinese systems
    "初步接洽": 0.10,
    "验证客户": 0.10,
    "线索验证": 0.10,
    "需求确认": 0.30,
    "需求确定": 0.30,
    "需求分析": 0.30,
    "方案报价": 0.60,
    "方案": 0.50,
    "报价": 0.60,
    "谈判": 0.80,
    "谈判审核": 0.80,
    "商务谈判": 0.80,
    "合同签订": 0.90,
    "合同": 0.90,
    # plain words
    "new": 0.05,
    "lead": 0.05,
    "contacted": 0.10,
    "engaging": 0.20,
    "qualified": 0.25,
    "discovery": 0.25,
    "demo": 0.40,
    "quoted": 0.60,
    "quote": 0.60,
    "proposal": 0.60,
    "negotiation": 0.80,
    "contract": 0.90,
    "commit": 0.90,
}
"""Chance of winning from each stage, by its folded name: only their order is used."""

UNKNOWN = 2.0
"""After every probability."""


def ordered(
    items: Iterable[T],
    name: Callable[[T], str | None],
    stated: Callable[[T], float | None],
    age: Callable[[T], float | None],
) -> tuple[T, ...]:
    """Items in the order of their stages; `stated`: mean probability, `age`: mean days of deals.

    Data decide when every stage states a probability; else the known lists do, so that the two
    scales are never mixed. Equal places go by age, then by name.
    """
    known = list(items)
    by_data = all(stated(item) is not None for item in known)

    def place(item: T) -> tuple[bool, float, float, str]:
        stage, old = name(item), age(item)
        chance = stated(item) if by_data else TYPICAL.get(folded(stage or ""))
        return (
            stage is None,  # deals without a stage stand last
            UNKNOWN if chance is None else chance,
            float("inf") if old is None else old,
            stage or "",
        )

    return tuple(sorted(known, key=place))


def folded(stage: str) -> str:
    """Letters only, small, without numbers that some systems add: "3. Quote (60%)" is quote."""
    text = unicodedata.normalize("NFKC", stage).lower()
    text = re.sub(r"\(.*?\)|\d+\s*%", "", text)
    return "".join(sign for sign in text if sign.isalpha())
