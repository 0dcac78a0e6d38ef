"""Fixtures every room may use."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Machines are shared and noisy: how long an example takes is no finding.
settings.register_profile("salesdash", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("salesdash")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files beside the checkout; tests skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"real files are not here: {SHARED} is absent")
    return SHARED
