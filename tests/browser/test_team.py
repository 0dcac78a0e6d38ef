"""Monday's meeting: written, closed, and the same byte for byte whatever happens afterwards."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.browser.conftest import App, commit, drop, goto, idle, running, value, visiting
from tests.browser.homes import ROOT

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


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("team")
    (folder / "config.yaml").write_text((ROOT / "config.yaml").read_text("utf-8"), "utf-8")
    return folder


@pytest.fixture
def fresh(place: Path, browser: Browser) -> Iterator[App]:
    """An app whose own home is empty, with a config.yaml of its own."""
    with running(place, config=place / "config.yaml") as found:
        yield found


@pytest.fixture
def visitor(browser: Browser, fresh: App) -> Iterator[Page]:
    with visiting(browser, fresh) as page:
        yield page


def bring(page: Page, app: App, name: str, text: str) -> None:
    """Import a file into the own home."""
    drop(page, app, name, text)
    commit(page)


def introduce(page: Page, name: str) -> None:
    """Say who one is, where that is asked."""
    field = page.get_by_placeholder("Who are you? Your name")
    if field.count():
        field.fill(name)
        page.locator(".st-key-ok-who button").click()
        idle(page)


def choose_person(page: Page, name: str) -> None:
    """Type the name of somebody new; a list that is typed into while the page settles forgets."""
    checklist = page.get_by_text("Log every visit and call the same day")
    for _ in range(5):
        person = page.get_by_label("Person", exact=True)
        person.fill(name)
        page.wait_for_timeout(300)
        person.press("Enter")
        idle(page)
        page.wait_for_timeout(1000)
        if checklist.count():
            return
    expect(checklist).to_be_visible()


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


def set_goal(page: Page, app: App, target: str) -> None:
    """A goal of the sales of this quarter."""
    goto(page, app.url + "/goals?home=own")
    page.get_by_role("button", name="Set a goal").click()
    field = page.get_by_role("dialog").get_by_label("Target", exact=True)
    field.fill(target)
    field.press("Tab")
    idle(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    idle(page)


def leads_back(page: Page, finding: str) -> None:
    """The line opens the screen it was put on from, with its filters."""
    meeting = page.url
    topic = page.locator("[class*=st-key-card-line-]").filter(has_text=finding)
    topic.get_by_role("link").click()
    idle(page)
    expect(page.locator("h1.sd-headline")).to_have_text(finding)
    for choice in ("where=region%3ANorth", "compare=previous", "period=month%3A2026-11"):
        assert choice in page.url
    goto(page, meeting)


def reruns(page: Page) -> list[str]:
    """What the browser asks to be run again from now on: a fragment, or "" for the whole page."""
    found: list[str] = []

    def heard(payload: bytes | str) -> None:
        message = BackMsg.FromString(payload if isinstance(payload, bytes) else payload.encode())
        if message.HasField("rerun_script"):
            found.append(message.rerun_script.fragment_id)

    page.on("websocket", lambda socket: socket.on("framesent", heard))
    return found


def minutes(page: Page) -> bytes:
    """The minutes as they are downloaded."""
    with page.expect_download() as found:
        page.locator(".st-key-download-minutes button").click()
    return Path(found.value.path()).read_bytes()


def screen(page: Page) -> str:
    """What a closed meeting shows, without what stands beside it."""
    parts = page.locator("[class*=st-key-card-line-]")
    return "\n".join(parts.nth(n).inner_text() for n in range(parts.count()))


def test_a_closed_meeting_stays_the_same_byte_for_byte(
    visitor: Page, fresh: App, place: Path
) -> None:
    page = visitor
    bring(page, fresh, "orders.csv", FIRST)
    bring(page, fresh, "deals.csv", DEALS)
    goto(page, fresh.url + "/pipeline?home=own")
    expect(page.locator("h1.sd-headline")).to_contain_text("$300 is open in 1 deal")
    set_goal(page, fresh, "9000")
    finding = put_on_the_agenda(page, fresh)
    goto(page, fresh.url + "/meetings?home=own")
    expect(page.locator("h1.sd-headline")).to_contain_text("has not been held yet")
    expect(page.locator(".st-key-card-next-weekly")).to_contain_text(finding)
    page.locator(".st-key-open-weekly button").click()
    idle(page)
    leads_back(page, finding)
    assert card(page, 1).locator(".sd-value").first.inner_text() == "$1,000"
    write(page, 1, "Notes", "South is slow\n- ask Lindqvist")
    write(page, 1, "Decision", "Visit Lindqvist this week")
    card(page, 1).locator("[class*=st-key-add-action-] button").first.click()
    page.get_by_placeholder("What is to be done?").fill("Visit Lindqvist")
    page.locator("[class*=st-key-add-line] button").click()
    idle(page)
    page.keyboard.press("Escape")
    expect(card(page, 1)).to_contain_text("Visit Lindqvist")
    assert b"Visit Lindqvist this week" in minutes(page)  # open ones can be taken along too

    page.locator(".st-key-close-popover button").first.click()
    page.locator(".st-key-close-meeting button").click()
    idle(page)
    expect(page.locator("textarea")).to_have_count(0)
    kept, seen = minutes(page), screen(page)
    text = kept.decode()
    assert "$1,000.00" in text
    assert "South is slow  \n- ask Lindqvist" in text
    assert "- [ ] Visit Lindqvist" in text
    assert "| Sales | 1 Oct – 31 Dec 2026 | 20.0% | Off pace" in text  # 1,800 of 9,000
    where = page.url

    bring(page, fresh, "late.csv", LATE)
    goto(page, fresh.url + "/?home=own&period=week:2026-W47")
    assert value(page, "sales") == "$1,500"  # an open screen moves
    goto(page, fresh.url + "/goals?home=own")
    expect(page.locator(".sd-goal").last).to_contain_text("$2,300")  # 1,800 + 500
    goto(page, where)
    assert (minutes(page), screen(page)) == (kept, seen)
    restated = page.locator(".st-key-card-restated")
    expect(restated).to_contain_text("$1,000.00")
    expect(restated).to_contain_text("$1,500.00")

    goto(page, fresh.url + "/imports?home=own")
    page.locator(".st-key-undo-1 button").click()
    idle(page)
    goto(page, fresh.url + "/?home=own&period=week:2026-W47")
    assert value(page, "sales") == "$500"
    goto(page, where)
    assert (minutes(page), screen(page)) == (kept, seen)

    config = place / "config.yaml"
    text = config.read_text("utf-8").replace("sql: sum(amount)\n", "sql: sum(2 * amount)\n", 1)
    config.write_text(text, "utf-8")
    goto(page, fresh.url + "/?home=own&period=week:2026-W47")
    assert value(page, "sales") == "$1,000"  # twice the 500
    goto(page, where)
    assert (minutes(page), screen(page)) == (kept, seen)


def test_ticks_and_notes_are_there_after_a_reload_and_never_rerun_the_page(
    browser: Browser, fresh: App
) -> None:
    with visiting(browser, fresh) as page:
        asked = reruns(page)
        goto(page, fresh.url + "/training?home=own&course=crm_use")
        introduce(page, "Bo")
        choose_person(page, "Cleo Li")
        asked.clear()
        page.get_by_text("Log every visit and call the same day").click()
        idle(page)
        expect(page.locator(".sd-matrix")).to_contain_text("1/10")
        assert asked
        assert all(asked), "a tick reran the whole page"
        goto(page, fresh.url + "/training?home=own&person=Cleo+Li&course=crm_use")
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
        expect(page.get_by_text("Bo, 23 Nov")).to_be_visible()


def test_two_who_write_at_once_lose_nothing(browser: Browser, fresh: App) -> None:
    with visiting(browser, fresh) as ana, visiting(browser, fresh) as bo:
        goto(ana, fresh.url + "/meetings?home=own")
        introduce(ana, "Ana Ruiz")
        ana.locator(".st-key-open-monthly button").click()
        idle(ana)
        goto(bo, ana.url)
        introduce(bo, "Bo")
        write(ana, 1, "Notes", "price")
        asked = reruns(bo)
        card(bo, 1).get_by_label("Notes").fill("delivery")
        card(bo, 1).get_by_label("Notes").blur()
        idle(bo)
        expect(card(bo, 1)).to_contain_text("Ana Ruiz has written here in the meantime:")
        expect(card(bo, 1)).to_contain_text("price")
        expect(card(bo, 1).get_by_label("Notes")).to_have_value("delivery")
        card(bo, 1).get_by_role("button", name="Keep both").click()
        idle(bo)
        assert all(asked)
        goto(ana, ana.url)
        expect(card(ana, 1).get_by_label("Notes")).to_have_value("price\n\ndelivery")


def test_the_clock_ticks_by_itself_and_goes_on_after_a_reload(browser: Browser, fresh: App) -> None:
    with visiting(browser, fresh) as page:
        goto(page, fresh.url + "/meetings?home=own")
        introduce(page, "Ana Ruiz")
        page.locator(".st-key-open-weekly button").click()
        idle(page)
        asked = reruns(page)
        page.locator(".st-key-clock-next button").click()
        idle(page)
        assert all(asked), "starting the clock reran the whole page"
        asked.clear()
        shown = page.locator("#sd-clock [data-now]")
        before = seconds(shown.inner_text())
        page.wait_for_timeout(2500)
        assert 2 <= seconds(shown.inner_text()) - before <= 4
        assert not asked, "the clock asked the server"
        write(page, 1, "Notes", "price")  # a fragment is drawn anew
        goto(page, page.url)
        assert seconds(page.locator("#sd-clock [data-now]").inner_text()) >= before + 2
        page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 900)")
        expect(page.locator("#sd-clock")).to_be_in_viewport()
        page.locator("#sd-clock").evaluate("box => { box.dataset.spent = 11 * 60; }")
        expect(page.locator("#sd-clock.sd-over")).to_contain_text("over by 1:")


def seconds(shown: str) -> int:
    """1:05 as 65."""
    minutes, rest = shown.split(":")
    return int(minutes) * 60 + int(rest)


def test_kill_9_loses_no_tick_and_no_note(browser: Browser, tmp_path: Path) -> None:
    there = "/training?home=own&person=Cleo+Li&course=crm_use"
    with running(tmp_path) as app:
        with visiting(browser, app) as page:
            goto(page, app.url + "/meetings?home=own")
            introduce(page, "Bo")
            page.locator(".st-key-open-weekly button").click()
            idle(page)
            goto(page, app.url + "/training?home=own&course=crm_use")
            choose_person(page, "Cleo Li")
            page.get_by_text("Log every visit and call the same day").click()
            idle(page)
            goto(page, app.url + "/meetings?home=own&meeting=1")
            write(page, 1, "Notes", "price")
        os.kill(int((tmp_path / "own" / "owner.pid").read_text()), signal.SIGKILL)
    with running(tmp_path) as app, visiting(browser, app) as page:
        goto(page, app.url + there)
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
        expect(page.locator(".sd-matrix")).to_contain_text("1/10")
        goto(page, app.url + "/meetings?home=own&meeting=1")
        expect(card(page, 1).get_by_label("Notes")).to_have_value("price")
