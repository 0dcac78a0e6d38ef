"""The command `demo`: the demo company, built in the given home."""

from salesdash import demo as company
from salesdash.commands.arguments import Demo
from salesdash.commands.keeping import must_be_free
from salesdash.commands.office import Office
from salesdash.commands.replies import Reply
from salesdash.errors import UsageError


def demo(office: Office, given: Demo) -> Reply:
    """Build the demo company: {home, imports, rows, lang}; the home must not hold anything yet."""
    if given.scale < 1:
        raise UsageError("usage.type", name="scale", value=str(given.scale))
    must_be_free(office)
    lang = given.lang or office.lang
    with office.desk() as desk:
        company.build(desk.home, desk.settings, lang=lang, today=desk.today, scale=given.scale)
        rows = desk.home.warehouse.coverage("sales").rows
        events = len(desk.home.done())
    return Reply({"home": str(office.options.home), "imports": events, "rows": rows, "lang": lang})
