r"""From characters to few kinds of tokens: plain text, Unicode and LaTeX become one.

``P(L=strong | do(G=A))``, ``\Pr\left[L=\mathrm{strong} \,\middle|\, \mathrm{do(}G=A\mathrm{)}\right]``
and ``P(L=strong ∣ do(G=A))`` give the same kinds of tokens, so the grammar is small. Every token knows
its characters. One pass; each character is looked at a bounded number of times.

Main definitions
----------------
Token, Name : a token; the parts of a name with its scripts and primes.
Spelling : what the lexer must know of a vocabulary.
tokenise : the tokens of a stretch of text.

Implementation notes
--------------------
Braces are matched first. A brace then either means nothing (a font, a group inside an event), or it
opens a frame on the same stack as the other brackets, so that what is left open is known and deep
nesting is refused before any recursion. A frame also says whether its inside is arithmetic or
events, which decides what a bare group and a split word mean.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Protocol

from symcausal.errors import LimitError, ParseError, Source, Span
from symcausal.notation import signs

MAX_FORMULA = 100_000
MAX_DEPTH = 64
_MAX_DIGITS = 1000

_SPACE = re.compile(r"[\s~$\u200b\ufeff]+")
_WORD = re.compile(r"[^\W\d_⁰¹²³⁴-⁹₀-₉][^\W_⁰¹²³⁴-⁹₀-₉]*")
_RAISED = re.compile("[⁰¹²³⁴-⁹]+")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?(?:e[+-]?\d{1,3}(?!\d))?|\.\d+)(\s*\\%|%)?")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?|\\(.)?", re.DOTALL)
_SIGN = re.compile(r"_\|\|?_|<->|<-|->|<=|>=|==|!=|:=|\*\*|.", re.DOTALL)
_BRACKET_AHEAD = re.compile(
    r"(?:[\s}]|\\left(?![a-z])|\\[bB]igg?l?(?![a-z])|\\[!,;: ]){0,20}[(\[]"
)
_WORDS = re.compile(r"(?=.*[^\W\d_])\w(?:\w|[ -](?=\w))*")
_BLANK = re.compile(r"(?:\\[ ,;:!]|\\quad|~|\s)+")
_DROPPED = re.compile(r"\\(?:mathrm|text|mathbf|mathit|boldsymbol|rm|textrm|mathsf)\b|[{}\s]")
_SCRIPT = re.compile(r"[\w+\-*:,.|/=']{1,60}")
_ESCAPED = {
    r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^",
    r"\textless{}": "<", r"\textgreater{}": ">", r"\textbar{}": "|", r"\textquotedbl{}": '"',
}  # fmt: skip
_OPENERS = {"(": ")", "[": "]", "{": "}"}


class Name:
    """A name in parts: ``g'_{t}^{1}`` has base ``g``, sub ``t``, sup ``1`` and one prime."""

    __slots__ = ("base", "primes", "sub", "sup")

    def __init__(self, base: str, sub: str = "", sup: str = "", primes: int = 0) -> None:
        self.base = base
        self.sub = sub
        self.sup = sup
        self.primes = primes

    @property
    def text(self) -> str:
        """The one spelling of the name: ``x_{10}`` and ``x_10`` are the same."""
        return self.base + _script("_", self.sub) + _script("^", self.sup) + "'" * self.primes


class Token:
    """A kind, the normal text, the characters ``start`` to ``end``, and the bracket around it."""

    __slots__ = ("end", "inside", "kind", "name", "start", "text")

    def __init__(
        self, kind: str, text: str, start: int, end: int, *, inside: int = -1, name: Name | None = None
    ) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.inside = inside
        self.name = name

    def __repr__(self) -> str:
        return f"{self.kind}({self.text})"


class Spelling(Protocol):
    """What the lexer asks a vocabulary: which names there are and which are numbers."""

    def knows(self, name: str) -> bool:
        """Whether a spelling means something."""
        ...

    def is_parameter(self, name: str) -> bool:
        """Whether a spelling is a number of the model."""
        ...


class _Frame:
    """An open bracket or brace: where, what closes it, and what its inside is."""

    __slots__ = ("closer", "events", "kind", "position", "then", "token")

    def __init__(
        self, position: int, closer: str, kind: str, events: bool, token: int, then: str = ""
    ) -> None:
        self.position = position
        self.closer = closer
        self.kind = kind
        self.events = events
        self.token = token
        self.then = then


def tokenise(
    span: Span, spelling: Spelling | None = None, *, events: bool = False, model: bool = False
) -> list[Token]:
    """Cut a stretch of text into tokens.

    Parameters
    ----------
    span : Span
        What to read.
    spelling : Spelling or None
        The known names: a run of letters that is none may be several of them.
    events : bool
        Whether names stand for events outside all brackets, as in ``G=A, S=high``.
    model : bool
        Whether this is a statement of the model language: a quote is closed, and punctuation at the
        end counts.

    Raises
    ------
    LimitError
        If the text is too long, too deep, or a number has too many digits.
    ParseError
        If a bracket stays open or closes nothing, or a command is not known.
    """
    length = span.end - span.start
    if length > MAX_FORMULA:
        raise LimitError(
            f"a formula of {length} characters",
            expected=f"at most {MAX_FORMULA}",
            hint="split it",
            span=Span(span.source, span.start, span.start + 1),
        )
    lexer = _Lexer(span, spelling, events, model)
    lexer.run()
    return lexer.tokens


class _Lexer:
    def __init__(self, span: Span, spelling: Spelling | None, events: bool, model: bool) -> None:
        self.source: Source = span.source
        self.text = span.source.text
        self.start, self.end = span.start, span.end
        self.spelling = spelling
        self.events = events
        self.model = model
        self.tokens: list[Token] = []
        self.stack: list[_Frame] = []
        self.jumps: dict[int, int] = {}
        self.close_of = self._match_braces()

    # -- the pass -------------------------------------------------------------------------------
    def run(self) -> None:
        i = self.start
        while i < self.end:
            i = self._step(i)
        if self.stack:
            frame = self.stack[-1]
            raise self._left_open(frame, self.end)
        while not self.model and self.tokens and self.tokens[-1].text in (".", ",", ";"):
            self.tokens.pop()

    def _step(self, i: int) -> int:
        text = self.text
        if i in self.jumps:
            return self.jumps[i]
        character = text[i]
        space = _SPACE.match(text, i, self.end)
        if space:
            return space.end()
        if character in signs.SUMS:
            return self._sum(i, i + 1, whole_word=True)
        number = _NUMBER.match(text, i, self.end)
        if number:
            return self._number(number)
        word = _WORD.match(text, i, self.end)
        if word:
            return self._word(i, word.end())
        if character == "\\":
            return self._command(i)
        if character in "([":
            self._open(i, i + 1, character, "PAREN")
            return i + 1
        if character in ")]":
            return self._close(i, i + 1, character)
        if character == "{":
            return self._group(i)
        if character == "}":
            return self._close(i, i + 1, character)
        if character == '"':
            return self._quoted(i)
        if character == "%" and not self.model:
            end = text.find("\n", i, self.end)
            return self.end if end < 0 else end
        raised = _RAISED.match(text, i, self.end)
        if raised:
            self._emit("CARET", "^", i, i)
            self._emit("NUMBER", raised.group().translate(signs.SUPERSCRIPTS), i, raised.end())
            return raised.end()
        if character == "&":
            if self._in_events and self.stack:
                self._emit("COMMA", ",", i, i + 1)
            return i + 1
        return self._sign(i)

    def _sign(self, i: int) -> int:
        match = _SIGN.match(self.text, i, self.end)
        text = match.group() if match else ""
        if text not in signs.SIGNS and text[:1] == "_":
            raise self._error("'_'", i, expected="a name before a subscript")
        if text not in signs.SIGNS:
            raise self._error(f"the character '{text}'", i, expected="a formula")
        self._emit(*signs.SIGNS[text], i, i + len(text))
        return i + len(text)

    def _number(self, match: re.Match[str]) -> int:
        digits, percent = match.groups()
        if len(digits) > _MAX_DIGITS:
            raise LimitError(
                f"a number of {len(digits)} digits",
                expected=f"at most {_MAX_DIGITS}",
                span=Span(self.source, match.start(), match.end()),
            )
        text = str(Fraction(digits) / 100) if percent else digits
        self._emit("NUMBER", text, match.start(), match.end())
        return match.end()

    def _quoted(self, i: int) -> int:
        end = self.text.find('"', i + 1, self.end)
        if end < 0:
            raise self._error("a quote that is not closed", i, expected='another \'"\'')
        inside = self.text[i + 1 : end]
        self._emit("STRING", inside, i, end + 1, name=Name(inside))
        return end + 1

    # -- brackets -------------------------------------------------------------------------------
    @property
    def _in_events(self) -> bool:
        return self.stack[-1].events if self.stack else self.events

    def _open(self, i: int, end: int, character: str, kind: str, then: str = "") -> None:
        before = self.tokens[-1].kind if self.tokens else ""
        if kind == "PAREN":
            marked = before == "GCLOSE" and self._pending_probability
            events = before in ("PROB", "DO") or marked or self._in_events
            if before == "EXPECT":
                events = False
        else:
            events = kind in ("INDEX", "MARK")
        name = "LPAR" if kind == "PAREN" else "GOPEN"
        self._emit(name, character, i, end)
        self._push(_Frame(i, _OPENERS[character], kind, events, len(self.tokens) - 1, then))

    @property
    def _pending_probability(self) -> bool:
        opener = self.tokens[self.tokens[-1].inside]
        return opener.inside >= 0 and self.tokens[opener.inside].kind == "PROB"

    def _push(self, frame: _Frame) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise LimitError(
                f"brackets nested {MAX_DEPTH} deep",
                expected="a shallower formula",
                span=Span(self.source, frame.position, frame.position + 1),
            )
        self.stack.append(frame)

    def _close(self, i: int, end: int, character: str) -> int:
        if not self.stack:
            raise self._error(f"'{character}'", i, expected=f"a '{_opener(character)}' before it")
        frame = self.stack[-1]
        if frame.closer != character:
            raise self._left_open(frame, i)
        self.stack.pop()
        kind = "RPAR" if frame.kind == "PAREN" else "GCLOSE"
        self._emit(kind, character, i, end, inside=frame.token)
        if frame.then == "second":
            return self._argument(end, "FRACTION", "")
        return end

    def _left_open(self, frame: _Frame, i: int) -> ParseError:
        opener = self.text[frame.position]
        line, column = self.source.position(frame.position)
        here, _ = self.source.position(i)
        place = f"column {column}" if here == line else f"line {line}, column {column}"
        found = f"'{self.text[i]}'" if i < self.end else "the end"
        return ParseError(
            found,
            expected=f"'{frame.closer}'",
            hint=f"the '{opener}' opened at {place} is not closed",
            span=Span(self.source, i, i + 1) if i < self.end else Span(
                self.source, frame.position, frame.position + 1
            ),
        )

    def _match_braces(self) -> dict[int, int]:
        pairs: dict[int, int] = {}
        stack: list[int] = []
        if self.text.find("{", self.start, self.end) < 0:
            return pairs
        i = self.start
        while i < self.end:
            character = self.text[i]
            if character == "\\":
                i += 2
                continue
            if character == '"' and self.model:
                end = self.text.find('"', i + 1, self.end)
                i = self.end if end < 0 else end + 1
                continue
            if character == "{":
                stack.append(i)
            elif character == "}" and stack:
                pairs[stack.pop()] = i
            i += 1
        return pairs

    def _closing(self, i: int) -> int:
        """Where the brace at ``i`` closes."""
        if i not in self.close_of:
            raise self._left_open(_Frame(i, "}", "", False, -1), self.end)
        return self.close_of[i]

    def _pass_over(self, i: int) -> int:
        """Let the braces at ``i`` mean nothing."""
        close = self._closing(i)
        self.jumps[close] = close + 1
        return i + 1

    def _group(self, i: int) -> int:
        close = self._closing(i)
        inside = self.text[i + 1 : min(close, i + 12)].strip()
        if re.match(r"\\(?:rm|it|bf|sf)\b", inside):
            start = self.text.index("\\", i) + 3
            return self._font(i, start, close)
        lone = close - i < 12 and (
            inside in signs.SIGNS or (inside[:1] == "\\" and inside[1:] in signs.COMMANDS)
        )
        if self._in_events or lone or not inside:
            return self._pass_over(i)
        self._emit("LPAR", "{", i, i + 1)
        self._push(_Frame(i, "}", "PAREN", False, len(self.tokens) - 1))
        return i + 1

    def _argument(self, i: int, kind: str, then: str) -> int:
        """Open the argument of a command: a group, or one character."""
        i = self._blank(i)
        if i < self.end and self.text[i] == "{":
            self._closing(i)
            self._open(i, i + 1, "{", kind, then)
            return i + 1
        self._emit("GOPEN", "{", i, i)
        opener = len(self.tokens) - 1
        character = self.text[i : min(i + 1, self.end)]
        if character.isdigit():
            self._emit("NUMBER", character, i, i + 1)
            end = i + 1
        elif character.isalpha():
            self._emit_name(Name(_greek(character)), i, i + 1)
            end = i + 1
        else:
            match = _COMMAND.match(self.text, i, self.end)
            if not match or match.group(1) not in signs.GREEK_NAMES:
                raise self._error(self._shown(i), i, expected="'{'")
            self._emit_name(Name(match.group(1)), i, match.end())
            end = match.end()
        self._emit("GCLOSE", "}", end, end, inside=opener)
        return self._argument(end, kind, "") if then == "second" else end

    # -- words ----------------------------------------------------------------------------------
    def _word(self, i: int, end: int) -> int:
        word = self.text[i:end]
        apart = re.compile(r"d\s+o\s*[(\[]").match(self.text, i, self.end) if word == "d" else None
        if apart:
            self._emit("DO", "do", i, apart.end() - 1)
            return apart.end() - 1
        if word == "do" and self._bracket_at(end):
            self._emit("DO", "do", i, end)
            return end
        if word == "sum" and self.text[end : end + 1] == "_" and not self._known("sum"):
            return self._sum(i, end, whole_word=True)
        if word[0] in signs.GREEK_LETTERS and len(word) > 1 and word[1].isascii():
            end, word = i + 1, word[0]
        return self._named(_greek(word), i, end)

    def _named(self, base: str, i: int, end: int, *, splits: bool = True) -> int:
        """A name with its scripts, or the sign of a probability or of an expectation."""
        operator = self._operator(base, i, end)
        if operator is not None:
            return operator
        name, stop = self._scripts(base, end)
        if splits and len(base) > 1 and not self.model and stop - i < 200:
            split = self._split(name, i, end)
            if split is not None:
                return split
        self._emit_name(name, i, stop)
        return stop

    def _operator(self, base: str, i: int, end: int) -> int | None:
        kind = (
            "PROB" if base in signs.PROBABILITIES
            else "EXPECT" if base in signs.EXPECTATIONS
            else None
        )  # fmt: skip
        if kind is None:
            return None
        if self.text[end : end + 1] in ("_", "^", "'", "′"):
            return self._marked(kind, base, i, end)
        if not self._bracket_at(end):
            return None
        self._check_number(base, i, end)
        self._emit(kind, base, i, end)
        return end

    def _marked(self, kind: str, base: str, i: int, end: int) -> int | None:
        """``P`` with a subscript before its bracket."""
        character = self.text[end]
        start = self._blank(end + 1) if character in "_^" else end
        if character in "_^" and start < self.end and self.text[start] == "{":
            stop = self._closing(start) + 1
        else:
            match = re.compile(r"\\[A-Za-z]+'*|\w+['′]*|['′*]+").match(self.text, start, self.end)
            stop = match.end() if match else start
        if not self._bracket_at(stop):
            return None
        if kind == "EXPECT" or character != "_":
            raise ParseError(
                f"'{self.text[i:stop]}' before a bracket",
                expected=f"'{base}' alone",
                hint="only a subscript for an intervention is read: P_x(y) is P(y | do(x))",
                span=Span(self.source, i, stop),
            )
        self._check_number(base, i, end)
        self._emit("PROB", base, i, end)
        prob = len(self.tokens) - 1
        self._emit("GOPEN", "{", end, start + 1, inside=prob)
        opener = len(self.tokens) - 1
        if self.text[start] == "{":
            self._push(_Frame(start, "}", "MARK", True, opener))
            return start + 1
        word = _WORD.match(self.text, start, stop)
        if word:
            name, after = self._scripts(_greek(word.group()), word.end())
        else:
            command = _COMMAND.match(self.text, start, stop)
            name, after = self._scripts(command.group(1) if command else "", stop)
            if not name.base:
                raise self._error(f"'{self.text[start:stop]}'", start, expected="a name")
        self._emit_name(name, start, after)
        self._emit("GCLOSE", "}", after, after, inside=opener)
        return after

    def _check_number(self, base: str, i: int, end: int) -> None:
        if self.spelling is not None and self.spelling.is_parameter(base):
            raise ParseError(
                f"'{base}(' reads both ways: a probability, or the parameter {base} times a bracket",
                hint=f"write {base}*(...) for the product, and P(...) for the probability",
                span=Span(self.source, i, end),
            )

    def _split(self, name: Name, i: int, end: int) -> int | None:
        """Take a run of letters apart into known names, the longest first."""
        value = bool(self.tokens) and self.tokens[-1].kind in ("EQ", "DEFINE") and self._in_events
        if value or self._known(name.text) or self._known(name.base):
            return None
        before, opened, word = len(self.tokens), self._bracket_at(end), self.text[i:end]
        pieces = self._pieces(word, opened)
        if not pieces:
            return None
        for piece in pieces:
            if len(self.tokens) > before and self._in_events:
                self._emit("COMMA", ",", i, i)
            if opened and i + len(piece) == end and (piece in signs.PROBABILITIES):
                self._emit("PROB", piece, i, end)
                return end
            stop = i + len(piece)
            if stop == end:
                last, stop = self._scripts(piece, end)
                self._emit_name(last, i, stop)
                return stop
            self._emit_name(Name(piece), i, stop)
            i = stop
        return i

    def _pieces(self, word: str, opened: bool) -> list[str]:
        if self.spelling is None:
            # yP(y): one letter before the sign of a probability
            if opened and word[1:] in ("P", "Pr"):
                return [word[0], word[1:]]
            return []
        pieces: list[str] = []
        i = 0
        while i < len(word):
            for stop in range(min(len(word), i + 60), i, -1):
                piece = word[i:stop]
                sign = opened and stop == len(word) and piece in ("P", "p", "Pr")
                if sign or self._known(piece):
                    break
            else:
                return []
            pieces.append(piece)
            i = stop
        return pieces

    def _known(self, name: str) -> bool:
        return self.spelling is not None and self.spelling.knows(name)

    def _scripts(self, base: str, i: int) -> tuple[Name, int]:
        """Read the primes, subscripts and superscripts of a name."""
        subs: list[str] = []
        sup, primes = "", 0
        while i < self.end:
            character = self.text[i]
            if character in signs.PRIMES:
                primes += signs.PRIMES[character]
                i += 1
            elif ord(character) in signs.SUBSCRIPTS:
                subs.append(signs.SUBSCRIPTS[ord(character)])
                i += 1
            elif ord(character) in signs.SUPERSCRIPTS:
                sup += signs.SUPERSCRIPTS[ord(character)]
                i += 1
            elif character in "_^":
                script = self._script_at(i)
                if script is None:
                    break
                text, i = script
                if character == "_":
                    subs.append(text)
                elif text.strip("'") == "":
                    primes += len(text)
                elif sup:
                    raise self._error("a second superscript", i - 1, expected="one")
                else:
                    sup = text
            else:
                break
        return Name(base, "_".join(subs), sup, primes), i

    def _script_at(self, i: int) -> tuple[str, int] | None:
        below = self.text[i] == "_"
        start = self._blank(i + 1)
        if start < self.end and self.text[start] == "{":
            close = self._closing(start)
            return self._clean(start, self.text[start + 1 : close]), close + 1
        if start != i + 1 and below:
            return None
        pattern = r"\w+" if below else r"\d+|[^\W\d_]|[*'′]"
        match = re.compile(pattern + r"|\\[A-Za-z]+").match(self.text, start, self.end)
        if not match:
            return None
        return self._clean(start, match.group()), match.end()

    def _clean(self, i: int, script: str) -> str:
        if len(script) > 200:
            raise self._error("a long script", i, expected="a short one")
        text = _DROPPED.sub("", script.replace("\\prime", "'").replace("′", "'"))
        text = re.sub(r"\\(?:ast|star)\b", "*", text)
        text = re.sub(r"\\(?:mid|vert)\b", "|", text)
        text = re.sub(r"\\[,;:! ]", "", text).replace("\\", "")
        if not _SCRIPT.fullmatch(text):
            raise self._error(f"the script '{script}'", i, expected="letters, digits or primes")
        return text

    # -- commands -------------------------------------------------------------------------------
    def _command(self, i: int) -> int:
        match = _COMMAND.match(self.text, i, self.end)
        word = match.group(1) if match else None
        end = match.end() if match else i + 1
        if word is None:
            return self._control_sign(i, end)
        if word in signs.COMMANDS:
            self._emit(*signs.COMMANDS[word], i, end)
            return end
        if word in signs.SILENT:
            return self._silent(word, end)
        if word in signs.FONTS:
            return self._font(i, end, None)
        if word in signs.FRACTIONS:
            self._emit("FRAC", word, i, end)
            return self._argument(end, "FRACTION", "second")
        if word == "sum":
            return self._sum(i, end, whole_word=False)
        if word == "Pr":
            return self._named("Pr", i, end, splits=False)
        if word == "do":
            self._emit("DO", "do", i, end)
            return end
        if word in signs.HATS:
            return self._hat(i, end)
        if word in signs.BARS_OVER:
            self._emit("NOT", "¬", i, end)
            return end
        if word in signs.SILENT_ARGUMENT:
            return self._silent_argument(word, end)
        if word in signs.GREEK_NAMES:
            return self._named(word, i, end, splits=False)
        if word in signs.DOTS:
            raise self._error("dots", i, end, expected="every term", hint="write the terms out")
        if word in signs.OUTSIDE:
            raise self._error(f"'\\{word}', {signs.OUTSIDE[word]}, which is not read", i, end)
        raise self._error(f"the unknown command '\\{word}'", i, end, expected="a formula")

    def _control_sign(self, i: int, end: int) -> int:
        character = self.text[i + 1 : end]
        if character == "\\":
            skip = re.compile(r"\s*\[[^\]]{0,20}(?:pt|em|ex|mm|cm)\]").match(self.text, end, self.end)
            if self._in_events and self.stack:
                self._emit("COMMA", ",", i, end)
            return skip.end() if skip else end
        if character == "{":
            if self._in_events:
                return end
            self._emit("LPAR", "{", i, end)
            self._push(_Frame(i + 1, "\\}", "PAREN", False, len(self.tokens) - 1))
            return end
        if character == "}":
            if self._in_events and not (self.stack and self.stack[-1].closer == "\\}"):
                return end
            return self._close(i, end, "\\}")
        if character in tuple(",;:! >/()[]"):
            return end
        raise self._error(f"'\\{character}'", i, end, expected="a formula")

    def _silent(self, word: str, end: int) -> int:
        if word in ("left", "right"):
            dot = self._blank(end)
            return dot + 1 if self.text[dot : dot + 1] == "." else end
        i = self._blank(end)
        if word in ("underbrace", "overbrace") and self.text[i : i + 1] == "{":
            close = self._closing(i)
            label = re.compile(r"\s*[_^]\s*(?=\{)").match(self.text, close + 1, self.end)
            self.jumps[close] = self._closing(label.end()) + 1 if label else close + 1
            return i + 1
        return end

    def _silent_argument(self, word: str, end: int) -> int:
        i = self._blank(end)
        if self.text[i : i + 1] != "{":
            return end
        close = self._closing(i)
        after = self._blank(close + 1)
        array = word == "begin" and self.text[i + 1 : close].strip("*") in ("array", "alignedat")
        if array and self.text[after : after + 1] == "{":
            return self._closing(after) + 1
        shown = word in ("stackrel", "overset", "textcolor")
        if shown and self.text[after : after + 1] == "{":
            return self._pass_over(after)
        return close + 1

    def _font(self, i: int, end: int, close: int | None) -> int:
        r"""``\mathrm{..}`` with words is a name; with anything else the font means nothing."""
        start = self._blank(end)
        if close is None:
            if self.text[start : start + 1] != "{":
                return self._font_letter(i, start)
            close = self._closing(start)
            start += 1
        after = close + 1
        inside = _plain(self.text[start:close]) if close - start < 200 else ""
        if inside == "do" and self._bracket_at(after):
            self._emit("DO", "do", i, after)
            return after
        words = _WORDS.fullmatch(inside) and "_" not in self.text[start:close].replace("\\_", "")
        if words or self._known(inside):
            return self._named(_greek(inside), i, after, splits=False)
        self.jumps[close] = after
        return start

    def _font_letter(self, i: int, start: int) -> int:
        character = self.text[start : min(start + 1, self.end)]
        if not character.isalpha():
            return start
        return self._named(_greek(character), i, start + 1, splits=False)

    def _hat(self, i: int, end: int) -> int:
        start = self._blank(end)
        self._emit("DO", "do", i, end)
        self._emit("LPAR", "(", end, end)
        if self.text[start : start + 1] == "{":
            self._closing(start)
            self._push(_Frame(start, "}", "PAREN", True, len(self.tokens) - 1))
            return start + 1
        opener = len(self.tokens) - 1
        match = re.compile(r"\\([A-Za-z]+)|([^\W\d_])").match(self.text, start, self.end)
        if not match:
            raise self._error(self._shown(start), start, expected="a name under the hat")
        self._emit_name(Name(match.group(1) or _greek(match.group(2))), start, match.end())
        self._emit("RPAR", ")", match.end(), match.end(), inside=opener)
        return match.end()

    def _sum(self, i: int, end: int, *, whole_word: bool) -> int:
        match = re.compile(r"\s*(?:\\(?:no)?limits\s*)?_\s*").match(self.text, end, self.end)
        if not match:
            raise self._error("a sum without an index", i, end, hint=r"write \sum_{x} ...")
        self._emit("SUM", "sum", i, end)
        start = match.end()
        if self.text[start : start + 1] == "{":
            self._closing(start)
            self._open(start, start + 1, "{", "INDEX")
            return start + 1
        self._emit("GOPEN", "{", start, start)
        opener = len(self.tokens) - 1
        word = _WORD.match(self.text, start, self.end)
        command = _COMMAND.match(self.text, start, self.end)
        if word:
            run = word.group()
            if whole_word and len(run) > 1 and self._bracket_at(word.end()):
                run = re.sub(r"(?<=.)(?:P|p|Pr)$", "", run)
            length = len(run) if whole_word or self._known(run) else 1
            stop, base = start + length, run[:length]
        elif command and command.group(1):
            stop, base = command.end(), command.group(1)
        else:
            raise self._error(self._shown(start), start, expected="an index of the sum")
        name = Name(_greek(base))
        if whole_word:
            name, stop = self._scripts(name.base, stop)
        else:
            while self.text[stop : stop + 1] in signs.PRIMES:
                name.primes += signs.PRIMES[self.text[stop]]
                stop += 1
        self._emit_name(name, start, stop)
        self._emit("GCLOSE", "}", stop, stop, inside=opener)
        return stop

    # -- small things ---------------------------------------------------------------------------
    def _emit(
        self, kind: str, text: str, start: int, end: int, *, inside: int = -2, name: Name | None = None
    ) -> None:
        around = self.stack[-1].token if self.stack else -1
        last = self.tokens[-1].kind if self.tokens else ""
        if kind == "INDEP" and last == "INDEP":
            return
        token = Token(kind, text, start, end, inside=around if inside == -2 else inside, name=name)
        self.tokens.append(token)

    def _emit_name(self, name: Name, start: int, end: int) -> None:
        self._emit("NAME", name.text, start, end, name=name)

    def _blank(self, i: int) -> int:
        while i < self.end and (self.text[i].isspace() or self.text[i] == "~"):
            i += 1
        return i

    def _bracket_at(self, i: int) -> bool:
        return _BRACKET_AHEAD.match(self.text, i, self.end) is not None

    def _shown(self, i: int) -> str:
        return f"'{self.text[i]}'" if i < self.end else "the end"

    def _error(
        self, found: str, start: int, end: int | None = None, *, expected: str = "", hint: str = ""
    ) -> ParseError:
        span = Span(self.source, start, start + 1 if end is None else end)
        return ParseError(found, expected=expected, hint=hint, span=span)


def _opener(closer: str) -> str:
    return {")": "(", "]": "[", "}": "{", "\\}": "\\{"}[closer]


def _plain(words: str) -> str:
    """Words in a font without their LaTeX escapes."""
    for command, character in _ESCAPED.items():
        words = words.replace(command, character)
    return re.sub(r"\\([_%&#${}])", r"\1", _BLANK.sub(" ", words)).strip()


def _greek(word: str) -> str:
    return signs.GREEK_LETTERS.get(word, word)


def _script(sign: str, text: str) -> str:
    if not text:
        return ""
    plain = text.replace("_", "").isalnum() if sign == "_" else text.isdigit() or len(text) == 1
    return sign + (text if plain else "{" + text + "}")
