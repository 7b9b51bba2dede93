"""Every example in a docstring is a test."""

from typing import Any

import pytest
from sybil import Sybil
from sybil.parsers.rest import DocTestParser

import verdict
from proof.plugin import cannot_be_had
from verdict import StoryUnavailableError, story_path


@pytest.fixture
def story() -> None:
    """Examples that need the story are skipped where it cannot be had; when strict, they fail."""
    try:
        story_path()
    except StoryUnavailableError as error:
        cannot_be_had(error)


def with_public_names(namespace: dict[str, Any]) -> None:
    """Let an example use all that can be imported from `verdict`, as the reference says."""
    namespace.update({name: getattr(verdict, name) for name in verdict.__all__})


examples = [DocTestParser()]
pytest_collect_file = (
    Sybil(examples, pattern="*.py", excludes=["conftest.py", "story.py"], setup=with_public_names)
    + Sybil(examples, pattern="story.py", fixtures=["story"])
).pytest()
