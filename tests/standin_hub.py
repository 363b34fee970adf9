"""A tiny model hub in this process: the parts of the real one's HTTP interface that a download needs."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit


@dataclass
class StandinHub:
    """What it serves and what it was asked. ``gated``: consent is missing. ``cut``: files of which half is sent."""

    repository: str
    commit: str
    files: dict[str, bytes]
    gated: bool = False
    nonsense: bool = False
    cut: set[str] = field(default_factory=set)
    requests: list[str] = field(default_factory=list)
    url: str = ""

    def downloaded(self) -> set[str]:
        """Names of the files that were asked for with GET."""
        return {line.rsplit("/", 1)[-1] for line in self.requests if line.startswith("GET") and "/resolve/" in line}


class _Handler(BaseHTTPRequestHandler):
    hub: StandinHub

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.hub.requests.append(f"{self.command} {path}")
        if self.hub.nonsense:
            self.send(200, b"<html>log in to the hotel network</html>")
        elif self.hub.gated:
            self.send(403, b"{}", {"X-Error-Code": "GatedRepo"})
        elif f"/{self.hub.repository}/" not in path:
            self.send(401, b"{}", {"X-Error-Code": "RepoNotFound"})
        elif "/revision/" in path or "/tree/" in path:
            self.describe(path)
        else:
            self.send_file(path)

    def describe(self, path: str) -> None:
        if path.rsplit("/", 1)[-1] not in {"main", self.hub.commit}:
            return self.send(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
        if "/revision/" in path:
            siblings = [{"rfilename": name} for name in self.hub.files]
            body: object = {"id": self.hub.repository, "sha": self.hub.commit, "siblings": siblings}
        else:
            body = [
                {"type": "file", "path": name, "size": len(data), "oid": hashlib.sha1(data).hexdigest()}
                for name, data in self.hub.files.items()
            ]
        return self.send(200, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def send_file(self, path: str) -> None:
        name = path.split(f"/resolve/{self.hub.commit}/", 1)[-1]
        data = self.hub.files[name]
        headers = {"ETag": f'"{hashlib.sha256(data).hexdigest()}"', "X-Repo-Commit": self.hub.commit}
        if self.command == "GET" and name in self.hub.cut:
            return self.send(200, data, headers, sent=len(data) // 2)
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").split("-")[0])
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        return self.send(206 if start else 200, data[start:], headers)

    def send(self, status: int, body: bytes, headers: dict[str, str] | None = None, sent: int | None = None) -> None:
        self.send_response(status)
        for key, value in {**(headers or {}), "Content-Length": str(len(body))}.items():
            self.send_header(key, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body[:sent])


@contextmanager
def serving(hub: StandinHub) -> Iterator[StandinHub]:
    """Serve ``hub`` on a free local port while the block runs; its address is in ``hub.url``."""
    handler = type("Handler", (_Handler,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    hub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
