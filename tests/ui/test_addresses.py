"""Addresses that say nonsense, and a config.yaml that does: said once, and nothing is down."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from salesdash.ui import url
from salesdash.ui.shell import SCREENS
from tests.browser.homes import ROOT, own_copy
from tests.ui.conftest import _app
from tests.ui.test_screens import html, own, page

pytestmark = pytest.mark.ui
NONSENSE = ("9" * 5000, "0001-01-01..9999-12-31", "0001-01-01", "x\0![x](http://h.test/p.png)")


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A home of three order lines and four deals."""
    own_copy(tmp_path / "own")
    yield from _app(tmp_path / "own", monkeypatch)


@pytest.mark.parametrize("screen", [screen.name for screen in SCREENS])
def test_nonsense_in_an_address_takes_no_screen_down(few: AppTest, screen: str) -> None:
    codes = {**url.EVERYWHERE, **url.OWN.get(screen, {})}
    for nonsense in NONSENSE:
        for code in (*codes, url.WHERE):
            few.query_params[code] = f"region:{nonsense}" if code == url.WHERE else nonsense
        few.query_params["home"] = "own"
        page(few, screen)
        assert not few.exception
        assert not few.error, (screen, nonsense[:30], few.error[0].value)
        assert "<img" not in html(few)


@pytest.mark.parametrize(("lang", "told"), [("en", "line 1"), ("zh", "第 1 行")])
def test_a_faulty_configuration_is_said_once(
    few: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, told: str
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("training: [1]\n" + (ROOT / "config.yaml").read_text("utf-8"), "utf-8")
    monkeypatch.setenv("SALESDASH_CONFIG", str(broken))
    few.query_params["lang"] = lang
    own(few).run()
    assert not few.exception
    (error,) = few.error
    assert told in error.value
