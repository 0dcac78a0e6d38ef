"""The floor of a page with charts: one select box and two plain charts, whose data follow it."""

import altair as alt
import pandas as pd
import streamlit as st

REGIONS = ["All", "Midwest", "Northeast", "West"]

st.set_page_config(page_title="charts", page_icon="📄", layout="wide")
chosen = st.selectbox("Region", REGIONS, key="region")
steps = REGIONS.index(chosen) + 1
frame = pd.DataFrame({"month": range(12), "sales": [steps * month % 7 for month in range(12)]})
chart = alt.Chart(frame).encode(x="month:Q", y="sales:Q")
st.altair_chart(chart.mark_line())
st.altair_chart(chart.mark_bar())
