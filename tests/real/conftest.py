"""Large files are read, kept and asked with all threads of an engine, and imported once."""

import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from salesdash.engine import Engine
from tests.terminal import Word, command

Brought = Callable[..., dict[str, Any]]

OPEN = Engine.open
"""As it was when tests were collected; later they open engines of one thread."""


@pytest.fixture(scope="module")
def all_threads() -> Iterator[None]:
    """Engines as users have them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "open", OPEN)
        yield


@pytest.fixture(scope="session")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Brought:
    """`command(place, *words)` for the first import of a home: it is done once, then copied."""

    @cache
    def made(*words: Word) -> tuple[Path, dict[str, Any]]:
        place = tmp_path_factory.mktemp("brought") / "home"
        return place, command(place, *words)

    def bring(place: Path, *words: Word) -> dict[str, Any]:
        home, answer = made(*words)
        shutil.copytree(home, place, dirs_exist_ok=True)
        return deepcopy(answer)

    return bring
