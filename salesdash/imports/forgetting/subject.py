"""Who is to be forgotten: every writing of the key and the names, and what stands for each.

The stand-in is worked out with a secret of the home, so it is the same whenever the same customer
or person is forgotten, and tells nothing. Other writings of a name get stand-ins of their own that
still match the first one, so that no count changes.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from salesdash.datasets.keys import folded
from salesdash.ingest.headers import plain
from salesdash.workspace import Stamp, Workspace

SECRET = "forget"  # noqa: S105 - the name of the setting
SHORT = 6
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Kind(StrEnum):
    """Whom one can forget."""

    CUSTOMER = "customer"
    PERSON = "person"


FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.CUSTOMER: ("customer", "customer_name"),
    Kind.PERSON: ("person", "manager"),
}
"""Fields that hold a key or a name and nothing else; the first one holds the key."""

SPOKEN = ("deal_name", "lead_name", "subject", "lost_reason")
"""Fields in which a name may stand among other words; columns of the file's own come on top."""


@dataclass(frozen=True)
class Subject:
    """A customer or person: `values` says what stands for each writing of key and names.

    `names`: what texts may call them, and nobody else. A key that is no name is not among them.
    """

    kind: Kind
    token: str
    values: Mapping[str, str]
    names: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that hold their key or name."""
        return FIELDS[self.kind]

    def is_(self, cell: str | None) -> bool:
        """Whether a cell holds the key or a name, and nothing else."""
        return cell is not None and plain(cell) in self.values

    def owns(self, held: Mapping[str, str | None]) -> bool:
        """Whether a row is theirs, by its field -> cell: a customer's by the key, else the name."""
        cells = [held[name] for name in self.fields if held.get(name)]
        return any(map(self.is_, cells[:1] if self.kind is Kind.CUSTOMER else cells))

    def cell(self, cell: str) -> str:
        """A cell that holds a key or name."""
        return self.values.get(plain(cell), cell)

    def text(self, text: str) -> str:
        """A text with the names in it replaced."""
        for pattern in self._patterns():
            text = pattern.sub(self.token, text)
        return text

    def is_in(self, text: str) -> bool:
        """Whether a text speaks of them by name."""
        return any(pattern.search(text) for pattern in self._patterns())

    def within(self, value: object) -> object:
        """A value of JSON with the names in all its texts replaced.

        Of filters as addresses write them (customer:C1) the member is a cell.
        """
        if isinstance(value, str):
            name, colon, member = value.partition(":")
            if colon and name in self.fields and self.is_(member):
                return f"{name}:{self.cell(member)}"
            return self.cell(value) if self.is_(value) else self.text(value)
        if isinstance(value, list):
            return [self.within(each) for each in value]
        if isinstance(value, dict):
            return {self.within(key): self.within(each) for key, each in value.items()}
        return value

    def _patterns(self) -> Iterable[re.Pattern[str]]:
        return [_words(name) for name in sorted(self.names, key=len, reverse=True)]


def _words(name: str) -> re.Pattern[str]:
    """The name as whole words; Chinese knows no gaps between words."""
    text = re.escape(name)
    if CJK.search(name):
        return re.compile(text)
    return re.compile(rf"(?<!\w){text}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Secret:
    """Turns names into marks that tell nothing without it."""

    key: bytes

    @classmethod
    def of(cls, workspace: Workspace, who: str, now: datetime) -> "Secret":
        """That of the home; made when it is first needed."""
        known = workspace.settings.read(SECRET)
        if known is None:
            workspace.settings.write(SECRET, secrets.token_hex(32), Stamp(who, now))
            known = workspace.settings.read(SECRET)
        return cls(bytes.fromhex(str(known.value if known else "")))

    def mark(self, kind: Kind, text: str) -> str:
        """A mark by which the same text is known again."""
        return hmac.new(self.key, f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()

    def token(self, kind: Kind, text: str) -> str:
        """What stands for somebody from now on."""
        return f"forgotten-{self.mark(kind, folded(text))[:SHORT]}"


def stand_ins(token: str, writings: Iterable[str]) -> dict[str, str]:
    """What stands for each writing: different, but equal to one who looks past punctuation."""
    return {each: token + "." * place for place, each in enumerate(dict.fromkeys(writings))}
