"""The HTTP server: one thread for each connection, on loopback unless told otherwise."""

from __future__ import annotations

import http.server
import json
import logging
import os
import socket
import struct
import sys
import threading
from urllib.parse import parse_qs, unquote, urlsplit

from typing_extensions import override

from messaging.simulator.carrier import Carrier
from messaging.simulator.control import ControlApi
from messaging.simulator.page import Page
from messaging.simulator.rest import RestApi
from messaging.simulator.wire import Request, Response, answer, redirect

logger = logging.getLogger(__name__)

MAX_REQUEST_BYTES = 32 * 1024 * 1024
LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


class Faces:
    """Sends each request to the face it is for: REST API, control interface, page."""

    def __init__(self, carrier: Carrier, *, stopping: threading.Event) -> None:
        """Show a carrier to the world."""
        self._rest = RestApi(carrier, stopping=stopping)
        self._control = ControlApi(carrier)
        self._page = Page(carrier)
        public_host = urlsplit(carrier.settings.public_url).hostname or ""
        self._hosts = LOOPBACK_NAMES | {public_host}

    def handle(self, request: Request) -> Response:
        """Answer one request."""
        if request.path.startswith("/media/"):
            return self._rest.public_media(request, request.path.removeprefix("/media/"))
        if request.path == "/":
            return redirect("/simulator/", status=302)
        if request.path != "/simulator" and not request.path.startswith("/simulator/"):
            return self._rest.handle(request)
        if not self._is_our_own(request):
            return answer({"error": "not from this page"}, status=403)
        if request.path.startswith("/simulator/api/"):
            return self._control.handle(request)
        return self._page.handle(request)

    def _is_our_own(self, request: Request) -> bool:
        """Keep other web pages, and names that were bent to loopback, from pulling the strings."""
        host = request.headers.get("Host", "")
        try:
            name = urlsplit("//" + host).hostname
        except ValueError:
            return False
        if name not in self._hosts:
            return False
        if request.method in {"GET", "HEAD"}:
            return True
        origin = request.headers.get("Origin")
        if origin and urlsplit(origin).netloc != host:
            return False
        return request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}


class CarrierServer(http.server.ThreadingHTTPServer):
    """Listens, and gives each connection a thread."""

    daemon_threads = True
    block_on_close = False
    # Race tests connect by the thousand at the same instant.
    request_queue_size = 2048

    def __init__(self, address: tuple[str, int]) -> None:
        """Bind the address; `faces` must be set before the first request."""
        super().__init__(address, Handler)
        self.faces: Faces | None = None

    @override
    def server_bind(self) -> None:
        # The base class asks the resolver for a host name, which may take seconds.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "simulator", self.socket.getsockname()[1]

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        logger.debug("a connection broke: %s", sys.exception())


class Handler(http.server.BaseHTTPRequestHandler):
    """Reads a request, asks the faces, writes the response."""

    protocol_version = "HTTP/1.1"
    server_version = "CarrierSimulator"
    sys_version = ""
    error_content_type = "text/plain; charset=utf-8"
    error_message_format = "%(code)d %(message)s\n"
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024
    # An idle connection is closed after this many seconds.
    timeout = 75

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer()

    # The base class looks its methods up by these names.
    do_POST = do_DELETE = do_HEAD = do_PUT = do_PATCH = do_GET  # noqa: N815

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Keep paths, which may hold numbers, out of the log; arrivals are in the store."""

    def _answer(self) -> None:
        body = self._read_body()
        if body is None:
            return
        try:
            request = self._request(body)
        except ValueError:
            self._write(answer({"error": "not readable"}, status=400))
            return
        server = self.server
        if not isinstance(server, CarrierServer) or server.faces is None:
            self._write(answer({"error": "starting"}, status=503))
            return
        try:
            response = server.faces.handle(request)
        except Exception:
            logger.exception("the simulator failed at a request")
            response = answer(
                {"code": 20500, "message": "The simulator failed", "more_info": "", "status": 500},
                status=500,
            )
        self._write(response)

    def _read_body(self) -> bytes | None:
        if self.headers.get("Transfer-Encoding"):
            self.close_connection = True
            self._write(answer({"error": "length required"}, status=411))
            return None
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MAX_REQUEST_BYTES:
            self.close_connection = True
            self._write(answer({"error": "too large"}, status=413))
            return None
        return self.rfile.read(int(length))

    def _request(self, body: bytes) -> Request:
        parts = urlsplit(self.path)
        content_type = self.headers.get_content_type()
        form: dict[str, list[str]] = {}
        decoded: object = {}
        if content_type == "application/json" and body:
            decoded = json.loads(body)
            if not isinstance(decoded, dict):
                raise ValueError("not an object")
        elif body:
            form = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=1000)
        return Request(
            method="GET" if self.command == "HEAD" else self.command,
            path=unquote(parts.path),
            query=parse_qs(parts.query, keep_blank_values=True, max_num_fields=1000),
            form=form,
            json=decoded if isinstance(decoded, dict) else {},
            headers=self.headers,
        )

    def _write(self, response: Response) -> None:
        if response.drop in {"before", "after"}:
            self._reset_connection()
            return
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.stream is not None:
            self._write_stream(response)
            return
        if response.status not in {204, 304}:
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(response.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if response.drop == "middle":
            self.wfile.write(response.body[: len(response.body) // 2])
            self.wfile.flush()
            self._reset_connection()
            return
        if self.command != "HEAD":
            self.wfile.write(response.body)
        self.wfile.flush()

    def _write_stream(self, response: Response) -> None:
        self.close_connection = True
        self.send_header("Content-Type", response.content_type)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.flush()
        for piece in response.stream or ():
            self.wfile.write(piece)
            self.wfile.flush()

    def _reset_connection(self) -> None:
        """Close with a RST, so that the other side knows neither yes nor no."""
        self.close_connection = True
        linger_none = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_none)
        # A plain close would wait for the file objects that hang on the socket, and end politely.
        os.close(self.connection.detach())
