"""Real files are large enough for all threads of an engine."""

from collections.abc import Iterator

import pytest

from salesdash.engine import Engine

OPEN = Engine.open
"""As it was when tests were collected; later they open engines of one thread."""


@pytest.fixture(scope="module", autouse=True)
def _all_threads() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "open", OPEN)
        yield
