"""Colours by role: a chart names what a mark means, the theme decides how that looks.

Streamlit's `chartCategoricalColors` has twelve entries, one a role, so the same specification is
right in light and dark. Pictures and documents pass the twelve themselves (`PALETTES`).
"""

from typing import Final, Literal

import altair as alt

Role = Literal[
    "current", "c2", "c3", "c4", "c5", "c6", "reference", "good", "bad", "warn", "ink", "muted"
]

# fmt: off
ROLES: Final[tuple[Role, ...]] = (
    "current", "c2", "c3", "c4", "c5", "c6", "reference", "good", "bad", "warn", "ink", "muted",
)
"""In the order of the theme's twelve colours."""

CATEGORIES: Final[tuple[Role, ...]] = ROLES[:6]
"""For the members of a breakdown; what comes after them is "other", in the reference grey."""

PALETTES: Final[dict[bool, tuple[str, ...]]] = {
    False: (
        "#3D56C5", "#0E8A9A", "#8A5FBF", "#B0782A", "#5F7A3A", "#B24C80",
        "#868E9A", "#23865A", "#C9483E", "#9A6200", "#1B1F26", "#5C6470",
    ),
    True: (
        "#8C9FF5", "#4FB9C6", "#BE9AEB", "#DDB061", "#9DBB74", "#E38FB8",
        "#7D8592", "#58BE8E", "#F0837A", "#E0B05C", "#E8EAEE", "#A4ACB8",
    ),
}
"""The twelve colours for pictures, by `dark`; equal to `.streamlit/config.toml` (tested)."""
# fmt: on

PAGES: Final[dict[bool, tuple[str, str]]] = {
    False: ("#FFFFFF", "#E3E6EB"),
    True: ("#121418", "#2B3038"),
}
"""Page and hairline colour for pictures, by `dark`."""

HALO: Final = alt.expr("background || 'transparent'")
"""The colour of the page, whatever the theme: Vega keeps it in a signal of that name."""


def by_role(field: str = "role") -> alt.Color:
    """Colour by a field that holds role names."""
    return alt.Color(field=field, type="nominal", scale=alt.Scale(domain=list(ROLES)), legend=None)


def edge_by_role(field: str = "role") -> alt.Stroke:
    """The same for the outline of a hollow mark."""
    return alt.Stroke(field=field, type="nominal", scale=alt.Scale(domain=list(ROLES)), legend=None)
