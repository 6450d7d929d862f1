"""A site of our own that takes messages, on a port of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Listener:
    """What came, and what is answered."""

    def __init__(self) -> None:
        self.status = 200
        self.messages: list[tuple[dict[str, str], bytes]] = []
        self.address = ""


@contextmanager
def listening() -> Iterator[Listener]:
    """A listener while the context lasts."""
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listener.messages.append((dict(self.headers.items()), body))
            self.send_response(listener.status)
            if 300 <= listener.status < 400:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    listener.address = f"http://127.0.0.1:{server.server_address[1]}/hook"
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
