"""A chart as a picture: PNG by vl-convert with the theme's colours, no browser, no network."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import vl_convert

from salesdash.charts.frame import LABEL, Spec
from salesdash.charts.roles import PAGES, PALETTES, ROLES

# a family with a digit in its name ("Source Sans 3") makes vl-convert guess the width of words
FONT = "Source Sans Pro, Inter, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
"""Those of the screen, and CJK fonts where the system has them."""

_SCALE = 2.0
_TITLE, _MARGIN, _HEAD = 16, 20, 30


def png(spec: Spec, *, dark: bool = False, title: Sequence[str] = (), width: int = 1040) -> bytes:
    """A picture of a chart, `width` px wide at double density; `title`: headline, then its note."""
    whole = deepcopy(spec)
    whole["width"] = width
    whole["padding"] = _MARGIN
    whole["height"] += 2 * _MARGIN
    colours = dict(zip(ROLES, PALETTES[dark], strict=True))
    if title:
        whole["height"] += _HEAD + LABEL * len(title)
        whole["title"] = {
            "text": title[0],
            "subtitle": list(title[1:]),
            "anchor": "start",
            "offset": _MARGIN,
            "color": colours["ink"],
            "subtitleColor": colours["muted"],
            "fontSize": _TITLE,
            "subtitleFontSize": LABEL,
            "fontWeight": 600,
            "limit": width - 2 * _MARGIN,
        }
    whole["config"] = _joined(whole.get("config", {}), _theme(dark=dark))
    picture: bytes = vl_convert.vegalite_to_png(whole, scale=_SCALE, allowed_base_urls=[])
    return picture


def _theme(*, dark: bool) -> Spec:
    page, line = PAGES[dark]
    muted = dict(zip(ROLES, PALETTES[dark], strict=True))["muted"]
    return {
        "background": page,
        "font": FONT,
        "range": {"category": list(PALETTES[dark])},
        "axis": {"labelColor": muted, "gridColor": line, "labelFont": FONT},
    }


def _joined(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Two configurations, section by section; the second wins."""
    result = dict(base)
    for key, value in more.items():
        known = result.get(key)
        both = isinstance(known, dict) and isinstance(value, dict)
        result[key] = _joined(known or {}, value) if both else value
    return result
