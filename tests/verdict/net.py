"""A server on this machine that answers as servers on the net do, the faulty ones too."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PUBLISHED_TEXT = b"A short tale--with dashes.\n" * 40


class Server(ThreadingHTTPServer):
    """Answers with a file at each path, or as the path says; remembers what was asked.

    `missing` is not there, `wrong` is another file, `truncated` ends too early, `silent` says
    nothing, `trickle` says a little again and again, and `endless` never stops.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.over = threading.Event()

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        name = self.path.strip("/")
        self.server.asked.append(name)
        if name == "missing":
            self.send_error(404)
            return
        body = b"another text" if name == "wrong" else self.server.files.get(name, PUBLISHED_TEXT)
        self.send_response(200)
        if name not in {"trickle", "endless"}:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.answer(name, body)
        except OSError:  # who asked has gone
            self.close_connection = True

    def answer(self, name: str, body: bytes) -> None:
        over = self.server.over
        match name:
            case "silent":
                over.wait(30)
            case "trickle":
                while not over.wait(0.05):
                    self.wfile.write(b"A")
                    self.wfile.flush()
            case "endless":
                while not over.is_set():
                    self.wfile.write(body * 100)
            case "truncated":
                self.wfile.write(body[:100])
            case _:
                self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
