"""Where a running app can be asked: `api.json` in each home it owns, readable by its user only."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "api.json"

SHARED = "SALESDASH_SHARED"
"""Names, in the environment, the address under which others in the network reach a shared app."""


@dataclass(frozen=True)
class Address:
    """Port on loopback, the token that commands show, and the process that answers."""

    port: int
    token: str
    pid: int


def create(port: int) -> Address:
    """An address for this process with a fresh token of 256 bits."""
    return Address(port, secrets.token_urlsafe(32), os.getpid())


def write(home: Path, address: Address) -> None:
    """Leave the address in the home (0600), replacing one that a dead process left."""
    home.mkdir(parents=True, exist_ok=True)
    fresh = home / f"{FILE}.{address.pid}"
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(asdict(address), out)
    fresh.replace(home / FILE)


def read(home: Path) -> Address | None:
    """The address in the home when its process may still live; None when absent, broken or dead."""
    try:
        found = json.loads((home / FILE).read_text(encoding="utf-8"))
        address = Address(int(found["port"]), str(found["token"]), int(found["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return address if _lives(address.pid) else None


def remove(home: Path, address: Address) -> None:
    """Take the address away, unless another process has put its own there."""
    if read(home) == address:
        (home / FILE).unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    if os.name == "nt":  # a signal 0 would end the process there
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
