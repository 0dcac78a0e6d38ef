"""Stages stand in the order a deal goes through them."""

import pytest

from salesdash.analysis.stages import folded, ordered


def order(*stages: tuple[str | None, float | None, float | None]) -> list[str | None]:
    """Names of (stage, stated probability, mean age) in their order."""
    found = ordered(stages, lambda s: s[0], lambda s: s[1], lambda s: s[2])
    return [name for name, _, _ in found]


@pytest.mark.parametrize(
    "stages",
    [
        ("Prospecting", "Engaging"),
        (
            "Qualification",
            "Needs Analysis",
            "Value Proposition",
            "Identify Decision Makers",
            "Proposal/Price Quote",
            "Negotiation/Review",
        ),
        (
            "appointmentscheduled",
            "qualifiedtobuy",
            "presentationscheduled",
            "decisionmakerboughtin",
            "contractsent",
        ),
        ("验证客户", "需求确定", "方案/报价", "谈判审核"),
    ],
)
def test_known_systems_bring_their_order(stages):
    backwards = [(stage, None, 10.0) for stage in reversed(stages)]
    assert order(*backwards) == list(stages)


def test_probabilities_of_the_data_win_when_every_stage_states_one():
    assert order(("Quoted", 0.2, 1.0), ("Prospecting", 0.9, 1.0)) == ["Quoted", "Prospecting"]
    assert order(("Quoted", 0.2, 1.0), ("Prospecting", None, 1.0)) == ["Prospecting", "Quoted"]


def test_unknown_stages_follow_by_age_and_deals_without_a_stage_stand_last():
    found = order(
        (None, None, 1.0), ("Zeta", None, 5.0), ("Alpha", None, 9.0), ("Beta", None, None),
        ("Demo", None, 99.0),
    )  # fmt: skip
    assert found == ["Demo", "Zeta", "Alpha", "Beta", None]


@pytest.mark.parametrize("text", ["3. Quoted", "Quoted (60%)", "QUOTED 60 %", " quoted "])
def test_numbers_around_a_name_do_not_matter(text):
    assert folded(text) == "quoted"
