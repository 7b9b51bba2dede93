"""The basic case in Firefox, which speaks WebDriver BiDi itself: no driver is needed."""

import asyncio
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests import PATIENCE
from tests.live.conftest import CHAPTER, Host

pytestmark = pytest.mark.browser

PROGRAMS = ("firefox-esr", "firefox")
LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
RUN_A_BLOCK = """new Promise((resolve, reject) => {
  const bar = document.querySelectorAll("[data-live=page]")[2]
  const status = bar.querySelector("[role=status]")
  const end = () => {
    if (!status.dataset.mood || bar.querySelector(".live-run").hidden) return
    resolve(`${status.textContent} ${bar.nextElementSibling.textContent}`)
  }
  new MutationObserver(end).observe(bar, {subtree: true, childList: true, attributes: true})
  setTimeout(() => reject(new Error(status.textContent)), 60000)
  bar.querySelector(".live-run").click()
})"""
WRITE_INTO_A_BLOCK = """(async () => {
  const bar = document.querySelectorAll("[data-live=page]")[2]
  ;[...bar.querySelectorAll("button")].find((button) => /^Edit/.test(button.textContent)).click()
  while (!document.querySelector(".cm-content")) await new Promise((wait) => setTimeout(wait, 50))
  document.querySelector(".cm-content").focus()
  document.execCommand("selectAll")
  document.execCommand("insertText", false, "while True: pass")
  bar.querySelector("[role=status]").dataset.mood = ""
  setTimeout(() => bar.querySelectorAll("button")[1].click(), 1500)
})()"""


@contextmanager
def firefox(profile: Path) -> Iterator[str]:
    """A Firefox without a window, and the address at which it listens."""
    path = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not path:
        pytest.skip(f"no Firefox: none of {', '.join(PROGRAMS)} is on the PATH")
    command = [path, "--headless", "--no-remote", "--profile", str(profile)]
    process = subprocess.Popen(
        [*command, "--remote-debugging-port", "0", "about:blank"],
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr
    timer = Timer(PATIENCE, process.kill)  # then what is read from it has an end
    timer.start()
    try:
        found = next(filter(None, map(LISTENS.search, process.stderr)))
        yield found[1]
    finally:
        timer.cancel()
        process.terminate()
        process.wait(PATIENCE)
        process.stderr.close()


class Session:
    """A conversation with the browser."""

    def __init__(self, connection: WebSocketClientConnection) -> None:
        self.connection, self.number = connection, 0

    async def ask(self, method: str, **parameters: object) -> Any:
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        await self.connection.write_message(json.dumps(message))
        while text := await self.connection.read_message():
            answer = json.loads(text)
            if answer.get("id") == self.number:
                assert answer["type"] == "success", answer
                return answer["result"]
        raise ConnectionError("Firefox has ended.")

    async def evaluate(self, context: str, expression: str) -> Any:
        answer = await self.ask(
            "script.evaluate",
            expression=expression,
            target={"context": context},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return answer["result"].get("value")


async def visit(listening: str, address: str) -> tuple[str, str]:
    connection = await websocket_connect(f"{listening}/session")
    session = Session(connection)
    await session.ask("session.new", capabilities={})
    tree = await session.ask("browsingContext.getTree")
    context = tree["contexts"][0]["context"]
    await session.ask("browsingContext.navigate", context=context, url=address, wait="complete")
    ran = await session.evaluate(context, RUN_A_BLOCK)
    await session.evaluate(context, WRITE_INTO_A_BLOCK)
    stopped = await session.evaluate(context, RUN_A_BLOCK)
    connection.close()
    return ran, stopped


def test_a_block_runs_and_can_be_stopped(tmp_path: Path, host: Host) -> None:
    with firefox(tmp_path) as listening:
        with ThreadPoolExecutor() as thread:  # the main one may have a loop, for the other browser
            visited = thread.submit(asyncio.run, visit(listening, host.address + CHAPTER))
        ran, stopped = visited.result(PATIENCE)
    assert ran.startswith("The same, ")
    assert stopped.startswith("Stopped after")
