"""How many examples hypothesis tries, of tests that cannot afford as many as the profile says."""

from hypothesis import settings

USUAL = 50
"""What the profile of every day tries; `--hypothesis-profile thorough` tries ten times as many."""


def tries(usual: int) -> int:
    """So many every day, and in proportion under another profile."""
    return max(1, usual * settings().max_examples // USUAL)
