"""Every problem at once, with line, key and "did you mean"; a broken metric leaves the rest."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from salesdash import config, texts
from salesdash.config import Settings
from salesdash.errors import ConfigError
from salesdash.metrics import Kind, bind
from salesdash.periods import Comparison, FiscalCalendar

CHECKOUT = Path(__file__).resolve().parents[2]

METRIC = "kind: simple, sql: sum(amount), name: A, description: B, formula: C, unit: money"
SMALLEST = f"metrics:\n  sales: {{{METRIC}}}\n"


def good(text: str) -> Settings:
    found = config.check_text(text.encode())
    assert not found.problems, [texts.error(p, "en") for p in found.problems]
    assert found.settings is not None
    return found.settings


def faults(text: str) -> list[tuple[str, int | None, str | None, str | None]]:
    return [
        (p.key, p.place.line, p.place.column, p.suggestion)
        for p in config.check_text(text.encode()).problems
    ]


class TestTheFileOfTheCheckout:
    def test_it_is_without_fault(self):
        settings = config.load(CHECKOUT / "config.yaml")
        assert settings.problems == ()
        assert bind(settings).problems == ()
        assert {metric.kind for metric in settings.metrics.values()} == set(Kind)
        assert all(name in settings.metrics for name in settings.tiles)

    def test_it_defines_the_metrics_of_the_design(self):
        offered = {metric.id for metric in config.load(CHECKOUT / "config.yaml").offered}
        assert offered == {
            "sales", "orders", "units", "average_order_value", "orders_per_customer",
            "discount_rate", "gross_profit", "gross_margin", "active_customers",
            "new_customers", "reactivated_customers",
            "lost_customers", "customer_retention", "churn", "repeat_purchase_rate",
            "customer_base",
            "leads", "lead_qualification", "lead_conversion",
            "won_deals", "lost_deals", "won_amount", "win_rate", "win_rate_amount",
            "win_rate_cohort", "average_deal_size", "sales_cycle_days", "pipeline",
            "weighted_pipeline", "pipeline_coverage", "weighted_coverage", "quota_coverage",
            "open_deals", "sales_velocity",
            "activities_done", "activities_per_deal",
            "collected", "collection_rate", "collection_rate_cohort", "cost", "cac",
            "lifetime_revenue", "clv", "clv_to_cac", "quota_attainment", "quota_attainment_won",
            "market_share",
        }  # fmt: skip

    def test_its_first_line_names_the_schema(self):
        first = (CHECKOUT / "config.yaml").read_text(encoding="utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=docs/config.schema.json"


class TestValues:
    def test_defaults(self):
        settings = good(SMALLEST)
        assert settings.fiscal == FiscalCalendar()
        assert (settings.window_months, settings.limits.upload_mb) == (12, 200)
        assert settings.overview.tiles == ()
        assert dict(settings.metrics["sales"].name) == {"en": "A", "zh": "A"}
        assert settings.metrics["sales"].line == 2

    def test_everything(self):
        settings = good(
            SMALLEST
            + """
company: {name: {en: Acme, zh: 甲公司}, currency: EUR, timezone: Europe/Berlin, language: zh}
calendar:
  country: CN
  fiscal_year_start: 4
  fiscal_year_named_by: start
  week_start: sunday
  weekend: [friday, saturday]
  days_off: [2026-12-24]
  days_on: [2026-12-26]
customers: {window_months: 3}
overview:
  tiles: [sales]
  movers: [region]
  stale_days: 3
  alerts: [{metric: sales, compare: previous, worse_by: 0.05, judgement: bad}]
headers: {sales: {amount: [Umsatz]}}
statuses: {sales: {excluded: [" Ｖoid "], counts: [OK]}}
limits: {upload_mb: 50}
"""
        )
        assert (settings.company.name["zh"], settings.company.currency) == ("甲公司", "EUR")
        assert (settings.company.timezone, settings.company.language) == ("Europe/Berlin", "zh")
        assert settings.fiscal == FiscalCalendar(4, week_start=6, named_by="start")
        assert settings.work.weekend == frozenset({4, 5})
        assert settings.work.extra_off == frozenset({date(2026, 12, 24)})
        assert settings.work.extra_on == frozenset({date(2026, 12, 26)})
        assert settings.headers["sales"]["amount"] == ("Umsatz",)
        assert settings.statuses["sales"].excluded == frozenset({"void"})
        assert settings.statuses["sales"].counts == frozenset({"ok"})
        alert = settings.overview.alerts[0]
        assert (alert.compare, alert.worse_by) == (Comparison.PREVIOUS, Decimal("0.05"))

    def test_a_pattern_of_weeks(self):
        settings = good(SMALLEST + "calendar: {pattern: 4-4-5, anchor: 2026-02-01}")
        assert settings.fiscal == FiscalCalendar(pattern="4-4-5", anchor=date(2026, 2, 1))

    def test_words_that_look_like_something_else(self):
        settings = good(SMALLEST + "statuses: {sales: {counts: [NO, on, 12:30, 010, 1.10]}}")
        assert settings.statuses["sales"].counts == frozenset({"no", "on", "12:30", "010", "1.10"})

    def test_equal_content_equal_hash(self):
        one, other = good(SMALLEST), good("# another comment\n" + SMALLEST)
        assert one == other
        assert hash(one) == hash(other)
        changed = good(SMALLEST + "customers: {window_months: 6}")
        assert one != changed
        assert one != "settings"

    def test_settings_cannot_be_changed(self):
        settings = good(SMALLEST)
        with pytest.raises(TypeError):
            settings.metrics["x"] = settings.metrics["sales"]


class TestFaults:
    def test_all_at_once_with_line_key_and_suggestion(self):
        assert faults(
            """company: {nam: x, timezone: Europe/Berln, currency: eur}
calendar: {fiscal_year_start: 13, week_start: Tues, country: XX, days_off: [24.12.]}
customers: {window_months: 5}
headers: {sales: {amout: [x]}, sale: {}}
limits: {upload_mb: [1]}
metrics:
  sales: {kind: simpel}
overview: {tiles: [sals, sales]}
"""
        ) == [
            ("config.currency", 1, "company.currency", None),
            ("config.timezone", 1, "company.timezone", "Europe/Berlin"),
            ("config.unknown_key", 1, "company.nam", "name"),
            ("config.country", 2, "calendar.country", None),
            ("config.wanted.date", 2, "calendar.days_off.0", None),
            ("config.range.le", 2, "calendar.fiscal_year_start", None),
            ("config.choice", 2, "calendar.week_start", "tuesday"),
            ("config.choice", 3, "customers.window_months", None),
            ("config.field", 4, "headers.sales.amout", "amount"),
            ("config.dataset", 4, "headers.sale", "sales"),
            ("config.wanted.number", 5, "limits.upload_mb", None),
            ("config.choice", 7, "metrics.sales", "simple"),
            ("config.unknown_metric", 8, "overview.tiles.0", "sales"),
        ]

    @pytest.mark.parametrize(
        ("metric", "key", "suggestion"),
        [
            (METRIC + ", expresion: x", "config.unknown_key", "expression"),
            (METRIC + ", sqll: x", "config.unknown_key", "sql"),
            (METRIC + ", thresholds: {badd: 1}", "config.unknown_key", "bad"),
            (METRIC.replace("sql: sum(amount), ", ""), "config.missing", None),
            (METRIC.replace("kind: simple, ", ""), "config.missing", None),
            (METRIC.replace("money", "moneys"), "config.choice", "money"),
            (METRIC + ", date: order_dat", "config.date_role", "order_date"),
            (METRIC + ", hidden: maybe", "config.wanted.true_false", None),
            (METRIC + ", needs: amount", "config.wanted.list", None),
            (METRIC.replace("name: A", "name: [1]"), "config.wanted.keys", None),
            (METRIC.replace("name: A", "name: {en: A}"), "config.missing", None),
            (METRIC.replace("sum(amount)", "true"), "config.wanted.text", None),
            (METRIC.replace("simple", "customer").replace("sql: sum(amount)", "counts: nwe"),
             "config.choice", "new"),
        ],
    )  # fmt: skip
    def test_a_broken_metric_leaves_the_rest(self, metric, key, suggestion):
        found = config.check_text((SMALLEST + f"  bad: {{{metric}}}\n").encode())
        assert [(p.key, p.suggestion, p.place.line) for p in found.problems] == [
            (key, suggestion, 3)
        ]
        assert found.settings is not None
        assert list(found.settings.metrics) == ["sales"]
        assert found.settings.problems == found.problems

    def test_a_name_that_is_no_name_leaves_the_rest(self):
        found = config.check_text((SMALLEST + f"  Bad-Id: {{{METRIC}}}\n").encode())
        assert [p.key for p in found.problems] == ["config.identifier"]
        assert found.settings is not None

    def test_a_tile_that_is_no_metric_is_left_out_and_told(self):
        text = SMALLEST + "overview: {tiles: [sale, sales], trend: sals, alerts: [{metric: x}]}"
        found = config.check_text(text.encode())
        assert [(p.key, p.suggestion) for p in found.problems] == [
            ("config.unknown_metric", "sales"),
            ("config.unknown_metric", None),
            ("config.unknown_metric", "sales"),
        ]
        assert found.settings is not None
        assert found.settings.overview.tiles == ("sales",)
        assert (found.settings.overview.trend, found.settings.overview.alerts) == ("sales", ())

    def test_a_tile_of_a_broken_metric_is_told_where_it_is_defined(self):
        text = SMALLEST + "  bad: {kind: simple}\noverview: {tiles: [bad]}\n"
        assert {column for _, _, column, _ in faults(text)} == {
            f"metrics.bad.{key}" for key in ("name", "description", "formula", "unit", "sql")
        }

    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("company: {}\n", "config.missing"),
            ("metrics: [1]\n", "config.wanted.keys"),
            (SMALLEST + "calendar: {pattern: 4-4-5}\n", "config.anchor"),
            (SMALLEST + "overview: {alerts: [{metric: sales, worse_by: 0}]}\n", "config.range.gt"),
            (SMALLEST + "overview: {stale_days: 1.5}\n", "config.wanted.whole"),
            (SMALLEST + "rates: {2026-13: {EUR: 1}}\n", "config.month"),
            (SMALLEST + "rates: {2026-01: {euro: 1}}\n", "config.currency"),
            (SMALLEST + "rates: {2026-01: {EUR: 0}}\n", "config.range.gt"),
            (SMALLEST + "company: {name: A}\ncompany: {name: B}\n", "config.duplicate"),
            ("a: [\n", "config.syntax"),
        ],
    )
    def test_what_makes_the_file_unusable(self, text, key):
        found = config.check_text(text.encode())
        assert found.settings is None
        assert [p.key for p in found.problems] == [key]

    def test_rates_are_kept_by_month_and_currency(self):
        found = config.check_text((SMALLEST + "rates: {2026-01: {EUR: 1.09}}\n").encode())
        assert dict(found.settings.rates["2026-01"]) == {"EUR": Decimal("1.09")}

    def test_load_raises_with_all_problems(self, tmp_path):
        path = tmp_path / "config.yaml"
        path.write_text("company: {nam: x}\nlimits: {upload_mb: 0}\nmetrics: {}\n")
        with pytest.raises(ConfigError) as caught:
            config.load(path)
        assert len(caught.value.problems) == 2

    def test_every_problem_has_words_in_both_languages(self):
        text = "company: {nam: x, currency: eur}\nlimits: {upload_mb: 0}\nmetrics: {a: {kind: b}}\n"
        for problem in config.check_text(text.encode()).problems:
            for lang in texts.LANGUAGES:
                assert problem.key not in texts.error(problem, lang)

    def test_a_long_wrong_value_is_shortened(self):
        problem = config.check_text((SMALLEST + "x: 1\n" + "calendar: " + "y" * 500).encode())
        assert max(len(str(p.values)) for p in problem.problems) < 100
