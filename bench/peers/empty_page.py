"""The floor: a Streamlit page that shows the value of one select box and nothing else."""

import streamlit as st

st.set_page_config(page_title="empty", page_icon="📄", layout="wide")
chosen = st.selectbox("Region", ["All", "Midwest", "Northeast", "West"], key="region")
st.write(f"chosen: {chosen}")
