"""What tables and columns of the copy mean, in the reader's language."""

from salesdash import texts
from salesdash.charts import Words
from salesdash.imports.copies import CopiedColumn, CopiedTable

FIGURES = ("DECIMAL", "DOUBLE", "FLOAT", "INT", "BIGINT", "SMALLINT", "TINYINT", "HUGEINT")


def table(found: CopiedTable, words: Words) -> str:
    """What the rows of a table are."""
    key = f"sql.tables.{found.name}"
    return words.say(key if key in texts.catalog(words.lang) else f"datasets.{found.name}")


def column(found: CopiedColumn, words: Words) -> str:
    """What a column holds; one of the files alone is called so."""
    known = texts.catalog(words.lang)
    for key in (f"sql.meaning.{found.name}", f"fields.{found.name}"):
        if key in known:
            return words.say(key)
    return words.say("sql.meaning.own")


def kind(found: CopiedColumn) -> str:
    """Its type under `sql.type`: number, text, day, moment, flag."""
    if found.type.startswith(FIGURES):
        return "number"
    return {"DATE": "day", "TIMESTAMP": "moment", "BOOLEAN": "flag"}.get(found.type, "text")
