"""What a request is answered that cannot be: the protocol asks for a reply to each.

Main definitions
----------------
AnsweringProtocol : answers also requests that make no sense, or that come too early or too late.
"""

from __future__ import annotations

import json

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.json_rpc import JsonRPCNotification

from symcausal.hints import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cattrs import Converter
    from pygls.lsp.server import LanguageServer

_NOTHING = "$/nothing"  # a notification that nobody handles


class AnsweringProtocol(LanguageServerProtocol):
    """The protocol of a language server in which no request is left without a reply."""

    def __init__(self, server: LanguageServer, converter: Converter) -> None:
        super().__init__(server, converter)
        self.is_begun = False
        self.is_over = False

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Return a message, of a part of a message that part; of a wrong request, nothing to do."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" not in data or "method" not in data:
                raise
            self._send_response(data["id"], error=error.to_response_error())
            return JsonRPCNotification(_NOTHING, self.VERSION, None)

    def handle_message(self, message: Any) -> None:
        """Handle a message, unless it is none, or comes before the first or after the last."""
        method = getattr(message, "method", "")
        if not hasattr(message, "jsonrpc"):
            number = message.get("id") if isinstance(message, dict) else None
            self._refuse(number, types.ErrorCodes.InvalidRequest, "no message of JSON-RPC 2.0")
        elif method and hasattr(message, "id") and self.is_over:
            self._refuse(message.id, types.ErrorCodes.InvalidRequest, "the server shuts down")
        elif method not in ("", types.INITIALIZE, types.EXIT, _NOTHING) and not self.is_begun:
            if hasattr(message, "id"):
                code = types.ErrorCodes.ServerNotInitialized
                self._refuse(message.id, code, "the server is not initialized yet")
        else:
            self.is_begun = self.is_begun or method == types.INITIALIZE
            self.is_over = self.is_over or method == types.SHUTDOWN
            super().handle_message(message)

    def refuse_text(self, error: json.JSONDecodeError | UnicodeDecodeError) -> None:
        """Answer what is no JSON."""
        self._refuse(None, types.ErrorCodes.ParseError, str(error))

    def _refuse(self, number: Any, code: types.ErrorCodes, words: str) -> None:
        # written out, since an absent number would be left out
        error = {"code": code.value, "message": words}
        self._send_data({"jsonrpc": self.VERSION, "id": number, "error": error})
