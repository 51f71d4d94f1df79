"""The language server: what an editor sends and what it is told.

Texts are kept here, as the editor has them, saved or not. A check begins a moment after the last
change, in a thread of its own, so that the server answers meanwhile; a change gives up the check of
what was there before.

Main definitions
----------------
serve : answer an editor on standard input and output until it leaves.
language_server : a server, not started yet.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from threading import Event
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.exceptions import JsonRpcException, PyglsError
from pygls.lsp.server import LanguageServer

from symcausal.editor.checked import CheckedText, Mend, Superseded, TextMark, check_open_text
from symcausal.editor.open_text import EditorPlace, OpenText
from symcausal.editor.protocol import AnsweringProtocol
from symcausal.model import Model

_CELL = "vscode-notebook-cell"  # of an address
UNTIL_CHECKED = 0.3  # seconds without a change
LONGEST_WAIT = 10.0  # of a question for the check that is under way
SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}


def serve(model: Model | None = None, *, budget: float = 2.0) -> bool:
    """Answer an editor on standard input and output until it leaves; whether it took leave before.

    Parameters
    ----------
    model : Model, optional
        For notes that declare none.
    budget : float
        Seconds for one claim.
    """
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # whoever sends nonsense is told, once
    server = language_server(model, budget=budget)
    server.start_io()
    return server.was_left_well


class _Server(LanguageServer):
    """A server that answers every request."""

    protocol: AnsweringProtocol

    def __init__(self) -> None:
        super().__init__("symcausal", metadata.version("symcausal"), protocol_cls=AnsweringProtocol)
        self.was_left_well = True

    def report_server_error(
        self, error: Exception, source: type[PyglsError] | type[JsonRpcException]
    ) -> None:
        """Say what is wrong with what an editor sends, once."""
        if isinstance(error, json.JSONDecodeError | UnicodeDecodeError):
            self.protocol.refuse_text(error)
        else:
            super().report_server_error(error, source)


class _OpenDocument:
    """A text that an editor has open, and what is known of it."""

    def __init__(self, text: OpenText, version: int | None, name: str, language: str) -> None:
        self.text = text
        self.version = version
        self.name = name
        self.language = language
        self.checked: CheckedText | None = None
        self.stale = Event()
        self.check: asyncio.Task[None] | None = None

    def is_current(self) -> bool:
        """Whether what is known is about the text as it is now."""
        return self.checked is not None and self.checked.text == self.text.text


class _Desk:
    """All documents that an editor has open."""

    def __init__(
        self, server: LanguageServer, model: Model | None, budget: float, delay: float
    ) -> None:
        self.server = server
        self.model = model
        self.budget = budget
        self.delay = delay
        self.documents: dict[str, _OpenDocument] = {}
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="check")

    # -- texts --------------------------------------------------------------------------------
    def open(self, item: types.TextDocumentItem) -> None:
        encoding = str(self.server.workspace.position_encoding or "utf-16")
        encoding = getattr(self.server.workspace.position_encoding, "value", encoding)
        self.close(item.uri)
        if urlsplit(item.uri).scheme == _CELL:
            return  # what a cell says depends on the others, which nobody shows here
        text = OpenText(item.text, encoding)
        document = _OpenDocument(text, item.version, _name(item.uri), item.language_id)
        self.documents[item.uri] = document
        self._check(item.uri, document)

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        document = self.documents.get(uri)
        if document is None:
            return
        for change in params.content_changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                at = change.range
                document.text = document.text.changed(_place(at.start), _place(at.end), change.text)
            else:
                document.text = OpenText(change.text, document.text.encoding)
        document.version = params.text_document.version
        self._check(uri, document)

    def close(self, uri: str) -> None:
        document = self.documents.pop(uri, None)
        if document is not None:
            self._give_up(document)

    def leave(self) -> None:
        for uri in list(self.documents):
            self.close(uri)

    def version(self, uri: str) -> int | None:
        """The version of a text, if its editor takes changes of one version only."""
        workspace = self.server.client_capabilities.workspace
        known = workspace.workspace_edit if workspace else None
        document = self.documents.get(uri)
        return document.version if document and known and known.document_changes else None

    # -- checks -------------------------------------------------------------------------------
    def _give_up(self, document: _OpenDocument) -> None:
        document.stale.set()
        if document.check is not None:
            document.check.cancel()

    def _check(self, uri: str, document: _OpenDocument) -> None:
        self._give_up(document)
        document.stale = Event()
        loop = asyncio.get_running_loop()
        document.check = loop.create_task(self._checked(uri, document, document.stale))

    async def _checked(self, uri: str, document: _OpenDocument, stale: Event) -> None:
        """Check a text once nobody writes, and tell what was found."""
        await asyncio.sleep(self.delay)
        text, version = document.text, document.version
        loop = asyncio.get_running_loop()
        checked = await loop.run_in_executor(self.worker, self._work, document, text.text, stale)
        if checked is None or self.documents.get(uri) is not document or document.text is not text:
            return
        document.checked = checked
        marks = [_diagnostic(mark, text) for mark in checked.marks()]
        self.server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, marks, version)
        )

    def _work(self, document: _OpenDocument, text: str, stale: Event) -> CheckedText | None:
        try:
            return check_open_text(
                text,
                document.name,
                language=document.language,
                model=self.model,
                budget=self.budget,
                given_up=stale.is_set,
            )
        except Superseded:
            return None

    async def current(self, uri: str) -> tuple[CheckedText, OpenText] | None:
        """What is known of a text as it is now; a check that is under way is waited for."""
        document = self.documents.get(uri)
        if document is not None and document.check is not None:
            await asyncio.wait({document.check}, timeout=LONGEST_WAIT)
        if document is None or document.checked is None or not document.is_current():
            return None
        return document.checked, document.text


def language_server(
    model: Model | None = None, *, budget: float = 2.0, delay: float = UNTIL_CHECKED
) -> _Server:
    """Return a server that is not started yet.

    Parameters
    ----------
    model : Model, optional
        For notes that declare none.
    budget : float
        Seconds for one claim.
    delay : float
        For how many seconds nobody may write before a text is checked.
    """
    server = _Server()
    desk = _Desk(server, model, budget, delay)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        desk.open(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        desk.change(params)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        desk.close(uri)
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        desk.leave()

    @server.feature(types.EXIT)
    def leave(_: None) -> None:
        server.was_left_well = server.protocol.is_over

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        known = await desk.current(params.text_document.uri)
        if known is None:
            return None
        checked, text = known
        told = checked.told(text.offset(_place(params.position)))
        if told is None:
            return None
        words, start, end = told
        content = types.MarkupContent(types.MarkupKind.Markdown, words)
        return types.Hover(content, _range(text, start, end))

    kinds = [types.CodeActionKind.QuickFix]
    options = types.CodeActionOptions(code_action_kinds=kinds)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        if not _wants_fixes(params.context.only):
            return []
        uri = params.text_document.uri
        known = await desk.current(uri)
        if known is None:
            return []
        checked, text = known
        start, end = text.offset(_place(params.range.start)), text.offset(_place(params.range.end))
        version = desk.version(uri)
        return [_action(mend, uri, text, version) for mend in checked.mends(start, end)]

    return server


# -- between this package and the protocol ------------------------------------------------------
def _name(uri: str) -> str:
    """The last part of an address, which has the ending of a file."""
    return unquote(urlsplit(uri).path).rpartition("/")[2] or "text"


def _place(position: types.Position) -> EditorPlace:
    return position.line, position.character


def _range(text: OpenText, start: int, end: int) -> types.Range:
    return types.Range(types.Position(*text.place(start)), types.Position(*text.place(end)))


def _diagnostic(mark: TextMark, text: OpenText) -> types.Diagnostic:
    return types.Diagnostic(
        range=_range(text, mark.start, mark.end),
        message=mark.message,
        severity=SEVERITIES[mark.level],
        code=mark.kind,
        source="symcausal",
    )


def _wants_fixes(only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether quick fixes are among the kinds that an editor asks for; none given is all."""
    asked = [getattr(kind, "value", kind) for kind in only or [""]]
    return any(kind in ("", "quickfix") for kind in asked)


def _action(mend: Mend, uri: str, text: OpenText, version: int | None) -> types.CodeAction:
    """A change of a text; with a version, an editor makes it in no other."""
    edit = types.TextEdit(_range(text, mend.start, mend.end), mend.text)
    whole = types.WorkspaceEdit(changes={uri: [edit]})
    if version is not None:
        name = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
        whole = types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(name, [edit])])
    return types.CodeAction(
        title=mend.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[_diagnostic(mend.mark, text)],
        edit=whole,
    )
