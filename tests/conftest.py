"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# How long one example takes says more about what else the machine does; `hostile` measures time.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")
