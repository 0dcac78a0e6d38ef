"""Keys compared: names that differ only in case, blanks and punctuation are written the same.

`GTXPro`, `GTX Pro` and `gtx-pro` fold to `gtxpro`.
"""

import re
import unicodedata

_SIGNS = re.compile(r"[\W_]+")


def folded(key: str) -> str:
    """The key without case, blanks and punctuation, NFKC."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", key).lower())


def folded_sql(expression: str) -> str:
    """The same as SQL, over text in NFKC, as names are kept."""
    return f"regexp_replace(lower({expression}), '[^\\p{{L}}\\p{{N}}]+', '', 'g')"
