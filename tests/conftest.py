import pytest
from hypothesis import settings

from proof.plugin import cannot_be_had
from verdict import StoryUnavailableError, read_story

# A busy machine is slow now and then: speed is a matter for the benchmark.
settings.register_profile("patient", settings.default, deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def story() -> str:
    """The story; where it cannot be had its tests are skipped, but never in CI."""
    try:
        return read_story()
    except StoryUnavailableError as error:
        cannot_be_had(error)
