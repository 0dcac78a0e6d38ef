"""The page that asks for the access code."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from salesdash import texts

ENTRANCE = "/enter"

LONGEST = 2000
"""Characters of an address that is remembered."""

WORDS = ("title", "hint", "label", "enter", "wrong")

PAGE = """<!doctype html>
<html lang="{lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{
  font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif;
  margin: 20vh auto; max-width: 22rem; padding: 0 1rem;
}}
h1 {{ font-size: 1.3rem; font-weight: 600 }}
input, button {{
  font: inherit; padding: .5rem .75rem; border-radius: 6px; border: 1px solid #868e9a;
}}
input {{
  width: 100%; box-sizing: border-box; text-transform: uppercase; letter-spacing: .1em;
}}
button {{ margin-top: .75rem; background: #3d56c5; border-color: #3d56c5; color: #fff }}
</style>
<h1>{title}</h1>
<form method="post" action="{action}">
<input type="hidden" name="to" value="{to}">
<p role="status">{said}</p>
<label>{label}<input name="code" autocomplete="one-time-code" autofocus required></label>
<button>{enter}</button>
</form>
</html>
"""


def page(request: Request, status: int, *, to: str, wrong: bool = False) -> Response:
    """The page in the browser's language, which leads on to an address; programs get one line."""
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse("access code required", status)
    lang = "zh" if request.headers.get("accept-language", "").lower().startswith("zh") else "en"
    words = {name: escape(texts.t("share." + name, lang)) for name in WORDS}
    said = words.pop("wrong") if wrong else words["hint"]
    form = {"action": ENTRANCE, "to": escape(within(to)), "said": said}
    return HTMLResponse(PAGE.format(lang=lang, **form, **words), status)


def wanted(request: Request) -> str:
    """The address that was asked for, with its query, so that a link leads where it says."""
    query = request.url.query
    return within(f"{request.url.path}?{query}" if query else request.url.path)


def within(address: str) -> str:
    """An address within the app; the front page for any other: the door leads nowhere else.

    Browsers take a backslash for a slash and leave spaces and control characters away.
    """
    is_path = address.startswith("/") and not address.startswith(("//", ENTRANCE))
    is_plain = len(address) <= LONGEST and all(
        "!" <= sign <= "~" and sign != "\\" for sign in address
    )
    return address if is_path and is_plain else "/"
