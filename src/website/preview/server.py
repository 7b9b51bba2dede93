"""Show the site on this machine; build it again, and prove it again, on each edit."""

import logging
import os
import socket
import sys
import time
import traceback
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from proof.record import this_python
from website.build import WATCHED, build, configuration
from website.finish import RECORDS, BuildError
from website.preview import proof_notes
from website.preview.background_proof import BackgroundProof
from website.watching import places

HOST = "127.0.0.1"
LOOK = 0.2
"""Seconds between two looks for an edit."""
_NOTHING_YET = b"""<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<title>Not here</title><p>There is no such page, or the site cannot be built yet: the terminal
says why. This page looks again by itself.</p>"""


def serve(site: Path, port: int) -> int:
    """Serve until Ctrl-C.

    The pages are proven beside the preview. When something has been recorded, the preview is
    built again, and the browser shows the marks.

    What is wrong with a page is printed, and the page is shown all the same; if there is no
    page to show, the last good site stays.

    Args:
        site: the folder for the preview. It is not the site to publish: nothing in it needs
            to be proven.
        port: where the browser finds it.

    Returns:
        0, or 1 if the port is taken.
    """
    if _is_taken(port):
        print(f"Port {port} is in use. Choose another: python -m website serve --port {port + 1}")
        return 1
    path = urlsplit(configuration(site).site_url or "/").path
    logging.basicConfig(format="%(message)s")
    background = BackgroundProof(
        RECORDS / f"{this_python()}.json", on_change=lambda: _build_again(server)
    )
    server = LiveReloadServer(
        lambda: rebuild(site, server.url, background),
        host=HOST,
        port=port,
        root=str(site),
        mount_path=path,
        polling_interval=LOOK,
    )
    server.error_handler = lambda code: _not_found(site)
    for watched, has_npm_files in places(WATCHED):
        server.watch(str(watched), recursive=not has_npm_files)
    try:
        rebuild(site, server.url, background)
        print(
            f"\nThe site is at {server.url} and follows your edits. Ctrl-C ends it.\n", flush=True
        )
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        print("\nEnded.")
    finally:
        background.stop()
        server.shutdown()
    return 0


def rebuild(site: Path, address: str, background: BackgroundProof) -> None:
    """Build the preview again, and print what is wrong with it; pages that changed are proven."""
    start = time.perf_counter()
    background.look()
    try:
        problems = build(site, preview=address)
        proof_notes.show(site, background.faults)
    except BuildError as error:
        print(f"{error}\nNothing to show: the last good site stays.", file=sys.stderr, flush=True)
        return
    except Exception:  # an edit may break anything at all; the next one may mend it
        traceback.print_exc()
        return
    for problem in problems:
        print(problem, file=sys.stderr)
    seconds = time.perf_counter() - start
    print(f"{time.strftime('%H:%M:%S')} built in {seconds:.1f} s", flush=True)


def _build_again(server: LiveReloadServer) -> None:
    """Do what an edit of a watched file does; the server has no name for it."""
    with server._rebuild_cond:
        server._want_rebuild = True
        server._rebuild_cond.notify_all()


def _not_found(site: Path) -> bytes:
    page = site / "404.html"
    return page.read_bytes() if page.is_file() else _NOTHING_YET


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        if os.name == "posix":  # elsewhere the option lets two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False
