"""`multiprocessing` works in a block as it does in a file, or says at once why not."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from proof.spawning import Main
from tests.proof.checking import code, outcomes, printed

GUARD = "if __name__ == '__main__':\n"
METHODS = pytest.mark.parametrize("method", ["spawn", "forkserver"])
DEFINITIONS = code(
    "import multiprocessing\nprint('once')\n\ndef square(n):\n    return n * n\n", "once\n"
)


def pool(method: str) -> str:
    return (
        f"    with multiprocessing.get_context('{method}').Pool(2) as pool:\n"
        "        print(pool.map(square, [1, 2]))\n"
    )


@METHODS
def test_new_processes_know_what_the_blocks_define(method: str) -> None:
    assert outcomes(DEFINITIONS + code(GUARD + pool(method), "[1, 4]\n")) == ["", ""]


@METHODS
def test_a_default_start_method_is_like_a_named_one(method: str) -> None:
    page = DEFINITIONS + code(
        f"{GUARD}    multiprocessing.set_start_method('{method}')\n"
        "    process = multiprocessing.Process(target=print, args=[square(2)])\n"
        "    process.start()\n    process.join()\n    print(process.exitcode)\n",
        "4\n0\n",
    )
    assert outcomes(page) == ["", ""]


@METHODS
def test_processes_know_what_later_blocks_have_defined(method: str) -> None:
    page = DEFINITIONS + code(GUARD + pool(method), "[1, 4]\n")
    page += code("def square(n):\n    return -n\n") + code(GUARD + pool(method), "[-1, -2]\n")
    assert outcomes(page) == [""] * 4


def test_a_process_that_reads_the_main_file_is_not_disturbed_by_the_next(tmp_path: Path) -> None:
    main = Main(str(tmp_path))
    main.ran.append(("block 1", "def square(n):\n    return n * n\n", 0, False))
    with Path(main.file(None)).open(encoding="utf-8") as file:
        main.ran[0] = "block 1", "", 0, False
        main.file(None)
        assert "def square" in file.read()
    assert [path.name for path in tmp_path.iterdir()] == ["main-1.py"]


def test_threads_that_ask_for_the_main_file_at_once_all_get_a_whole_one(tmp_path: Path) -> None:
    main = Main(str(tmp_path))
    main.ran.append(("block 1", "x = 1\n" * 20_000, 0, False))

    def end_of_file(_: int) -> str:
        return Path(main.file(None)).read_text(encoding="utf-8")[-16:]

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(end_of_file, range(64))) == {"del __run_again\n"}


def test_executors_and_classes_of_the_page_work_too() -> None:
    page = code(
        "from concurrent.futures import ProcessPoolExecutor\nimport multiprocessing\n"
        "from dataclasses import dataclass\n\n@dataclass\nclass Point:\n    x: int\n\n"
        "def move(point):\n    return Point(point.x + 1)\n"
    )
    page += code(
        f"def main():\n    spawn = multiprocessing.get_context('spawn')\n"
        "    with ProcessPoolExecutor(2, mp_context=spawn) as pool:\n"
        "        print(list(pool.map(move, [Point(1), Point(2)])))\n\n"
        f"{GUARD}    main()\n",
        "[Point(x=2), Point(x=3)]\n",
    )
    assert outcomes(page) == ["", ""]


def test_an_error_in_a_process_names_the_block() -> None:
    page = code("import multiprocessing\n\ndef square(n):\n    return n / 0\n")
    page += code(
        f"{GUARD}    spawn = multiprocessing.get_context('spawn')\n"
        "    with spawn.Pool(1) as pool:\n        try:\n            pool.map(square, [1])\n"
        "        except ZeroDivisionError as error:\n"
        "            print('File \"block 1\", line 4, in square' in str(error.__cause__))\n",
    )
    assert printed(page)[1] == "True\n"


@METHODS
@pytest.mark.parametrize(
    "source",
    [
        "if True:\n" + pool("{}"),
        f"{GUARD}    pass\nelse:\n    pass\n" + "if True:\n" + pool("{}"),
        "def main():\n" + pool("{}") + "main()\n",
        "multiprocessing.get_context('{}').Process(target=square, args=[1]).start()\n",
        "multiprocessing.get_context('{}').Manager()\n",
    ],
)
def test_what_would_start_itself_for_ever_is_refused_with_the_reason(
    source: str, method: str
) -> None:
    first, second = outcomes(DEFINITIONS + code(source.replace("{}", method)))
    assert first == ""
    assert "RuntimeError: with 'spawn' or 'forkserver', each new process first runs" in second
    assert 'below `if __name__ == "__main__":`' in second


def test_fork_needs_no_guard() -> None:
    assert outcomes(DEFINITIONS + code("if 1:\n" + pool("fork"), "[1, 4]\n")) == ["", ""]


def test_a_page_still_has_no_file() -> None:
    page = code("import __main__\nprint(hasattr(__main__, '__file__'), '__file__' in globals())\n")
    assert printed(page) == ["False False\n"]
