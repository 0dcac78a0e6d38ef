"""Links from a figure to the page that says more about it, with the filters it was seen with."""

import streamlit as st

from salesdash.selection import Selection
from salesdash.ui import context, url


def comparison(key: str, selection: Selection, metric: str, by: str = "") -> None:
    """To who moved a metric, by a dimension or ("") whatever tells most."""
    with st.container(key=f"link-{key}"):
        st.page_link(
            "pages/comparison.py",
            label=context.words().say("comparison.link"),
            icon=":material/compare_arrows:",
            query_params=url.link("comparison", selection, metric=metric, by=by, side=""),
        )
