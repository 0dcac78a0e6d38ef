"""How many examples hypothesis tries, of tests that cannot afford as many as the profile says."""

from hypothesis import settings

USUAL = 50
"""What numbers of examples are in proportion to."""

DAILY, THOROUGH = 25, 500
"""What the profile of every day tries of USUAL, and what `--hypothesis-profile thorough` tries."""


def tries(usual: int) -> int:
    """So many of USUAL, and in proportion under each profile."""
    return max(1, usual * settings().max_examples // USUAL)
