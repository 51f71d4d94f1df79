"""An editor, as far as a language server sees it: messages in JSON over the streams of a process.

Main definitions
----------------
Editor : starts ``symcausal lsp``, sends requests, keeps what it is told.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Self

from tests.command_line import ENTRY, ROOT

PATIENCE = 120.0  # seconds; on a machine that does much else


class Editor:
    """A client of ``symcausal lsp``."""

    def __init__(
        self,
        *words: str,
        encodings: Sequence[str] | None = None,
        versions: bool = False,
        begin: bool = True,
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", ENTRY, "lsp", *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        self._messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self._kept: list[dict[str, Any]] = []
        self._asked = 0
        threading.Thread(target=self._read, daemon=True).start()
        self._wants = {
            "general": {} if encodings is None else {"positionEncodings": list(encodings)},
            "workspace": {"workspaceEdit": {"documentChanges": versions}},
        }
        self.capabilities: dict[str, Any] = {}
        if begin:
            self.begin()

    def begin(self) -> None:
        """Say who is there."""
        params = {"processId": None, "rootUri": None, "capabilities": self._wants}
        self.capabilities = self.ask("initialize", params)["capabilities"]
        self.tell("initialized", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None and not stream.closed:
                with suppress(OSError):
                    stream.close()

    # -- messages -----------------------------------------------------------------------------
    def _read(self) -> None:
        assert self.process.stdout is not None
        stream = self.process.stdout
        while True:
            length = 0
            while line := stream.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.partition(b":")[2])
            if not length:
                return
            self._messages.put(json.loads(stream.read(length)))

    def send(self, data: bytes) -> None:
        """Send some bytes as the body of a message."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def tell(self, method: str, params: object) -> None:
        """Send a notification."""
        self.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def ask(self, method: str, params: object) -> Any:
        """Send a request and return its result."""
        answer = self.answered(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    def answered(self, method: str, params: object) -> dict[str, Any]:
        """Send a request and return the whole of its answer."""
        self._asked += 1
        number = self._asked
        message = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        self.send(json.dumps(message).encode())
        return self.answer_to(number)

    def answer_to(self, number: int | None) -> dict[str, Any]:
        """Wait for an answer."""
        return self._await(lambda m: "method" not in m and m.get("id", 0) == number)

    def _await(self, wanted: Any) -> dict[str, Any]:
        for message in self._kept:
            if wanted(message):
                self._kept.remove(message)
                return message
        while True:
            message = self._messages.get(timeout=PATIENCE)
            if wanted(message):
                return message
            self._kept.append(message)

    # -- documents ----------------------------------------------------------------------------
    def open(self, uri: str, text: str, language: str = "markdown") -> None:
        """Open a document that need not be on any disk."""
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})

    def change(self, uri: str, version: int, *changes: Mapping[str, Any]) -> None:
        """Change a document."""
        self.tell(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": list(changes)},
        )

    def diagnostics(self, uri: str, version: int | None) -> list[dict[str, Any]]:
        """Wait for what is said of a version of a document."""
        told = self._await(
            lambda m: (
                m.get("method") == "textDocument/publishDiagnostics"
                and (m["params"]["uri"], m["params"].get("version")) == (uri, version)
            )
        )
        found: list[dict[str, Any]] = told["params"]["diagnostics"]
        return found

    def leave(self) -> int:
        """Shut the server down, and return its exit status."""
        self.ask("shutdown", None)
        return self.end()

    def end(self) -> int:
        """Tell the server to exit, and return its exit status."""
        self.tell("exit", None)
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(PATIENCE)
