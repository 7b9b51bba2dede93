import threading
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from tests import PATIENCE
from tests.verdict.net import Server


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on this machine; see `Server` for what it can be asked."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join(PATIENCE)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an empty cache; nothing stands between a test and the server."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "cache" / "verdict"
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: folder)
    return folder
