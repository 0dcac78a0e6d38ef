"""The grid of targets in a browser: a total split, a cell typed, two people in one cell."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App, goto, idle, visiting

FIRST = 1
"""The row below the company's."""


def typed(page: Page, row: int, text: str) -> None:
    """Type into the first quarter of a row: a cell that is chosen takes what is typed."""
    grid = page.get_by_test_id("stDataFrame").last
    grid.scroll_into_view_if_needed()
    cell = grid.locator(f"[data-testid=glide-cell-1-{row}]")
    expect(cell).to_be_attached()
    box = grid.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 200, box["y"] + 33 * (row + 1) + 16)
    expect(cell).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    field = page.locator("#portal textarea, #portal input").first
    field.fill(text)
    field.press("Enter")
    expect(page.get_by_role("button", name="Save 1 change")).to_be_visible()
    idle(page)


def test_a_total_is_split_typed_over_and_saved_by_two(browser: Browser, company: App) -> None:
    with visiting(browser, company) as ana, visiting(browser, company) as bo:
        goto(ana, company.url + "/goals?home=demo&view=targets&by=region&year=2027")
        ana.get_by_role("button", name="Split a total").click()
        total = ana.get_by_role("textbox", name="Total")
        total.fill("3.3M")
        total.press("Tab")
        idle(ana)
        ana.get_by_role("button", name="Fill in").first.click()
        ana.keyboard.press("Escape")
        expect(ana.get_by_text("add up to exactly the company’s $3.30M")).to_be_visible()
        # the stylesheet stands: a fragment has not taken its place
        expect(ana.locator("h1.sd-headline")).to_have_css("font-weight", "600")
        ana.get_by_placeholder("Who are you? Your name").fill("Ana")
        ana.get_by_role("button", name="Save").click()
        expect(ana.get_by_role("button", name="Take the last save back")).to_be_visible()

        goto(bo, company.url + "/goals?home=demo&view=targets&by=region&year=2027")
        typed(bo, FIRST, "1m")
        typed(ana, FIRST, "2m")
        expect(bo.get_by_text("than the company’s $3.30M")).to_be_visible()
        bo.get_by_placeholder("Who are you? Your name").fill("Bo")
        bo.get_by_role("button", name="Save 1 change").click()
        expect(bo.get_by_role("button", name="Take the last save back")).to_be_visible()
        ana.get_by_role("button", name="Save 1 change").click()
        expect(ana.get_by_text("You typed 2m; meanwhile Bo set $1,000,000.00")).to_be_visible()
        expect(ana.get_by_role("button", name="Save 1 change")).to_be_disabled()
        ana.get_by_role("button", name="Keep mine").click()
        ana.get_by_role("button", name="Save 1 change").click()
        expect(ana.get_by_role("button", name="Take the last save back (1 target)")).to_be_visible()
        ana.get_by_role("button", name="Take the last save back (1 target)").click()
        expect(ana.get_by_role("button", name="Nothing to save")).to_be_visible()
