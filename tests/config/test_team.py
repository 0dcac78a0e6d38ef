"""Courses and agendas of config.yaml: what they become, and what is said about their faults."""

from pathlib import Path

import pytest

from salesdash import config
from salesdash.periods import Comparison, Grain

CHECKOUT = Path(__file__).resolve().parents[2]
METRICS = (
    "metrics: {sales: {kind: simple, sql: sum(amount), name: A, description: B, formula: C, "
    "unit: money}}\n"
)
COURSE = """
training:
  crm:
    name: {en: CRM, zh: 客户系统}
    due_days: 14
    renew_months: 6
    items:
      log: {en: Log each visit, zh: 记录每次拜访}
      next: Give each deal a next step
"""
MEETING = """
meetings:
  weekly:
    name: Weekly
    every: week
    compare: previous
    prepare: [Bring figures]
    agenda:
      results: {title: Last week, kind: figures, tiles: [sales], minutes: 10}
      plan: {title: Next week, hint: What matters}
"""


def faults(text: str) -> list[tuple[str, int | None, str | None, str | None]]:
    return [
        (p.key, p.place.line, p.place.column, p.suggestion)
        for p in config.check_text((METRICS + text).encode()).problems
    ]


def good(text: str) -> config.Settings:
    found = config.check_text((METRICS + text).encode())
    assert not found.problems
    assert found.settings is not None
    return found.settings


def test_without_them_there_are_none():
    assert not good("").training
    assert not good("").meetings


def test_a_course_keeps_its_checklist_in_order():
    course = good(COURSE).training["crm"]
    assert (course.id, course.due_days, course.renew_months) == ("crm", 14, 6)
    assert [(key, words["zh"]) for key, words in course.items.items()] == [
        ("log", "记录每次拜访"),
        ("next", "Give each deal a next step"),
    ]


def test_a_meeting_has_an_agenda():
    meeting = good(MEETING).meetings["weekly"]
    assert (meeting.every, meeting.compare) == (Grain.WEEK, Comparison.PREVIOUS)
    assert [(line.id, line.kind, line.tiles) for line in meeting.agenda] == [
        ("results", "figures", ("sales",)),
        ("plan", "text", ()),
    ]
    assert meeting.prepare[0]["en"] == "Bring figures"
    assert [line.minutes for line in meeting.agenda] == [10, None]
    assert not meeting.one_to_one
    alone = MEETING.replace("every: week", "every: week\n    with: person")
    assert good(alone).meetings["weekly"].one_to_one


def test_a_course_says_of_whom_it_is_required_what_it_trains_and_when_items_are_due():
    more = """    remind_days: 45
    levers: [sales]
    required: {roles: [Seller, 销售], within_days: 60}
"""
    text = COURSE.replace("    items:\n", more + "    items:\n").replace(
        "next: Give each deal a next step",
        "next: {en: Give each deal a next step, zh: 下一步, after_days: 30, renew_months: 3}",
    )
    course = good(text).training["crm"]
    assert (course.remind_days, course.levers) == (45, ("sales",))
    assert course.required == config.Required(("Seller", "销售"), within_days=60)
    told = {name: (item.after_days, item.renew_months) for name, item in course.items.items()}
    assert told == {"log": (None, 6), "next": (30, 3)}  # an item lapses as its course unless said


def test_required_takes_the_days_of_its_course():
    text = COURSE.replace("    items:\n", "    required: {everybody: true}\n    items:\n")
    required = good(text).training["crm"].required
    assert required == config.Required(everybody=True, within_days=14)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("levers: [sails]", ("config.unknown_metric", 8, "training.crm.levers.0", "sales")),
        (
            "required: {within_days: 3}",
            ("config.required_of_nobody", 8, "training.crm.required", None),
        ),
        (
            "required: {role: [A]}",
            ("config.unknown_key", 8, "training.crm.required.role", "roles"),
        ),
        ("remind_days: 0", ("config.range.ge", 8, "training.crm.remind_days", None)),
    ],
)
def test_a_fault_in_what_a_course_asks_has_its_line(line, expected):
    assert faults(COURSE.replace("    items:\n", f"    {line}\n    items:\n"))[:1] == [expected]


def test_a_fault_in_a_course_has_its_line():
    assert faults(COURSE.replace("due_days:", "due_day:")) == [
        ("config.unknown_key", 6, "training.crm.due_day", "due_days")
    ]


def test_a_missing_language_is_named():
    found = faults(COURSE.replace("visit, zh", "visit, cn"))
    assert ("config.missing", 9, "training.crm.items.log.zh", None) in found
    assert ("config.unknown_key", 9, "training.crm.items.log.cn", None) in found


def test_a_course_without_items_is_refused():
    text = COURSE.partition("    items:")[0] + "    items: {}\n"
    assert faults(text) == [("config.wanted.some", 8, "training.crm.items", None)]


def test_an_id_must_be_an_id():
    assert faults(COURSE.replace("  crm:", "  CRM use:")) == [
        ("config.identifier", 4, "training.CRM use", None)
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            ("every: week", "every: weak"),
            ("config.choice", 6, "meetings.weekly.every", "week"),
        ),
        (
            ("every: week", "every: week\n    with: team"),
            ("config.choice", 7, "meetings.weekly.with", None),
        ),
        (
            ("minutes: 10", "minutes: 0"),
            ("config.range.ge", 10, "meetings.weekly.agenda.results.minutes", None),
        ),
        (
            ("kind: figures", "kind: figure"),
            ("config.choice", 10, "meetings.weekly.agenda.results.kind", "figures"),
        ),
        (
            ("[sales]", "[sails]"),
            ("config.unknown_metric", 10, "meetings.weekly.agenda.results.tiles.0", "sales"),
        ),
        (
            ("hint: What", "hnt: What"),
            ("config.unknown_key", 11, "meetings.weekly.agenda.plan.hnt", "hint"),
        ),
        (
            ("hint: What matters", "tiles: [sales]"),
            ("config.agenda_tiles", 11, "meetings.weekly.agenda.plan", None),
        ),
    ],
)
def test_a_fault_in_an_agenda_has_its_line(change, expected):
    assert faults(MEETING.replace(*change))[:1] == [expected]


def test_a_tile_that_is_no_metric_leaves_the_rest_usable():
    found = config.check_text((METRICS + MEETING.replace("[sales]", "[sails, sales]")).encode())
    assert found.settings is not None
    assert found.settings.meetings["weekly"].agenda[0].tiles == ("sales",)


@pytest.fixture(scope="module")
def settings():
    return config.load(CHECKOUT / "config.yaml")


class TestTheFileOfTheCheckout:
    def test_it_has_the_six_courses_with_eight_items_or_more_in_both_languages(self, settings):
        assert list(settings.training) == [
            "product_knowledge", "market_analysis", "communication", "negotiation", "crm_use",
            "onboarding",
        ]  # fmt: skip
        for course in settings.training.values():
            assert len(course.items) >= 8
            for words in (course.name, course.description, *course.items.values()):
                assert words["en"].isascii()
                assert any("\u4e00" <= sign <= "\u9fff" for sign in words["zh"])

    def test_it_has_a_weekly_and_a_monthly_meeting_and_one_to_ones(self, settings):
        every = {name: meeting.every for name, meeting in settings.meetings.items()}
        assert every == {
            "weekly": Grain.WEEK,
            "monthly": Grain.MONTH,
            "one_to_one": Grain.WEEK,
        }
        assert [name for name, each in settings.meetings.items() if each.one_to_one] == [
            "one_to_one"
        ]
        for meeting in settings.meetings.values():
            kinds = [line.kind for line in meeting.agenda]
            assert {"figures", "goals", "actions", "text"} <= set(kinds)
            assert meeting.one_to_one or "attention" in kinds
            assert meeting.agenda[0].tiles
            assert meeting.agenda[0].minutes
