"""Monday's meeting: written, closed, and the same byte for byte whatever happens afterwards."""

import os
import signal
import time
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import (
    App,
    becomes,
    commit,
    content,
    drop,
    goto,
    idle,
    introduce,
    running,
    says,
    tile,
    visiting,
)
from tests.browser.homes import ROOT, held_copy, own_copy, set_goal
from tests.browser.meetings import MEETING, reruns

FIRST = """Order No,Order Date,Customer,Region,Category,Quantity,Amount
A-1,2026-11-10,Bergmann,North,Pumps,2,800.00
A-2,2026-11-17,Lindqvist,South,Valves,1,250.25
A-3,2026-11-19,Bergmann,North,Pumps,4,749.75
"""
"""Week 46: 800.00. Week 47: 250.25 + 749.75 = 1,000.00."""

LATE = """Order No,Order Date,Customer,Region,Category,Quantity,Amount
A-4,2026-11-20,Bergmann,North,Hoses,1,500.00
"""
"""Week 47 becomes 1,500.00."""

DEALS = """Deal Id,Deal Name,Stage,Amount,Created Time,Closing Date,Deal Owner
D-1,Pumps for Bergmann,Closed Won,900.00,2026-10-01,2026-11-18,Ana Ruiz
D-2,Valves for Lindqvist,Closed Lost,400.00,2026-10-02,2026-11-19,Bo Chen
D-3,Hoses for Bergmann,Negotiation/Review,300.00,2026-11-02,2026-12-10,Ana Ruiz
"""
"""One won, one lost, one open of 300.00."""


def choose_person(page: Page, name: str) -> None:
    """Type the name of somebody new."""
    person = page.get_by_label("Person", exact=True)
    person.fill(name)
    expect(page.get_by_role("option").filter(has_text=name)).to_be_visible()
    person.press("Enter")
    expect(page.get_by_text("Log every visit and call the same day")).to_be_visible()
    idle(page)


def card(page: Page, number: int) -> Locator:
    """The card of a line of the agenda, by its number."""
    head = page.locator(".sd-title", has_text=f"{number}. ").first
    return page.locator("[class*=st-key-card-line-]").filter(has=head)


def write(page: Page, number: int, label: str, text: str) -> None:
    """Fill a text of a line and leave the field."""
    field = card(page, number).get_by_label(label)
    field.fill(text)
    field.blur()
    idle(page)


def put_on_the_agenda(page: Page, app: App) -> str:
    """North's November against October, for discussion; what it is called."""
    filters = "where=region:North&compare=previous&period=month:2026-11"
    goto(page, f"{app.url}/comparison?home=own&{filters}")
    page.locator(".st-key-put-comparison button:visible").click()
    page.get_by_role("menuitem", name="Weekly sales meeting").click()
    expect(page.get_by_test_id("stToast")).to_contain_text("On the agenda: Weekly sales meeting")
    idle(page)
    return page.locator("h1.sd-headline").inner_text()


def leads_back(page: Page, finding: str) -> None:
    """The line opens the screen it was put on from, with its filters."""
    meeting = page.url
    topic = page.locator("[class*=st-key-card-line-]").filter(has_text=finding)
    topic.get_by_role("link").click()
    idle(page)
    expect(page.locator("h1.sd-headline")).to_have_text(finding)
    says(page, "where=region%3ANorth", "compare=previous", "period=month%3A2026-11")
    goto(page, meeting)


def screen(page: Page) -> str:
    """What a closed meeting shows, without what stands beside it."""
    parts = page.locator("[class*=st-key-card-line-]")
    expect(parts.first).to_be_visible()
    return "\n".join(parts.all_inner_texts())


def test_a_closed_meeting_stays_the_same_byte_for_byte(browser: Browser, tmp_path: Path) -> None:
    own_copy(tmp_path / "own", ("orders.csv", FIRST, "sales"), ("deals.csv", DEALS, "deals"))
    set_goal(tmp_path / "own")
    config = tmp_path / "config.yaml"
    config.write_text((ROOT / "config.yaml").read_text("utf-8"), "utf-8")
    with running(tmp_path, config=config) as app, visiting(browser, app) as page:
        goto(page, app.url + "/meetings?home=own")
        introduce(page, "Ana Ruiz")
        finding = put_on_the_agenda(page, app)
        goto(page, app.url + "/meetings?home=own")
        expect(page.locator("h1.sd-headline")).to_contain_text("has not been held yet")
        expect(page.locator(".st-key-card-next-weekly")).to_contain_text(finding)
        page.locator(".st-key-open-weekly button").click()
        says(page, "meeting=1")
        idle(page)
        leads_back(page, finding)
        expect(card(page, 1).locator(".sd-value").first).to_have_text("$1,000")
        write(page, 1, "Notes", "South is slow\n- ask Lindqvist")
        write(page, 1, "Decision", "Visit Lindqvist this week")
        card(page, 1).locator("[class*=st-key-add-action-] button").first.click()
        page.get_by_placeholder("What is to be done?").fill("Visit Lindqvist")
        page.locator("[class*=st-key-add-line] button").click()
        idle(page)
        page.keyboard.press("Escape")
        expect(card(page, 1)).to_contain_text("Visit Lindqvist")
        # open ones can be taken along too
        assert b"Visit Lindqvist this week" in content(page, "minutes")

        page.locator(".st-key-close-popover button").first.click()
        page.locator(".st-key-close-meeting button").click()
        expect(page.locator("textarea")).to_have_count(0)
        idle(page)
        kept, seen = content(page, "minutes"), screen(page)
        text = kept.decode()
        assert "$1,000.00" in text
        assert "South is slow  \n- ask Lindqvist" in text
        assert "- [ ] Visit Lindqvist" in text
        assert "| Sales | 1 Oct – 31 Dec 2026 | 20.0% | Off pace" in text  # 1,800 of 9,000
        where, week = page.url, app.url + "/?home=own&period=week:2026-W47"

        drop(page, app, "late.csv", LATE)
        commit(page)
        goto(page, week)
        expect(tile(page, "sales")).to_have_text("$1,500")  # an open screen moves
        goto(page, app.url + "/goals?home=own")
        expect(page.locator(".sd-goal").last).to_contain_text("$2,300")  # 1,800 + 500
        goto(page, where)
        restated = page.locator(".st-key-card-restated")
        expect(restated).to_contain_text("$1,000.00")
        expect(restated).to_contain_text("$1,500.00")
        becomes(page, lambda: screen(page), seen)
        assert content(page, "minutes") == kept

        goto(page, app.url + "/imports?home=own")
        page.locator(".st-key-undo-1 button").click()
        expect(page.locator(".st-key-event-1")).to_contain_text("taken back")
        text = config.read_text("utf-8").replace("sql: sum(amount)\n", "sql: sum(2 * amount)\n", 1)
        config.write_text(text, "utf-8")
        goto(page, week)
        expect(tile(page, "sales")).to_have_text("$1,000")  # twice the 500 of the late one
        goto(page, where)
        becomes(page, lambda: screen(page), seen)
        assert content(page, "minutes") == kept


def test_ticks_and_notes_are_there_after_a_reload_and_never_rerun_the_page(
    browser: Browser, held: App
) -> None:
    with visiting(browser, held) as page:
        asked = reruns(page)
        goto(page, held.url + "/training?home=own&course=crm_use")
        introduce(page, "Bo")
        choose_person(page, "Cleo Li")
        asked.clear()
        page.get_by_text("Log every visit and call the same day").click()
        idle(page)
        expect(page.locator(".sd-matrix")).to_contain_text("1/10")
        assert asked
        assert all(asked), "a tick reran the whole page"
        goto(page, held.url + "/training?home=own&person=Cleo+Li&course=crm_use")
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
        expect(page.get_by_text("Bo, 23 Nov")).to_be_visible()


def test_two_who_write_at_once_lose_nothing(browser: Browser, held: App) -> None:
    with visiting(browser, held) as ana, visiting(browser, held) as bo:
        goto(ana, held.url + "/meetings?home=own")
        introduce(ana, "Ana Ruiz")
        ana.locator(".st-key-open-monthly button").click()
        says(ana, "meeting=2")
        idle(ana)
        asked = reruns(bo)
        goto(bo, ana.url)
        introduce(bo, "Bo")
        write(ana, 1, "Notes", "price")
        asked.clear()
        card(bo, 1).get_by_label("Notes").fill("delivery")
        card(bo, 1).get_by_label("Notes").blur()
        idle(bo)
        expect(card(bo, 1)).to_contain_text("Ana Ruiz has written here in the meantime:")
        expect(card(bo, 1)).to_contain_text("price")
        expect(card(bo, 1).get_by_label("Notes")).to_have_value("delivery")
        card(bo, 1).get_by_role("button", name="Keep both").click()
        idle(bo)
        assert asked
        assert all(asked), "what was written reran the whole page"
        goto(ana, ana.url)
        expect(card(ana, 1).get_by_label("Notes")).to_have_value("price\n\ndelivery")


def test_the_clock_ticks_by_itself_and_goes_on_after_a_reload(browser: Browser, held: App) -> None:
    with visiting(browser, held) as page:
        asked = reruns(page)
        goto(page, held.url + MEETING)
        introduce(page, "Ana Ruiz")
        asked.clear()
        page.locator(".st-key-clock-next button").click()
        idle(page)
        assert asked
        assert all(asked), "starting the clock reran the whole page"
        asked.clear()
        before = seconds(page)
        began = time.monotonic()
        ticked(page, before + 2)
        assert time.monotonic() - began >= 1  # a second, and the part of another
        assert not asked, "the clock asked the server"
        write(page, 1, "Notes", "price")  # a fragment is drawn anew
        goto(page, page.url)
        ticked(page, before + 2)
        page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 900)")
        expect(page.locator("#sd-clock")).to_be_in_viewport()
        page.locator("#sd-clock").evaluate("box => { box.dataset.spent = 11 * 60; }")
        expect(page.locator("#sd-clock.sd-over")).to_contain_text("over by 1:")


SHOWN = "document.querySelector('#sd-clock [data-now]').innerText.split(':')"


def seconds(page: Page) -> int:
    """What the clock shows: 1:05 is 65."""
    minutes, rest = page.locator("#sd-clock [data-now]").inner_text().split(":")
    return int(minutes) * 60 + int(rest)


def ticked(page: Page, wanted: int) -> None:
    """The clock shows as many seconds."""
    page.wait_for_function(
        f"wanted => {{ const shown = {SHOWN}; return 60 * shown[0] + +shown[1] >= wanted }}",
        arg=wanted,
    )


def test_kill_9_loses_no_tick_and_no_note(browser: Browser, tmp_path: Path) -> None:
    there = "/training?home=own&person=Ana+Ruiz&course=crm_use"
    held_copy(tmp_path / "own")
    with running(tmp_path) as app:
        with visiting(browser, app) as page:
            goto(page, app.url + there)
            introduce(page, "Bo")
            page.get_by_text("Log every visit and call the same day").click()
            idle(page)
            expect(page.locator(".sd-matrix")).to_contain_text("1/10")
            goto(page, app.url + MEETING)
            write(page, 1, "Notes", "price")
        os.kill(int((tmp_path / "own" / "owner.pid").read_text()), signal.SIGKILL)
    with running(tmp_path) as app, visiting(browser, app) as page:
        goto(page, app.url + there)
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
        expect(page.locator(".sd-matrix")).to_contain_text("1/10")
        goto(page, app.url + MEETING)
        expect(card(page, 1).get_by_label("Notes")).to_have_value("price")
