"""Who asks, from where, when, in which language: what every command is given to work with."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from salesdash import periods
from salesdash.commands.hints import near
from salesdash.config import Settings
from salesdash.errors import UsageError
from salesdash.imports.home import Home
from salesdash.texts import LANGUAGES

CHECKOUT = Path(__file__).resolve().parents[2]
DEFAULT_HOME = CHECKOUT / "data" / "own"
DEMO_HOME = CHECKOUT / "data" / "demo"
DEFAULT_CONFIG = CHECKOUT / "config.yaml"

LONGEST_NAME = 255
"""Bytes of the name of a file or folder."""

OPTIONS = ("home", "config", "today", "as", "lang")


@dataclass(frozen=True)
class Options:
    """What stands before a command: home, config, the day taken for today, who asks, language."""

    home: Path = DEFAULT_HOME
    config: Path = DEFAULT_CONFIG
    today: date | None = None
    who: str | None = None
    lang: str = "en"

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Options":
        """Options from texts by their names; UsageError for a name, day or language unknown."""
        for name in given:
            if name not in OPTIONS:
                raise UsageError("usage.argument", name=name, **near(name, OPTIONS))
        lang = given.get("lang", "en")
        if lang not in LANGUAGES:
            raise UsageError("usage.choice", name="lang", value=lang, choices=" ".join(LANGUAGES))
        return cls(
            home=absolute(given["home"]) if given.get("home") else DEFAULT_HOME,
            config=absolute(given["config"]) if given.get("config") else DEFAULT_CONFIG,
            today=day("today", given.get("today")),
            who=given.get("as") or None,
            lang=lang,
        )

    def texts(self) -> dict[str, str]:
        """The same as texts by name, for another process; what is not set stays out."""
        known = {
            "home": str(self.home),
            "config": str(self.config),
            "today": self.today.isoformat() if self.today else None,
            "as": self.who,
            "lang": self.lang,
        }
        return {name: value for name, value in known.items() if value is not None}


@dataclass(frozen=True)
class Desk:
    """An open home, its settings, and the day, moment, person and language of who asks."""

    home: Home
    settings: Settings
    today: date
    now: datetime
    who: str
    lang: str = "en"


@dataclass(frozen=True)
class Office:
    """Where commands work: opens the home and reads the settings only when one asks for them.

    `clock` says the moment in naive company time. `opened` gives the home, whoever owns it;
    `configured` the settings, or raises ConfigError.
    """

    options: Options
    clock: Callable[[], datetime]
    opened: Callable[[], AbstractContextManager[Home]]
    configured: Callable[[], Settings]

    @property
    def lang(self) -> str:
        """Language of the words in answers."""
        return self.options.lang

    @property
    def today(self) -> date:
        """The day taken for today."""
        return self.options.today or self.now.date()

    @property
    def who(self) -> str:
        """The name the log keeps: as stated, else the account of this machine."""
        return self.options.who or os.environ.get("USER") or os.environ.get("USERNAME") or "-"

    @cached_property
    def now(self) -> datetime:
        """The moment, the same throughout a command."""
        return self.clock()

    @cached_property
    def settings(self) -> Settings:
        """The settings, read once."""
        return self.configured()

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The home open with everything a command needs."""
        settings = self.settings
        with self.opened() as home:
            yield Desk(home, settings, self.today, self.now, self.who, self.lang)


def absolute(path: str) -> Path:
    """A path as typed, made absolute, so that another process finds the same.

    Raises UsageError for a name that no disk can hold.
    """
    found = Path(path).expanduser().absolute()
    if any(len(os.fsencode(name)) > LONGEST_NAME for name in found.parts):
        raise UsageError("usage.long_name", count=LONGEST_NAME)
    return found


def day(name: str, text: str | None) -> date | None:
    """A day like 2026-11-23; UsageError for anything else."""
    if text is None:
        return None
    try:
        return periods.day(text)
    except ValueError:
        raise UsageError("usage.day", name=name, value=text) from None
