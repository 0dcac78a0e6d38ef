"""What a person can say about a file: mode, moment, sheet, writing; all of it optional."""

from collections.abc import Callable

import streamlit as st

from salesdash.charts import Words
from salesdash.datasets import DATASETS, SALES
from salesdash.imports import Staged, modes
from salesdash.ingest import profiles
from salesdash.ui import context, state
from salesdash.ui.imports import draft
from salesdash.ui.imports.draft import DELIMITERS, Draft

ENCODINGS = ("utf-8", "gb18030", "big5", "shift_jis", "cp949", "cp1252", "utf-16")
BASES = ("incl", "excl", "unknown")
DATES = ("dmy", "mdy", "ymd")
DECIMALS = (".", ",")


def show(file: Draft, found: Staged | None) -> None:
    """The options in a fold: closed while nothing needs them, open where the file was refused."""
    words = context.words()
    with st.expander(
        words.say("imports_page.options"),
        icon=":material/tune:",
        expanded=found is None or not found.is_ready,
    ):
        with st.grid(3, min_column_width=200, gap="small"):
            _mode(file, found, words)
            _moment(file, found, words)
            _choice(file, "dataset", tuple(DATASETS), "datasets", words)
            _profile(file, words)
            _sheet(file, found, words)
            _choice(file, "encoding", ENCODINGS, "", words)
            _cut(file, found, words)
            _choice(file, "dates", DATES, "question.option", words)
            _choice(file, "decimal", DECIMALS, "imports_page.decimal", words)
            _choice(file, "basis", BASES, "amount.basis", words)
            _currency(file, words)
        st.checkbox(
            words.say("imports_page.force"),
            value=file.force,
            key=_key("force", file),
            on_change=_force,
            args=(_key("force", file),),
            help=words.say("imports_page.force_help"),
        )


def _choice(file: Draft, name: str, codes: tuple[str, ...], prefix: str, words: Words) -> None:
    """One option with its codes; the first entry leaves the decision to us."""
    _select(file, name, codes, lambda code: _worded(code, prefix, words), words)


def _profile(file: Draft, words: Words) -> None:
    """The kind of export, by its own name."""
    titles = {name: profile.title[words.lang] for name, profile in profiles().items()}
    _select(file, "profile", tuple(titles), lambda name: titles[name], words)


def _select(
    file: Draft, name: str, codes: tuple[str, ...], label: Callable[[str], str], words: Words
) -> None:
    said = getattr(file, name)
    auto = words.say("imports_page.option.auto")
    st.selectbox(
        words.say(f"imports_page.option.{name}"),
        ["", *codes],
        index=([*codes].index(said) + 1) if said in codes else 0,
        format_func=lambda code: label(code) if code else auto,
        key=_key(name, file),
        on_change=_say,
        args=(name, _key(name, file)),
    )


def _worded(code: str, prefix: str, words: Words) -> str:
    names = {".": "point", ",": "comma"}
    return words.say(f"{prefix}.{names.get(code, code)}") if prefix else code


def _mode(file: Draft, found: Staged | None, words: Words) -> None:
    datasets = [part.dataset for part in found.parts] if found is not None else [SALES]
    fitting = dict.fromkeys(mode.value for dataset in datasets for mode in modes(dataset))
    _choice(file, "mode", tuple(fitting), "imports_page.mode", words)


def _sheet(file: Draft, found: Staged | None, words: Words) -> None:
    """Every sheet that there is: also those that were left out, hidden ones marked."""
    reading = found.reading if found is not None else None
    if reading is None:
        return
    names = (*(sheet.name for sheet in reading.sheets if sheet.name), *reading.unread)
    hidden = {name: words.say("imports_page.sheet.hidden", name=name) for name in reading.hidden}
    if len(names) > 1 or file.sheet:
        _select(file, "sheet", names, lambda name: hidden.get(name, name), words)


def _cut(file: Draft, found: Staged | None, words: Words) -> None:
    """Where the header stands, and what separates the cells of a text."""
    if found is None or found.reading is None or found.reading.delimiter is not None:
        _choice(file, "delimiter", tuple(DELIMITERS), "imports_page.delimiter", words)
    st.number_input(
        words.say("imports_page.option.header_line"),
        value=file.header_line,
        min_value=0,
        step=1,
        placeholder=words.say("imports_page.option.auto"),
        key=_key("header_line", file),
        on_change=_header_line,
        args=(_key("header_line", file),),
        help=words.say("imports_page.option.header_help"),
    )


def _moment(file: Draft, found: Staged | None, words: Words) -> None:
    """The as-of moment: shown, and editable."""
    shown = file.as_of or (found.as_of if found is not None else None) or context.now()
    st.datetime_input(
        words.say("imports_page.option.as_of"),
        value=shown,
        key=_key("as_of", file),
        on_change=_as_of,
        args=(_key("as_of", file),),
        help=words.say("imports_page.as_of.help"),
    )


def _currency(file: Draft, words: Words) -> None:
    st.text_input(
        words.say("imports_page.option.currency"),
        value=file.currency or "",
        max_chars=3,
        placeholder=context.settings().company.currency,
        key=_key("currency", file),
        on_change=_say,
        args=("currency", _key("currency", file)),
    )


def _key(name: str, file: Draft) -> str:
    return f"option-{name}-{file.token}"


def _say(name: str, key: str) -> None:
    value = str(state.widget(key) or "").strip()
    if name == "currency":
        value = value.upper()
    draft.change(lambda file: file.says(name, value or None))


def _as_of(key: str) -> None:
    draft.change(lambda file: file.at(state.widget(key)))


def _header_line(key: str) -> None:
    line = state.widget(key)
    draft.change(lambda file: file.headed(None if line is None else int(line)))


def _force(key: str) -> None:
    draft.change(lambda file: file.forced(force=bool(state.widget(key))))
