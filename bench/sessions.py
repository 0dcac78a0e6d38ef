"""Server time and processor time of a filter change, and 1, 10, 25 visitors at once."""

import asyncio
import random
import time
from pathlib import Path

from bench.measure import MIB, median, memory, p95, processor, spread, table
from bench.servers import App, running
from bench.sockets import Visitor
from bench.visits import fresh, main_box

CROWDS = (1, 10, 25)
CROWD_SECONDS = 20.0
THINK_SECONDS = (0.5, 1.5)
WARM_UP = 2
REPEATS = 30


def changes(folder: Path, apps: list[str], rows: int) -> str:
    """One visitor: processor time of the server for each change, new and seen before."""
    found = []
    for name in apps:
        with running(name, folder) as app:
            found.append([name, *asyncio.run(_one_visitor(app))])
    floor = float(found[0][2])
    for row in found:
        row.append(f"{float(row[2]) / floor:.1f}")
    return table(
        f"Server per filter change, {rows:,} lines, one visitor",
        ["page", "new: CPU ms", "seen: CPU ms", "new: ms to the end", "seen: ms", "x empty page"],
        [[r[0], r[1], r[2], r[3], r[4], r[5]] for r in found],
        "New: a selection nobody asked for before. Seen: one that was asked for before; "
        "the peers keep no answers. Ratio: processor time of seen changes.",
    )


async def _one_visitor(app: App) -> list[str]:
    async with Visitor(app.url) as visitor:
        for _ in range(WARM_UP):
            await visitor.run()
        steps = fresh(app.name)
        new_times, new_cpu = await _walk(visitor, app, steps)
        again = [steps[i % len(steps)] for i in range(REPEATS)]
        seen_times, seen_cpu = await _walk(visitor, app, again)
    return [
        f"{new_cpu:.0f}",
        f"{seen_cpu:.1f}",
        spread(new_times, 0, 1000),
        spread(seen_times, 0, 1000),
    ]


async def _walk(visitor: Visitor, app: App, steps: list) -> tuple[list[float], float]:
    """Times of all changes, and the server's processor milliseconds per change."""
    before = processor(app.pid)
    times = []
    for step in steps:
        times.append(await visitor.pick(step.key, step.option))
        await asyncio.sleep(0.15)
    return times, (processor(app.pid) - before) * 1000 / len(steps)


def crowds(folder: Path, apps: list[str], rows: int) -> str:
    """1, 10, 25 visitors who think for a second between changes."""
    lines = []
    for name in apps:
        with running(name, folder) as app:
            lines += asyncio.run(_crowds(app))
    return table(
        f"Visitors at once, {rows:,} lines, {CROWD_SECONDS:.0f} s each, thinking "
        f"{THINK_SECONDS[0]}-{THINK_SECONDS[1]} s",
        ["page", "visitors", "p50 ms", "p95 ms", "changes/s", "MiB", "MiB a session"],
        lines,
        "The visitors run on the same cores. Each picks at random in the main select box.",
    )


async def _crowds(app: App) -> list[list[str]]:
    lines = []
    async with Visitor(app.url) as first:
        for step in fresh(app.name):
            await first.pick(step.key, step.option)
        base = memory(app.pid) / MIB
        for size in CROWDS:
            times, seconds = await _crowd(app, size)
            now = memory(app.pid) / MIB
            lines.append(
                [
                    app.name,
                    str(size),
                    f"{median(times) * 1000:,.0f}",
                    f"{p95(times) * 1000:,.0f}",
                    f"{len(times) / seconds:.1f}",
                    f"{now:,.0f}",
                    f"{max(now - base, 0) / size:.1f}",
                ]
            )
    return lines


async def _crowd(app: App, size: int) -> tuple[list[float], float]:
    times: list[float] = []
    start = time.monotonic()
    await asyncio.gather(*(_stroll(app, number, start, times) for number in range(size)))
    return times, time.monotonic() - start


async def _stroll(app: App, number: int, start: float, times: list[float]) -> None:
    dice = random.Random(number)
    key, options = main_box(app.name)
    async with Visitor(app.url) as visitor:
        while True:
            await asyncio.sleep(dice.uniform(*THINK_SECONDS))
            times.append(await visitor.pick(key, dice.randrange(options)))
            if time.monotonic() - start >= CROWD_SECONDS:
                break
