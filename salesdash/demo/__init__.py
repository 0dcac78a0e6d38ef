"""The demo company: a living, seeded business that ends yesterday, with eight stories to find.

Everything is invented. Equal recipes (language, today, scale, seed) give equal rows. It reaches a
home through the same imports as any file, so its log has late changes and rejects to look at.
"""

from salesdash.demo.generator import SEED, Demo, Recipe, export_csv
from salesdash.demo.home import Built, Info, build, info, is_stale
from salesdash.demo.stories import Story, stories

__all__ = [
    "SEED",
    "Built",
    "Demo",
    "Info",
    "Recipe",
    "Story",
    "build",
    "export_csv",
    "info",
    "is_stale",
    "stories",
]
