"""The page that asks for the access code."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from salesdash import texts

ENTRANCE = "/enter"

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
<p role="status">{said}</p>
<label>{label}<input name="code" autocomplete="one-time-code" autofocus required></label>
<button>{enter}</button>
</form>
</html>
"""


def page(request: Request, status: int, *, wrong: bool = False) -> Response:
    """The page in the browser's language; programs get one line."""
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse("access code required", status)
    lang = "zh" if request.headers.get("accept-language", "").lower().startswith("zh") else "en"
    words = {name: escape(texts.t("share." + name, lang)) for name in WORDS}
    said = words.pop("wrong") if wrong else words["hint"]
    return HTMLResponse(PAGE.format(lang=lang, action=ENTRANCE, said=said, **words), status)
