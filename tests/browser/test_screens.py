"""What a visitor sees: languages, links, themes, charts, drawers, paper."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from salesdash.ui.shell import SCREENS
from tests.browser.conftest import App, drawn, goto, idle, value, visiting


def test_the_first_screen_is_the_demo_company_and_says_so(page: Page, app: App) -> None:
    goto(page, app.url)
    expect(page.locator("h1.sd-headline")).to_contain_text("Sales are")
    expect(page.get_by_text("This is a demo company")).to_be_visible()
    expect(page.locator("[class*=st-key-tile-]")).to_have_count(8)
    drawn(page.locator(".st-key-card-overview-trend"))
    drawn(page.locator(".st-key-card-movers"))
    expect(page.locator(".sd-edge")).to_contain_text("Data to 22 Nov · import 1")
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_chinese_browser_reads_chinese_and_can_switch(browser: Browser, app: App) -> None:
    with visiting(browser, app, locale="zh-CN") as page:
        goto(page, app.url)
        expect(page.locator("h1.sd-headline")).to_contain_text("销售额")
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        page.get_by_role("radio", name="English").click()
        idle(page)
        expect(page.locator("h1.sd-headline")).to_contain_text("Sales")
        page.wait_for_url(re.compile("lang=en"))
        page.reload()
        idle(page)
        expect(page.locator("h1.sd-headline")).to_contain_text("Sales")


def test_a_link_shows_a_colleague_the_same_screen_in_the_other_language(
    browser: Browser, app: App
) -> None:
    with visiting(browser, app) as page:
        goto(
            page,
            app.url + "/trends?period=last-quarter&where=region:Northeast&by=channel&grain=week",
        )
        idle(page)
        expect(page.locator(".st-key-chosen")).to_contain_text("Region: Northeast")
        expect(page.locator("p.sd-lead")).to_contain_text("1 Jul – 30 Sep: $")
        link = page.url
        page.get_by_test_id("stSidebarNavLink").filter(has_text="Overview").click()
        idle(page)
        expect(page.locator(".st-key-chosen")).to_contain_text("Region: Northeast")
    with visiting(browser, app, locale="zh-CN") as colleague:
        goto(colleague, link)
        expect(colleague.locator(".st-key-chosen")).to_contain_text("地区：Northeast")
        expect(colleague.locator("p.sd-lead")).to_contain_text("7月1日–9月30日")
        for code in ("period=last-quarter", "by=channel", "grain=week"):
            assert code in colleague.url


def test_nonsense_in_a_link_is_left_out(page: Page, app: App) -> None:
    goto(page, app.url + "/?period=someday&where=nothing:x&compare=never&cut=99&lang=xx&home=moon")
    expect(page.locator("[class*=st-key-tile-]")).to_have_count(8)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_changing_the_period_changes_the_figures_and_the_address(page: Page, app: App) -> None:
    goto(page, app.url)
    before = value(page, "sales")
    wanted = page.get_by_role("option", name=re.compile("Last year"))
    for _ in range(5):  # a list that is opened while the page settles closes again
        page.locator(".st-key-w-period [data-baseweb=select], .st-key-w-period").first.click()
        page.wait_for_timeout(1000)
        if wanted.count():
            break
        page.keyboard.press("Escape")
    wanted.click()
    idle(page)
    assert value(page, "sales") != before
    page.wait_for_url(re.compile("period=last-year"))


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
    idle(page)
    expect(page.locator(".st-key-chosen")).to_have_count(0)


def test_clicking_a_bar_filters_by_its_member(page: Page, app: App) -> None:
    goto(page, app.url)
    bars = page.locator(".st-key-card-movers svg.marks path[aria-roledescription=bar]")
    bars.first.click()
    idle(page)
    expect(page.locator(".st-key-chosen")).to_be_visible()


def test_the_label_of_a_tile_opens_its_definition_and_rows(page: Page, app: App) -> None:
    goto(page, app.url)
    page.locator(".st-key-define-sales button").click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("Order date")
    expect(drawer).to_contain_text("Rows behind it")
    with page.expect_download() as download:
        drawer.locator(".st-key-download-rows-sales button").click()
    name = download.value.suggested_filename
    assert re.fullmatch(r"rows-[0-9a-f]{8}\.csv", name), name


def test_a_chart_is_a_table_a_csv_and_a_picture(page: Page, app: App) -> None:
    goto(page, app.url + "/trends")
    card = page.locator(".st-key-card-trend")
    drawn(card)
    chart = card.get_by_test_id("stVegaLiteChart")
    expect(chart).to_have_attribute("aria-label", re.compile("Sales by week"))
    with page.expect_download() as picture:
        page.locator(".st-key-download-trend-png button").click()
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")
    page.locator(".st-key-view-trend button").click()
    idle(page)
    expect(card.locator("table.sd-table tbody tr").first).to_be_visible()
    with page.expect_download() as table:
        page.locator(".st-key-download-trend-csv button").click()
    assert table.value.path().read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("scheme", "ink"), [("light", "rgb(27, 31, 38)"), ("dark", "rgb(232, 234, 238)")]
)
def test_words_keep_their_contrast_in_both_themes(
    browser: Browser, app: App, scheme: str, ink: str
) -> None:
    with visiting(browser, app, scheme=scheme) as page:
        goto(page, app.url)
        colour = "e => getComputedStyle(e).color"
        assert page.locator("h1.sd-headline").evaluate(colour) == ink
        numerals = "e => getComputedStyle(e).fontVariantNumeric"
        assert "tabular-nums" in page.locator(".sd-value").first.evaluate(numerals)


def test_the_drawer_of_a_tile_leads_to_who_moved_it_with_the_same_filters(
    page: Page, app: App
) -> None:
    goto(page, app.url + "/?where=region:Northeast&compare=previous")
    page.locator(".st-key-define-orders button").click()
    page.get_by_role("dialog").locator(".st-key-link-drawer a").click()
    idle(page)
    expect(page.locator("p.sd-lead")).to_contain_text("Orders")
    expect(page.locator(".st-key-chosen")).to_contain_text("Region: Northeast")
    for code in ("metric=orders", "compare=previous", "where=region"):
        assert code in page.url


def test_what_moved_leads_to_all_members_of_the_same_dimension(page: Page, app: App) -> None:
    goto(page, app.url)
    page.locator(".st-key-link-movers a").click()
    idle(page)
    expect(page.locator(".st-key-card-comparison-members")).to_be_visible()
    assert "by=" in page.url


def test_a_comparison_narrows_by_a_step_and_by_a_name(page: Page, app: App) -> None:
    goto(page, app.url + "/comparison?by=region&sort=value&compare=previous")
    card = page.locator(".st-key-card-comparison-bridge")
    drawn(card)
    names = page.locator(".st-key-card-comparison-members tbody tr:not(.sd-total) td:first-child")
    before = names.all_inner_texts()
    assert len(before) > 1
    card.locator("svg.marks path[aria-roledescription=bar]").nth(1).click()
    idle(page)
    expect(page.locator(".st-key-chosen")).to_be_visible()
    expect(names.filter(has_text=before[0])).to_have_count(0)
    assert not set(names.all_inner_texts()) & set(before)  # by what lies within the member
    page.locator(".st-key-trail-0 button").click()
    expect(names).to_have_text(before)
    goto(page, app.url + "/comparison?by=region&sort=value&compare=previous")
    names.get_by_role("link", name=before[0]).click()
    expect(page.locator(".st-key-chosen")).to_contain_text(before[0])
    for code in ("compare=previous", "sort=value"):
        assert code in page.url


def test_a_comparison_leaves_as_a_csv_of_what_is_shown(page: Page, app: App) -> None:
    goto(page, app.url + "/comparison?by=region")
    with page.expect_download() as download:
        page.locator(".st-key-download-comparison-csv button").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    rows = page.locator(".st-key-card-comparison-members tbody tr")
    assert len(lines) == 1 + rows.count()
    with page.expect_download() as picture:
        page.locator(".st-key-download-comparison-bridge-png button").click()
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")


def test_a_phone_shows_two_tiles_a_row_and_does_not_scroll_sideways(
    browser: Browser, app: App
) -> None:
    with visiting(browser, app, width=390) as page:
        goto(page, app.url)
        tops = "[...document.querySelectorAll('[class*=st-key-tile-]')].map(e => e.offsetTop)"
        page.wait_for_function(
            f"(() => {{ const y = {tops}; return y[0] === y[1] && y[1] < y[2] }})()"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_overview_prints_on_one_page(page: Page, app: App) -> None:
    goto(page, app.url)
    drawn(page.locator(".st-key-card-movers"))
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_a_cold_deep_link_goes_through_the_frame(page: Page, app: App) -> None:
    goto(page, app.url + "/imports")
    expect(page.get_by_test_id("stSidebarNavLink")).to_have_count(len(SCREENS))
    expect(page.locator("[data-testid=stFileUploader]")).to_be_visible()
