"""What became of the files of the inbox, in words: a line each, and its reason below."""

from collections.abc import Mapping
from typing import Any

from salesdash.commands.replies import rows_of
from salesdash.texts import t

Facts = Mapping[str, Any]


def words(document: Facts, lang: str) -> str:
    """One round: what was taken, what still arrives, what waits for an answer."""
    lines = [taken(each, lang) for each in document["files"]]
    lines += [t("inbox.arriving", lang, file=name) for name in document["arriving"]]
    told = {each["place"] for each in document["files"]}
    old = [each for each in document["waiting"] if each["place"] not in told]
    lines += [t("inbox.waits", lang, file=each["file"]) for each in old]
    return "\n".join(lines) or t("inbox.nothing", lang, inbox=document["inbox"])


def taken(facts: Facts, lang: str) -> str:
    """What became of one file."""
    events, comma = facts["events"], t("ui.list_comma", lang)
    brought = ((each["dataset"], each["counts"].get("loaded", 0)) for each in events)
    values = {
        "file": facts["file"],
        "place": facts["place"],
        "rows": rows_of(brought, lang),
        "events": comma.join(str(each["event"]) for each in events),
        "files": comma.join(facts["files"]),
    }
    said = t(f"inbox.outcome.{facts['outcome']}", lang, **values)
    rejected = sum(each["counts"].get("rejected", 0) for each in events)
    if rejected and facts["outcome"] == "imported":
        said = t("texts.then", lang, first=said, then=t("inbox.rejected", lang, count=rejected))
    if facts["why"] and facts["outcome"] != "already":
        said += "\n" + "\n".join(f"  {line}" for line in str(facts["why"]).splitlines())
    return said
