"""Every example in a docstring is a test."""

from sybil import Sybil
from sybil.parsers.rest import DocTestParser

pytest_collect_file = Sybil([DocTestParser()], pattern="*.py", excludes=["conftest.py"]).pytest()
