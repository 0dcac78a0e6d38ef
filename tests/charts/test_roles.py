"""The colours of pictures are those of the theme, role by role."""

import json
import tomllib
from pathlib import Path

import pytest

from salesdash.charts import roles

THEME = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"


@pytest.mark.parametrize(("dark", "mode"), [(False, "light"), (True, "dark")])
def test_the_palettes_equal_the_theme(dark, mode):
    theme = tomllib.loads(THEME.read_text(encoding="utf-8"))["theme"][mode]
    assert theme["chartCategoricalColors"] == list(roles.PALETTES[dark])
    assert roles.PAGES[dark] == (theme["backgroundColor"], theme["borderColor"])


def test_twelve_roles_the_first_six_for_categories():
    assert len(set(roles.ROLES)) == 12
    assert roles.ROLES[:6] == roles.CATEGORIES
    colour = json.dumps(roles.by_role().to_dict())
    assert colour == json.dumps(roles.edge_by_role().to_dict())
    assert json.dumps({"domain": list(roles.ROLES)}) in colour
