"""Keys of facts against those of a reference set: which are not in it, and what they may mean.

Names that differ only in case, blanks and punctuation are the same name: `GTXPro`, `GTX Pro` and
`gtx-pro` fold to `gtxpro`. A join may take one for the other where only one known key folds so, and
must say it; anything that is merely similar is a hint for people. Keys with other figures are other
things, however alike: `K10955` is no slip for `K10055`.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from salesdash.errors import Problem

SIMILAR = 80
"""Below this the nearest known key is no hint."""

COMPARED, SHOWN = 200, 5
"""For so many keys the nearest is looked up; so many are told."""

_SIGNS = re.compile(r"[\W_]+")


def folded(key: str) -> str:
    """The key without case, blanks and punctuation, NFKC."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", key).lower())


def folded_sql(expression: str) -> str:
    """The same as SQL, over text in NFKC, as names are kept."""
    return f"regexp_replace(lower({expression}), '[^\\p{{L}}\\p{{N}}]+', '', 'g')"


@dataclass(frozen=True)
class Mismatch:
    """A key that the reference set does not have as it stands.

    `nearest`: the known key most like it, if any is; `same`: it is that key, only written
    differently, and no other known key folds to the same.
    """

    key: str
    nearest: str | None = None
    same: bool = False


def unmatched(keys: Iterable[str], known: Iterable[str]) -> tuple[Mismatch, ...]:
    """The keys that are not known, each once, in order, with what they may mean."""
    names = list(dict.fromkeys(known))
    there = set(names)
    by_fold: dict[str, list[str]] = {}
    for name in names:
        by_fold.setdefault(folded(name), []).append(name)
    choices: dict[str, dict[str, str]] = {}
    for name in names:
        choices.setdefault(_digits(name), {})[name] = folded(name)
    found: list[Mismatch] = []
    for key in dict.fromkeys(keys):
        if key in there:
            continue
        same = by_fold.get(folded(key), [])
        if len(same) == 1 and folded(key):
            found.append(Mismatch(key, same[0], same=True))
        else:
            alike = choices.get(_digits(key), {})
            near = same[0] if same else _nearest(key, alike, len(found))
            found.append(Mismatch(key, near))
    return tuple(found)


def told(found: tuple[Mismatch, ...], reference: str) -> tuple[Problem, ...]:
    """What should be known of keys that a reference set lacks: other spellings, and the others."""
    same = [each for each in found if each.same]
    others = [each for each in found if not each.same]
    problems = []
    for name, some in (("same_keys", same), ("unmatched_keys", others)):
        if some:
            examples = ", ".join(map(_example, some[:SHOWN]))
            values = {"count": len(some), "list": examples}
            problems.append(Problem(f"mapping.{name}.{reference}", values))
    return tuple(problems)


def _example(found: Mismatch) -> str:
    return f"{found.key} → {found.nearest}" if found.nearest is not None else found.key


def _digits(key: str) -> str:
    return "".join(sign for sign in folded(key) if sign.isdigit())


def _nearest(key: str, choices: dict[str, str], done: int) -> str | None:
    if done >= COMPARED:
        return None
    best = process.extractOne(folded(key), choices, scorer=fuzz.ratio, score_cutoff=SIMILAR)
    return best[2] if best else None
