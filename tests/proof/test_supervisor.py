"""All processes that a page started end with it, however it ends."""

import subprocess
import sys
from inspect import signature
from itertools import chain
from pathlib import Path

import psutil
import pytest

from proof import processes, supervisor
from tests import PATIENCE, wait_until
from tests.proof.checking import code, is_alive, outcomes, outcomes_in_time

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets one adopt them")

SERVER = (
    "import subprocess, sys\nserver = [sys.executable, '-c', 'import time; time.sleep(9999)']\n"
)
WAYS = {
    "a child": "pid = subprocess.Popen(server).pid\n",
    "a child in a session of its own": (
        "pid = subprocess.Popen(server, start_new_session=True).pid\n"
    ),
    "a child that its parent has left": """\
import os
read, write = os.pipe()
if not os.fork():
    os.setsid()
    os.write(write, str(subprocess.Popen(server).pid).encode())
    os._exit(0)
os.wait()
pid = int(os.read(read, 20))
""",
}
ENDS = {
    "": [""],
    "1 / 0\n": ["ZeroDivisionError"],
    "import os\nos._exit(3)\n": ["code 3"],
    "import os\nos.kill(os.getpid(), 11)\n": ["code -11"],
    "while True:\n    pass\n": ["did not come to an end in"],
    "while True:\n    print('a' * 999)\n": ["more than 1 MB"],
}


def starting(way: str, note: Path) -> str:
    """A block that starts a process, and notes which."""
    return code(f"{SERVER}{way}open({str(note)!r}, 'w').write(str(pid))\n")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("end", ENDS)
def test_a_process_that_a_block_started_ends_with_its_page(
    way: str, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "pid"
    page = starting(WAYS[way], note) + code(end)
    first, second = outcomes_in_time(page, monkeypatch) if "pass" in end else outcomes(page)
    assert first == ""
    assert all(part in second for part in ENDS[end])
    assert not is_alive(int(note.read_text(encoding="utf-8")))


def test_it_ends_even_if_pytest_is_killed(tmp_path: Path) -> None:
    note, script = tmp_path / "pid", tmp_path / "script.py"
    text = starting(WAYS["a child in a session of its own"], note) + code("while True: pass\n")
    script.write_text(
        f"from pathlib import Path\nfrom proof.page import read\n"
        f"page, _ = read({text!r}, Path('page.md'))\npage.run()\n",
        encoding="utf-8",
    )
    runs = subprocess.Popen([sys.executable, str(script)], cwd=tmp_path)
    try:
        wait_until(lambda: note.exists() and note.read_text(encoding="utf-8") != "", "it runs")
    finally:
        runs.kill()
        runs.wait(PATIENCE)
    process = int(note.read_text(encoding="utf-8"))
    wait_until(lambda: not is_alive(process), "it has ended")


def test_leftovers_may_tidy_up(tmp_path: Path) -> None:
    """What ends by itself as soon as the page is gone, as the trackers of Python do."""
    # How long a leftover takes is a matter of the machine: here it gets as long as it may need.
    script = (
        "import os, sys\nfrom proof.supervisor import end_children\n"
        "read, write = os.pipe()\nif not os.fork():\n    os.close(write)\n"
        "    os.read(read, 1)\n    open('tidied', 'w').close()\n    os._exit(0)\n"
        "os.close(write)\nend_children(float(sys.argv[1]))\n"
    )
    command = [sys.executable, "-c", script, str(PATIENCE)]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=2 * PATIENCE)
    assert (tmp_path / "tidied").exists()
    assert signature(supervisor.end_children).parameters["grace"].default == supervisor.GRACE > 0


def test_no_page_is_held_up_where_nothing_is_left(tmp_path: Path) -> None:
    page = code("import os, subprocess, sys\nsubprocess.run([sys.executable, '-c', ''])\n")
    assert outcomes(page) == [""]
    waiting = chain.from_iterable(processes._servers.values())
    servers = [psutil.Process(each.process.pid) for each in waiting]
    assert servers
    assert [each.children(recursive=True) for each in servers] == [[] for _ in servers]
