"""Every example in a docstring is a test."""

import pytest
from sybil import Sybil
from sybil.parsers.rest import DocTestParser

from proof.plugin import cannot_be_had
from verdict import StoryUnavailableError, story_path


@pytest.fixture
def story() -> None:
    """Examples that need the story are skipped where it cannot be had; when strict, they fail."""
    try:
        story_path()
    except StoryUnavailableError as error:
        cannot_be_had(error)


examples = [DocTestParser()]
pytest_collect_file = (
    Sybil(examples, pattern="*.py", excludes=["conftest.py", "story.py"])
    + Sybil(examples, pattern="story.py", fixtures=["story"])
).pytest()
