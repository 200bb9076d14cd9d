"""What all tests share: Hypothesis runs the same examples everywhere; nothing is kept between runs."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "pylua", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("pylua")
os.environ["PYLUA_CACHE"] = ""
