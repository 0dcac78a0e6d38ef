"""The documents name what there is: commands, targets, floors."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from salesdash.cli.parser import NAMES, overview
from salesdash.commands.office import OPTIONS

ROOT = Path(__file__).resolve().parents[2]
README = "".join((ROOT / name).read_text("utf-8") for name in ("README.md", "data/README.md"))
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = ("run", "share", "test", "check", "bench", "shots", "clean")


@pytest.mark.parametrize("command", NAMES)
def test_the_readmes_name_the_command(command):
    assert re.search(rf"[`\s]{command}[`\s,]", README), f"the READMEs do not name `{command}`"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_help_names_every_command_and_option(lang):
    page = overview(lang)
    for command in NAMES:
        assert re.search(rf"^  {command}\s+\S", page, re.MULTILINE)
    for option in (*OPTIONS, "json"):
        assert f"--{option}" in page


@pytest.mark.parametrize("target", TARGETS)
def test_make_lists_its_targets_with_a_line_each(target):
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.search(rf"^  make {target}\s+\S+", listed, re.MULTILINE)
    assert re.search(rf"make {target}\b", README + GUIDE)


def test_the_clean_machine_runs_make_test_and_may_not_skip():
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
    assert "export CI=true" in script
    assert script.rstrip().endswith("make test")
    assert subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=False).returncode == 0


def test_the_guide_draws_the_floors_as_they_are():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    floors = config["tool"]["importlinter"]["contracts"][0]["layers"]
    drawing = GUIDE.split("```")[3]
    places = []
    for floor in floors:
        names = [name for name in floor.split(" | ") if not name.startswith(("(", "__", "server"))]
        places += [drawing.index(f" {names[0]}")] if names else []
        assert all(name in drawing for name in names)
    assert places == sorted(places)


def test_the_licence_is_whole():
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
