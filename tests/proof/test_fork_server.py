"""A page's interpreter is a copy of one that waits, and no page can tell."""

import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from proof import page as pages
from proof import processes
from proof.environment import HASH_SEED
from proof.page import read
from tests import PATIENCE
from tests.proof.checking import PAGE, code, outcomes, printed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere none waits")


def parent() -> str:
    """The process from which a page was copied."""
    (shown,) = printed(code("import os\nprint(os.getppid())\n"))
    return str(shown)


def test_pages_are_copied_from_one_interpreter() -> None:
    assert parent() == parent()


@pytest.mark.parametrize(
    "source",
    [
        "print(sorted(sys.modules))",
        "print(sys.path, sys.argv, sys.flags, sys.warnoptions, len(sys.meta_path))",
        "print(sorted(os.environ.items()))",
        "print([path.name for path in Path('/proc/self/fd').iterdir()])",
        "import signal\nprint([signal.getsignal(each) for each in signal.valid_signals()])",
        "print(len(traceback.extract_stack()))",
        "print(os.getsid(0) == os.getpgid(0), os.getsid(0) in (os.getpid(), os.getppid()))",
        "print(list(Path().iterdir()), Path().resolve().name)",
        "print(sys.stdout, sys.stderr, sys.stdin.read(), sys.stdout.line_buffering)",
        "import threading\nprint([thread.name for thread in threading.enumerate()])",
        "import time\nprint(time.process_time() < 1, time.tzname)",
        "import resource\nprint([resource.getrlimit(each) for each in range(10)])",
        "print(sorted(globals()), __name__, list({str(n) for n in range(99)}))",
        "import gc\nprint(gc.isenabled(), gc.get_freeze_count(), gc.get_threshold())",
    ],
)
def test_a_copy_is_what_an_interpreter_of_its_own_is(
    source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = f"import os, sys, traceback\nfrom pathlib import Path\n{source}\n"
    parent()  # whatever another page has left behind would be seen
    (copied,) = printed(code(source))
    monkeypatch.setattr(processes, "run_in_a_copy", processes.run)
    assert printed(code(source)) == [copied]


@pytest.mark.parametrize(
    "source", ["import random\nprint(random.random())\n", "import uuid\nprint(uuid.uuid4())\n"]
)
def test_what_is_drawn_at_random_is_drawn_anew_on_each_page(source: str) -> None:
    assert printed(code(source)) != printed(code(source))


def test_a_variable_that_is_set_meanwhile_reaches_the_next_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = code("import os\nprint(os.environ.get('MY_OWN'))\n")
    assert printed(source) == ["None\n"]
    monkeypatch.setenv("MY_OWN", "1")
    assert printed(source) == ["1\n"]
    monkeypatch.delenv("MY_OWN")
    assert printed(source) == ["None\n"]


def test_a_module_that_is_new_or_edited_reaches_the_next_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    page = code("try:\n    import mine\n    print(mine.x)\nexcept ImportError:\n    print('no')\n")
    assert printed(page) == ["no\n"]
    for text, shown in (("x = 1\n", "1\n"), ("x = 'two'\n", "two\n")):
        (tmp_path / "mine.py").write_text(text, encoding="utf-8")
        assert printed(page) == [shown]


@pytest.mark.parametrize(
    "end",
    [
        "os.kill(os.getppid(), 9)\nimport time\ntime.sleep(60)\n",
        "os._exit(3)\n",
        "os.kill(os.getpid(), 11)\n",
        "while True:\n    print('a' * 999)\n",
        "while True:\n    pass\n",
        "os.closerange(0, 99)\n1 / 0\n",
    ],
)
def test_a_page_that_comes_to_a_bad_end_does_no_harm_to_the_next(
    end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "TIMEOUT", 1 if "pass" in end else 30)
    (failure,) = outcomes(code(f"import os\n{end}"))
    assert failure
    monkeypatch.undo()
    assert outcomes(code("print(1)\n", "1\n")) == [""]


def test_pages_may_run_at_the_same_time() -> None:
    page = code("import time\nfor n in range(20):\n    print(n)\n    time.sleep(0.01)\n")
    with ThreadPoolExecutor(4) as pool:
        shown = set(map(str, pool.map(printed, [page] * 8)))
    assert shown == {str(["".join(f"{n}\n" for n in range(20))])}
    assert len(processes._servers[HASH_SEED]) <= 4  # each thread goes on with one that waits


def test_a_copy_of_pytest_itself_asks_an_interpreter_of_its_own() -> None:
    script = (
        "import os\nfrom tests.proof.test_fork_server import parent\nfirst = parent()\n"
        "child = os.fork()\nsecond = parent()\n"
        "assert (second == first) == bool(child), (first, second)\n"
        "assert not child or not os.waitpid(child, 0)[1]\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parents[2], check=False, timeout=PATIENCE
    )
    assert done.returncode == 0


def test_none_waits_once_pytest_has_ended(tmp_path: Path) -> None:
    script = (
        "from tests.proof.test_fork_server import parent\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(parent())\n"
    )
    subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=Path(__file__).parents[2],
        check=True,
        timeout=PATIENCE,
    )
    assert not Path("/proc", (tmp_path / "pid").read_text("utf-8").strip()).exists()


def test_the_folder_of_a_page_may_have_any_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(prefix="a\n 'é\udcff") as name:
        monkeypatch.setattr(tempfile, "tempdir", name)
        page, _ = read(code("print(1)\n", "1\n"), PAGE)
        page.run()
    assert page.blocks[0].printed == "1\n"


def test_a_page_has_a_session_of_its_own() -> None:
    assert printed(code("import os\nprint(os.getsid(0) == os.getpid())\n")) == ["True\n"]
