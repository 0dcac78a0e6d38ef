"""What a visitor sees: languages, links, themes, charts, drawers, paper."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from salesdash.ui.shell import SCREENS
from tests.browser.conftest import (
    App,
    content,
    downloaded,
    drawn,
    fits,
    goto,
    idle,
    says,
    tile,
    visiting,
)


def test_the_first_screen_is_the_demo_company_and_says_so(page: Page, app: App) -> None:
    goto(page, app.url)
    expect(page.locator("h1.sd-headline")).to_contain_text("Sales are")
    expect(page.get_by_text("This is a demo company")).to_be_visible()
    expect(page.locator("[class*=st-key-tile-]")).to_have_count(8)
    drawn(page.locator(".st-key-card-overview-trend"))
    drawn(page.locator(".st-key-card-movers"))
    expect(page.locator(".sd-edge")).to_contain_text("Data to 22 Nov · import 1")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_chinese_browser_reads_chinese_and_can_switch(browser: Browser, app: App) -> None:
    with visiting(browser, app, locale="zh-CN") as page:
        goto(page, app.url)
        expect(page.locator("h1.sd-headline")).to_contain_text("销售额")
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
        page.get_by_role("radio", name="English").click()
        expect(page.locator("h1.sd-headline")).to_contain_text("Sales")
        says(page, "lang=en")
        idle(page)
        page.reload()
        expect(page.locator("h1.sd-headline")).to_contain_text("Sales")


def test_a_link_shows_a_colleague_the_same_screen_in_the_other_language(
    browser: Browser, app: App
) -> None:
    with visiting(browser, app) as page:
        goto(
            page,
            app.url + "/trends?period=last-quarter&where=region:Northeast&by=channel&grain=week",
        )
        expect(page.locator(".st-key-chosen")).to_contain_text("Region: Northeast")
        expect(page.locator("p.sd-lead")).to_contain_text("1 Jul – 30 Sep: $")
        link = page.url
        page.get_by_test_id("stSidebarNavLink").filter(has_text="Overview").click()
        expect(page.locator("[class*=st-key-tile-]").first).to_be_visible()
        expect(page.locator(".st-key-chosen")).to_contain_text("Region: Northeast")
    with visiting(browser, app, locale="zh-CN") as colleague:
        goto(colleague, link)
        expect(colleague.locator(".st-key-chosen")).to_contain_text("地区：Northeast")
        expect(colleague.locator("p.sd-lead")).to_contain_text("7月1日–9月30日")
        says(colleague, "period=last-quarter", "by=channel", "grain=week")


def test_nonsense_in_a_link_is_left_out(page: Page, app: App) -> None:
    goto(page, app.url + "/?period=someday&where=nothing:x&compare=never&cut=99&lang=xx&home=moon")
    expect(page.locator("[class*=st-key-tile-]")).to_have_count(8)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_changing_the_period_changes_the_figures_and_the_address(page: Page, app: App) -> None:
    goto(page, app.url)
    expect(tile(page, "sales")).to_have_text(re.compile(r"\$"))
    before = tile(page, "sales").inner_text()
    page.get_by_role("combobox", name="Period").click()
    page.get_by_role("option", name=re.compile("Last year")).click()
    expect(tile(page, "sales")).not_to_have_text(before)
    says(page, "period=last-year")


def test_filters_narrow_and_can_be_cleared(page: Page, app: App) -> None:
    goto(page, app.url)
    page.locator(".st-key-filter-popover button").first.click()
    idle(page)
    page.get_by_role("combobox", name="Region").click()
    page.get_by_role("option", name="Northeast").click()
    idle(page)
    expect(page.locator(".st-key-chosen")).to_contain_text("Region: Northeast")
    page.keyboard.press("Escape")
    page.locator(".st-key-clear-chosen button").click()
    expect(page.locator(".st-key-chosen")).to_have_count(0)


def test_clicking_a_bar_filters_by_its_member(page: Page, app: App) -> None:
    goto(page, app.url)
    bars = page.locator(".st-key-card-movers svg.marks path[aria-roledescription=bar]")
    bars.first.click()
    expect(page.locator(".st-key-chosen")).to_be_visible()


def test_the_label_of_a_tile_opens_its_definition_and_rows(page: Page, app: App) -> None:
    goto(page, app.url)
    page.locator(".st-key-define-sales button").click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("Order date")
    expect(drawer).to_contain_text("Rows behind it")
    name = downloaded(page, "rows-sales").suggested_filename
    assert re.fullmatch(r"rows-[0-9a-f]{8}\.csv", name), name


def test_a_chart_is_a_table_a_csv_and_a_picture(page: Page, app: App) -> None:
    goto(page, app.url + "/trends")
    card = page.locator(".st-key-card-trend")
    drawn(card)
    chart = card.get_by_test_id("stVegaLiteChart")
    expect(chart).to_have_attribute("aria-label", re.compile("Sales by week"))
    assert content(page, "trend-png").startswith(b"\x89PNG")
    page.locator(".st-key-view-trend button").click()
    expect(card.locator("table.sd-table tbody tr").first).to_be_visible()
    assert content(page, "trend-csv").startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("scheme", "ink"), [("light", "rgb(27, 31, 38)"), ("dark", "rgb(232, 234, 238)")]
)
def test_words_keep_their_contrast_in_both_themes(
    browser: Browser, app: App, scheme: str, ink: str
) -> None:
    with visiting(browser, app, scheme=scheme) as page:
        goto(page, app.url)
        expect(page.locator("h1.sd-headline")).to_have_css("color", ink)
        numerals = re.compile("tabular-nums")
        expect(page.locator(".sd-value").first).to_have_css("font-variant-numeric", numerals)


def test_the_drawer_of_a_tile_leads_to_who_moved_it_with_the_same_filters(
    page: Page, app: App
) -> None:
    goto(page, app.url + "/?where=region:Northeast&compare=previous")
    page.locator(".st-key-define-orders button").click()
    page.get_by_role("dialog").locator(".st-key-link-drawer a").click()
    expect(page.locator("p.sd-lead")).to_contain_text("Orders")
    expect(page.locator(".st-key-chosen")).to_contain_text("Region: Northeast")
    says(page, "metric=orders", "compare=previous", "where=region")


def test_what_moved_leads_to_all_members_of_the_same_dimension(page: Page, app: App) -> None:
    goto(page, app.url)
    page.locator(".st-key-link-movers a").click()
    expect(page.locator(".st-key-card-comparison-members")).to_be_visible()
    says(page, "by=")


def test_a_comparison_narrows_by_a_step_and_by_a_name(page: Page, app: App) -> None:
    goto(page, app.url + "/comparison?by=region&sort=value&compare=previous")
    card = page.locator(".st-key-card-comparison-bridge")
    drawn(card)
    names = page.locator(".st-key-card-comparison-members tbody tr:not(.sd-total) td:first-child")
    expect(names.nth(1)).to_be_visible()
    before = names.all_inner_texts()
    card.locator("svg.marks path[aria-roledescription=bar]").nth(1).click()
    expect(page.locator(".st-key-chosen")).to_be_visible()
    expect(names.filter(has_text=before[0])).to_have_count(0)
    idle(page)
    assert not set(names.all_inner_texts()) & set(before)  # by what lies within the member
    page.locator(".st-key-trail-0 button").click()
    expect(names).to_have_text(before)
    idle(page)
    goto(page, app.url + "/comparison?by=region&sort=value&compare=previous")
    names.get_by_role("link", name=before[0]).click()
    expect(page.locator(".st-key-chosen")).to_contain_text(before[0])
    says(page, "compare=previous", "sort=value")


def test_a_comparison_leaves_as_a_csv_of_what_is_shown(page: Page, app: App) -> None:
    goto(page, app.url + "/comparison?by=region")
    lines = content(page, "comparison-csv").decode("utf-8-sig").splitlines()
    rows = page.locator(".st-key-card-comparison-members tbody tr")
    expect(rows).to_have_count(len(lines) - 1)
    drawn(page.locator(".st-key-card-comparison-bridge"))
    assert content(page, "comparison-bridge-png").startswith(b"\x89PNG")


def test_a_phone_shows_two_tiles_a_row_and_does_not_scroll_sideways(
    browser: Browser, app: App
) -> None:
    with visiting(browser, app, width=390) as page:
        goto(page, app.url)
        tops = "[...document.querySelectorAll('[class*=st-key-tile-]')].map(e => e.offsetTop)"
        page.wait_for_function(
            f"(() => {{ const y = {tops}; return y[0] === y[1] && y[1] < y[2] }})()"
        )
        fits(page)


def test_the_overview_prints_on_one_page(page: Page, app: App) -> None:
    goto(page, app.url)
    drawn(page.locator(".st-key-card-movers"))
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_a_cold_deep_link_goes_through_the_frame(page: Page, app: App) -> None:
    goto(page, app.url + "/imports")
    expect(page.get_by_test_id("stSidebarNavLink")).to_have_count(len(SCREENS))
    expect(page.locator("[data-testid=stFileUploader]")).to_be_visible()
