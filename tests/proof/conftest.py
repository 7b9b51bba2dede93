from pathlib import Path

import pytest

from proof import environment, unavailable

CONFTEST = """\
from pathlib import Path
from sybil import Sybil
from proof.page import parser
pytest_collect_file = Sybil([parser([Path(__file__).parent])], pattern="*.md").pytest()
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """An empty project with a docs folder."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("PROOF_STRICT", raising=False)
    monkeypatch.setattr(unavailable, "errors", set())
    monkeypatch.setattr(environment, "import_from", [])
    docs = pytester.mkdir("docs")
    (docs / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    settings = "[pytest]\naddopts = -p proof.plugin -p no:cacheprovider\nfilterwarnings = error\n"
    pytester.makeini(settings + "proof_unavailable = __main__.GoneError\nproof_remedy = make it\n")
    return pytester


def write(project: pytest.Pytester, text: str, name: str = "page.md") -> Path:
    path = project.path / "docs" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path
