"""The command `demo`: the demo company, built in the given home."""

from salesdash import demo as company
from salesdash.commands.arguments import Demo
from salesdash.commands.keeping import must_be_free
from salesdash.commands.office import Office
from salesdash.commands.replies import Reply, plain
from salesdash.errors import UsageError


def demo(office: Office, given: Demo) -> Reply:
    """Build the demo company: {home, imports, rows, lang, stories}.

    A home without imports, or a demo that nobody has worked in, is replaced; UsageError otherwise.
    """
    if given.scale < 1:
        raise UsageError("usage.type", name="scale", value=str(given.scale))
    must_be_free(office)
    lang = given.lang or office.lang
    built = company.build(
        office.options.home,
        lang=lang,
        today=office.today,
        now=office.now,
        scale=given.scale,
        settings=office.settings,
    )
    return Reply(
        {
            "home": str(built.path),
            "imports": built.imports,
            "rows": built.rows,
            "lang": lang,
            "stories": plain(built.stories),
        }
    )
