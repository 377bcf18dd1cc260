"""An HTTP/1.1 server that keeps connections, with the bodies that busybox's httpd has not: chunked, gzip, binary."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = "<p>おてすと</p>\n"
IMAGE = bytes(range(256))
SESSION = "sid=9f8e7d6c5b4a"
"""What the server asks the client to keep, and nobody else to read."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # One write for the header section and one for the body is what most servers do.
    wbufsize = -1

    def do_GET(self) -> None:
        if self.path.startswith("/page"):
            self.answer(PAGE.encode(), "text/html; charset=utf-8", {"Set-Cookie": f"{SESSION}; Path=/; HttpOnly"})
        elif self.path == "/image":
            self.answer(IMAGE, "image/png")
        elif self.path == "/gzip":
            self.answer(gzip.compress(PAGE.encode() * 100), "text/html; charset=utf-8", {"Content-Encoding": "gzip"})
        elif self.path == "/chunked":
            self.answer_in_chunks([b"one\ntw", b"o\n", b"three"])
        else:
            self.send_error(404)

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "12345")
        self.end_headers()

    def do_POST(self) -> None:
        self.answer(b"%d bytes\n" % len(self.content()), "text/plain")

    do_PUT = do_POST

    def handle_expect_100(self) -> bool:
        may_go_on = super().handle_expect_100()
        self.wfile.flush()
        return may_go_on

    def content(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers["Content-Length"]))
        content = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            content += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return content

    def answer(self, body: bytes, media_type: str, fields: dict[str, str] | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (fields or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def answer_in_chunks(self, chunks: list[bytes]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for chunk in [*chunks, b""]:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            self.wfile.flush()

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def web_server() -> Iterator[int]:
    """Yields the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
