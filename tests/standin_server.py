"""A chat server in this process that answers as it is told, over real HTTP on the loopback address."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Reply = tuple[int, dict[str, Any] | bytes]


def completion(text: str, finish: str = "stop", **extra: Any) -> Reply:
    """A chat completion."""
    return 200, {"choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": finish}], **extra}


def upper(request: dict[str, Any]) -> Reply:
    """Answer with the user's message in capitals."""
    return completion(request["messages"][-1]["content"].upper())


@dataclass
class ChatServer:
    """``requests`` and ``headers`` hold what was asked; ``replies`` come first, then ``answer``."""

    answer: Callable[[dict[str, Any]], Reply] = upper
    replies: list[Reply] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def __enter__(self) -> Self:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                owner.requests.append({"path": self.path, **request})
                owner.headers.append(dict(self.headers.items()))
                status, body = owner.replies.pop(0) if owner.replies else owner.answer(request)
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                if status in (301, 302, 307):
                    self.send_header("Location", f"{owner.url}/elsewhere")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
                """Say nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
