"""Every page below this folder is a test: its Python blocks run and print what it shows."""

from pathlib import Path

from sybil import Sybil

from proof.page import parser

DOCS = Path(__file__).parent

pytest_collect_file = Sybil([parser(includes=[DOCS, DOCS.parent])], pattern="*.md").pytest()
