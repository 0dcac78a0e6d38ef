"""What each app looks up at its start and stays as it is: installed packages, config.yaml."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from streamlit.components.v2 import manifest_scanner

from salesdash.config import loading, watcher

REAL = loading.check


def keep(put: Callable[[Any, str, Any], None]) -> None:
    """Each is looked up once; `put` is `setattr`, or one that takes it back."""
    put(
        manifest_scanner,
        "scan_component_manifests",
        cache(manifest_scanner.scan_component_manifests),
    )
    for module in (loading, watcher):
        put(module, "check", check)


def check(path: Path) -> loading.Loaded:
    """`loading.check`, once for each content of a file."""
    return _checked(path, path.read_bytes()) if path.is_file() else REAL(path)


@cache
def _checked(path: Path, _content: bytes) -> loading.Loaded:
    return REAL(path)
