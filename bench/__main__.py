"""``python -m bench [--rows N] [--ten-million] [--only import,tiles,screens,page,sessions]``."""

import argparse
import platform
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench import browser, importing, screens, sessions, tiles
from bench.importing import FILE, HOME
from bench.measure import ROOT, free_cores
from salesdash.demo.generator import Recipe, export_csv

PARTS = ("import", "tiles", "screens", "page", "sessions")
TODAY = date(2026, 11, 23)
MILLION = 1_000_000
APPS = ["empty", "charts", "naive", "salesdash"]
LARGE = 3 * MILLION


def main() -> int:
    options = _options()
    wanted = options.only.split(",")
    if unknown := sorted(set(wanted) - set(PARTS)):
        print(f"unknown part {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    sizes = [options.rows] + ([10 * MILLION] if options.ten_million else [])
    print(f"# Bench\n\n{platform.machine()}, {free_cores():.1f} cores free at the start.\n")
    for rows in sizes:
        if options.keep:
            folder = options.keep / str(rows)
            folder.mkdir(parents=True, exist_ok=True)
            _measure(folder, rows, wanted, options.rounds)
        else:
            with tempfile.TemporaryDirectory(prefix="salesdash-bench-") as scratch:
                _measure(Path(scratch), rows, wanted, options.rounds)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=MILLION, help="order lines to generate")
    parser.add_argument("--ten-million", action="store_true", help="the same again at 10 million")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {','.join(PARTS)}")
    parser.add_argument("--rounds", type=int, default=5, help="repeats of import and tiles")
    parser.add_argument("--keep", type=Path, help="folder to keep the data in and to find it again")
    return parser.parse_args()


def _measure(folder: Path, rows: int, wanted: list[str], rounds: int) -> None:
    if not (folder / FILE).exists():
        export_csv(folder / FILE, rows=rows, recipe=Recipe("en", TODAY))
    apps = [app for app in APPS if app != "naive" or rows <= LARGE]
    if apps != APPS:
        print(f"The naive page is left out at {rows:,} lines: it copies them in memory.\n")
    rounds = rounds if rows <= LARGE else min(rounds, 3)
    jobs: dict[str, Callable[[], str]] = {
        "import": lambda: importing.report(folder, rows, rounds),
        "tiles": lambda: tiles.report(folder, rows, max(rounds, 15)),
        "screens": lambda: screens.report(folder, rows, max(rounds, 15)),
        "page": lambda: (
            sessions.changes(folder, apps, rows) + "\n" + browser.report(folder, apps, rows)
        ),
        "sessions": lambda: sessions.crowds(folder, apps, rows),
    }
    if "import" not in wanted and not (folder / HOME).exists() and not _missing("import"):
        importing.in_child("bench.importing", "salesdash", str(folder))
    for part in wanted:
        if reason := _missing(part):
            print(f"### {part}\n\nSkipped: {reason}.\n")
            continue
        print(jobs[part](), flush=True)


def _missing(part: str) -> str | None:
    """Why a part cannot run here."""
    if not (ROOT / "config.yaml").exists():
        return "there is no config.yaml"
    if part in ("page", "sessions") and not (ROOT / "app.py").exists():
        return "there is no app.py"
    if part == "page" and not browser.CHROMIUM.exists():
        return f"{browser.CHROMIUM} is missing: sudo apt-get install chromium"
    return None


if __name__ == "__main__":
    sys.exit(main())
