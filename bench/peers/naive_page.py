"""The peer: the dashboard of a first afternoon with pandas and Streamlit's own charts.

Same file, same figures: eight tiles for the quarter to date against the year before, the trend,
movers by region, four breakdowns. The frame is cached, nothing else is.
"""

import os

import pandas as pd
import streamlit as st

st.set_page_config(page_title="naive", page_icon="📊", layout="wide")


@st.cache_data
def load(path: str) -> pd.DataFrame:
    frame = pd.read_csv(path)
    frame["Order Date"] = pd.to_datetime(frame["Order Date"])
    return frame[frame["Status"] == "Completed"]


sales = load(os.environ["BENCH_CSV"])
region = st.selectbox("Region", ["All", *sorted(sales["Region"].unique())], key="region")
if region != "All":
    sales = sales[sales["Region"] == region]

edge = sales["Order Date"].max()
start = edge.to_period("Q").start_time
year = pd.DateOffset(years=1)
current = sales[sales["Order Date"] >= start]
before = sales[(sales["Order Date"] >= start - year) & (sales["Order Date"] <= edge - year)]
earlier = sales[sales["Order Date"] < start]


def figures(rows: pd.DataFrame, known: pd.DataFrame) -> dict[str, float]:
    amount, cost = rows["Net Amount"].sum(), rows["Cost"].sum()
    orders = rows.loc[rows["Net Amount"] > 0, "Order No."].nunique()
    counts = rows.groupby("Customer ID")["Order No."].nunique()
    return {
        "Sales": amount,
        "Orders": orders,
        "Units": rows["Quantity"].sum(),
        "Average order": amount / orders,
        "Gross margin": 1 - cost / amount,
        "Customers": rows["Customer ID"].nunique(),
        "New customers": len(set(rows["Customer ID"]) - set(known["Customer ID"])),
        "Repeat rate": (counts > 1).mean(),
    }


now = figures(current, earlier)
then = figures(before, sales[sales["Order Date"] < start - year])
for column, (name, value) in zip(st.columns(4) + st.columns(4), now.items(), strict=True):
    column.metric(name, f"{value:,.2f}", f"{value / then[name] - 1:.1%}")

months = sales.groupby(sales["Order Date"].dt.to_period("M").dt.to_timestamp())["Net Amount"].sum()
st.subheader("Sales by month")
st.line_chart(months)
left, right = st.columns(2)
left.subheader("What moved")
movers = (
    current.groupby("Region")["Net Amount"].sum() - before.groupby("Region")["Net Amount"].sum()
)
left.bar_chart(movers)
right.subheader("Customers by month")
right.line_chart(
    sales.groupby(sales["Order Date"].dt.to_period("M").dt.to_timestamp())["Customer ID"].nunique()
)
for column, dimension in zip(st.columns(3), ["Category", "Channel", "Salesperson"], strict=True):
    column.subheader(dimension)
    column.bar_chart(current.groupby(dimension)["Net Amount"].sum())
