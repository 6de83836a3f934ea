"""The sample feeds, all of our own making."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def sample():
    """Gives the bytes of a sample by its name."""
    return lambda name: (SAMPLES / name).read_bytes()
