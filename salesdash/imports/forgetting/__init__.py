"""Forgetting a customer or a person: amounts and counts stay, names and contacts go.

done = forget(home, "Bergmann GmbH", Kind.CUSTOMER, Stamp(who, now))     # dry=True only looks
"""

from salesdash.imports.forgetting.forget import BACKUPS, Forgotten, forget
from salesdash.imports.forgetting.subject import Kind

__all__ = ["BACKUPS", "Forgotten", "Kind", "forget"]
