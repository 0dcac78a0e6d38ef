"""Metrics are definitions: what they are, what they need, and how they become SQL."""

from salesdash.metrics.definitions import Better, Kind, Metric, Thresholds, Unit, Words

__all__ = ["Better", "Kind", "Metric", "Thresholds", "Unit", "Words"]
