"""Large files are read, kept and asked with all threads of an engine."""

from collections.abc import Iterator

import pytest

from salesdash.engine import Engine

OPEN = Engine.open
"""As it was when tests were collected; later they open engines of one thread."""


@pytest.fixture(scope="module")
def all_threads() -> Iterator[None]:
    """Engines as users have them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "open", OPEN)
        yield
