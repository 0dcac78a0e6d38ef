"""Profiles: what the exports of one kind call things, read from profiles/*.yaml."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from salesdash.errors import UsageError
from salesdash.ingest.headers import fold

PLAIN = "plain"


@dataclass(frozen=True)
class Profile:
    """Names of fields and of amount candidates, folded, in order of preference."""

    name: str
    title: dict[str, str]
    evidence: str
    level: str  # A vendor documentation .. D recalled
    fields: dict[str, tuple[str, ...]]
    amounts: dict[str, tuple[str, ...]]
    void: tuple[str, ...] = ()
    signature: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    unpaid_is_void: bool = False
    amount: str | None = None  # role that is the amount in this kind of file

    def score(self, headers: frozenset[str]) -> int:
        """How many headers of its kind the file has; 0 without any of those it must have."""
        return len(self.signature & headers) if self.needs & headers else 0


@cache
def profiles() -> dict[str, Profile]:
    """All profiles that come with salesdash, by name."""
    folder = resources.files("salesdash.ingest") / "profiles"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    found = (_profile(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files)
    return {profile.name: profile for profile in found}


def choose(headers: Iterable[str], name: str | None = None) -> Profile:
    """The profile the user named, else the one whose set of headers fits best, else the plain."""
    known = profiles()
    if name is not None:
        if name not in known:
            raise UsageError("mapping.no_such_profile", profile=name, known=", ".join(known))
        return known[name]
    folded = frozenset(fold(header) for header in headers)
    best = max(known.values(), key=lambda profile: profile.score(folded))
    enough = 3
    return best if best.score(folded) >= enough else known[PLAIN]


@cache
def _vocabulary() -> frozenset[str]:
    found = profiles().values()
    lists = [names for p in found for names in (*p.fields.values(), *p.amounts.values())]
    return frozenset(name for names in lists for name in names)


def is_known(header: str) -> bool:
    """Whether any profile knows a column of this name."""
    return fold(header) in _vocabulary()


def _profile(data: dict[str, Any]) -> Profile:
    return Profile(
        name=data["name"],
        title=data["title"],
        evidence=data["evidence"],
        level=data["level"],
        fields={name: _folded(names) for name, names in data.get("fields", {}).items()},
        amounts={role: _folded(names) for role, names in data.get("amounts", {}).items()},
        void=tuple(data.get("void", ())),
        signature=frozenset(_folded(data.get("signature", ()))),
        needs=frozenset(_folded(data.get("signature_needs", ()))),
        ignore=frozenset(_folded(data.get("ignore", ()))),
        unpaid_is_void=bool(data.get("unpaid_is_void", False)),
        amount=data.get("amount"),
    )


def _folded(names: Iterable[object]) -> tuple[str, ...]:
    return tuple(fold(str(name)) for name in names)
