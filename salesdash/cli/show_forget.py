"""What forgetting did, or would do, in words: what changed, what stays for people to see to."""

from collections.abc import Mapping
from typing import Any

from salesdash.commands.replies import rows_of
from salesdash.texts import t

Facts = Mapping[str, Any]

SHOWN = 20


def words(facts: Facts, lang: str) -> str:
    """The document of `forget`."""
    key = "cli.forget.dry" if facts["event"] is None else "cli.forget.done"
    comma = t("ui.list_comma", lang)
    lines = [t(key, lang, token=facts["token"], event=facts["event"])]
    if facts["rows"]:
        lines.append(t("cli.forget.rows", lang, rows=rows_of(facts["rows"].items(), lang)))
    for name in ("rewritten", "dropped"):
        events = comma.join(str(event) for event in facts["originals"][name])
        lines += [t(f"cli.forget.{name}", lang, events=events)] if events else []
    places = sum(facts["workspace"].values())
    lines += [t("cli.forget.places", lang, count=places)] if places else []
    for name in ("texts", "backups", "inbox"):
        lines += _listed(name, facts[name], lang)
    return "\n".join(lines)


def _listed(name: str, found: list[Any], lang: str) -> list[str]:
    """What people have to see to themselves, item by item."""
    if not found:
        return []
    items = [each["text"] if isinstance(each, dict) else str(each) for each in found[:SHOWN]]
    more = len(found) - len(items)
    tail = [t("cli.forget.more", lang, count=more)] if more else []
    return ["", t(f"cli.forget.{name}", lang), *(f"  {item}" for item in items), *tail]
