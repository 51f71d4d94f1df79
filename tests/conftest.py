"""Settings that all tests share.

Hypothesis runs under ``HYPOTHESIS_PROFILE``: ``dev`` searches anew each time and keeps failures;
``ci`` makes the same choices in every run, so that CI tells of the change, not of luck.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("dev", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("dev"), derandomize=True, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))
