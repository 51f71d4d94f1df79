r"""From characters to few kinds of tokens: plain text, Unicode and LaTeX become one.

``P(L=strong | do(G=A))`` and ``\Pr\left[L=\mathrm{strong} \,\middle|\, \mathrm{do(}G=A\mathrm{)}
\right]`` give the same kinds of tokens, so the grammar is small. Every token knows its characters.
One pass; each character is looked at a bounded number of times.

Main definitions
----------------
tokenise : the tokens of a stretch of text.
raw_tokens : those that stand in it, without what dots leave out.

Implementation notes
--------------------
The lexer is one class in three files: ``brackets`` keeps what is open, ``words`` reads names, and
here is the pass over the characters with the commands of LaTeX.
"""

from __future__ import annotations

import re
from fractions import Fraction

from symcausal.errors import LimitError, Span
from symcausal.patterns import late
from symcausal.reading.brackets import Frame
from symcausal.reading.numerals import MAX_DIGITS, matched, value_of
from symcausal.reading.tokens import Name, Spelling, Token
from symcausal.reading.words import COMMAND, Words, greek, word_end
from symcausal.writing import signs

MAX_FORMULA = 100_000

# a product over what stands below its sign
PRODUCT_OVER = late(r"(?:\\prod(?![A-Za-z])|∏)\s*(?:\\(?:no)?limits\s*)?[_^]")
_NOTHING = frozenset("$\u200b\ufeff")  # signs that say no more than a blank does
_NEGATION = late(r"~(?=\w)")
_NEGATED = late(r"~\w+")
_TEX = late(r"[\\\\$]|~\s*\|")
_STATE = late(
    r"(\d+(?:\.\d+)?(?:e[+-]?\d{1,3}(?!\d))?|\.\d+)((?:\s|\\[ ,;:!])*\\%|[ \t]*%(?!.*\n))?"
)
_DIGITS = late(r"\d+(?:\.\d+)?|\.\d+")
_PROBABLY = late(r"(?:[PpE]|Pr)\s*[(\[_]|=")
_SIGN = late(r"_\|\|?_|<->|<-|->|<=|>=|==|!=|:=|\*\*|.", re.DOTALL)
_RAISED = late("(⁻?)([⁰¹²³⁴-⁹]+)")
_OLD_FONT = late(r"\\(?:rm|it|bf|sf)\b")
_ROW_GAP = late(r"\s*\[[^\]]{0,20}(?:pt|em|ex|mm|cm)\]")
_PLACED = frozenset({"aligned", "alignedat", "gathered", "multlined", "array"})
_UNDER_ACCENT = late(
    r"\s*(?:\{\s*\\?(?P<braced>[A-Za-z]|(?<=\\)[A-Za-z]+)\s*\}|(?P<bare>(?<![A-Za-z])[A-Za-z]|(?<=\s)[A-Za-z]))"
)
_PRIMED = late(r"['′’″]|\\prime")
_PLACE = late(r"\s*\[[tbc]\]")
_DIFFERENTIAL = late(
    r"(?:d|\\(?:mathrm|text|operatorname|mathop)\s*\{\s*d\s*\}|\\rm\s+d|\\dd?(?![A-Za-z])|\\diff(?![A-Za-z]))"
    r"(?:\s|\\[,;:! ])*(?!o\s*[(\[])\\?(?P<name>(?<=\\)[A-Za-z]+|[A-Za-z](?=_|'|d[A-Za-z]|[^A-Za-z]|\Z))"
)
_ALL_OF_IT = r"(?:\\(?:Omega|math[a-z]+\s*\{?\s*[A-Za-z]\s*\}?)(?:_\w|_\{\w+\})?|[A-Za-z])"
_LIMITS = late(
    r"\s*(?:\\(?:no)?limits\s*)?_\s*(?:\{?\s*[-−]\s*(?:\\infty|∞)\s*\}?\s*\^\s*\{?\s*[+]?\s*(?:\\infty|∞)\s*\}?"
    rf"|\{{\s*{_ALL_OF_IT}\s*\}}|{_ALL_OF_IT})"
)
_LABEL = late(r"\s*[_^]\s*(?=\{)")
_UNDER_HAT = late(r"\\([A-Za-z]+)|([^\W\d_])")


def tokenise(
    span: Span,
    spelling: Spelling | None = None,
    *,
    events: bool = False,
    model: bool = False,
    commas: bool = False,
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
    commas : bool
        Whether decimals have a comma, as in ``0,65``.

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
    lexer = _Lexer(span, spelling, events, model, commas)
    lexer.run()
    tokens = lexer.tokens
    if spelling is not None and spelling.sizes:
        from symcausal.reading.open_ends import sized  # few formulas leave a number open

        tokens = sized(tokens, spelling.sizes, span.source)
    if lexer.integrals:
        from symcausal.reading.densities import integrated  # few formulas have one

        tokens = integrated(tokens, span.source)
    if any(token.kind == "DOTS" for token in tokens):
        from symcausal.reading.dots import unrolled  # few formulas leave terms out

        tokens = unrolled(tokens, span.source, spelling)
    return tokens


def raw_tokens(
    span: Span, spelling: Spelling | None = None, *, commas: bool = False
) -> list[Token]:
    """Return the tokens that stand in a formula, without what its dots leave out.

    Raises
    ------
    LimitError, ParseError
        As :func:`tokenise` does for what is no formula.
    """
    lexer = _Lexer(span, spelling, False, False, commas)
    lexer.run()
    return lexer.tokens


_TERM_ENDS = (
    frozenset({"RPAR", "GCLOSE", "NUMBER", "NAME", "STRING"}),
    frozenset({"PROB", "EXPECT", "FRAC", "LPAR", "SUM", "PRODUCT", "NUMBER", "NAME", "STRING"}),
)


_OUTCOMES = frozenset("+-−")
_SEVERAL = late(r"[,;∩∪∧∨|∣]|\\(?:cap|cup|land|lor|wedge|vee|setminus|mid|vert)(?![A-Za-z])")
_ALONE = late(r"\s*(?:[)\],|∣]|\\(?:mid|vert|right|cap|middle)\b)")
_ONE_STATE = late(
    r"\s*(?P<variable>\\?[A-Za-z]+(?:_\w|_\{\w+\})?)\s*(?:\^|=)\s*(?P<state>\{[^{}]+\}|[^\s{}|^=]+)\s*"
)


def _are_states_of_one(words: str) -> bool:
    r"""Whether a set holds states of one variable, as in ``\{g^1, g^2\}``: one or the other."""
    found = [_ONE_STATE.fullmatch(piece) for piece in words.split(",")]
    states = {piece["state"] for piece in found if piece is not None}
    variables = {piece["variable"] if piece is not None else "" for piece in found}
    return len(found) > 1 and len(variables) == 1 and len(states) == len(found)


class _Lexer(Words):
    # -- the pass -------------------------------------------------------------------------------
    def run(self) -> None:
        i = self.start
        while i < self.end:
            i = self._step(i)
        if self.stack:
            frame = self.stack[-1]
            raise self._left_open(frame, self.end)
        self._check_gaps()
        if self.accented:
            self._check_hats()
        while not self.model and self.tokens and self.tokens[-1].text in (".", ",", ";"):
            self.tokens.pop()

    def _step(self, i: int) -> int:
        text = self.text
        if i in self.jumps:
            return self.jumps[i]
        character = text[i]
        if character == "~":
            if self._is_negation(i):
                self._emit("NOT", "¬", i, i + 1)
            elif self._draws(i):
                self._emit("SIM", "~", i, i + 1)
            return i + 1
        if character.isspace() or character in _NOTHING:
            return i + 1
        if character in signs.SUMS:
            return self._sum(i, i + 1, whole_word=True)
        if character == "∏" and PRODUCT_OVER.match(text, i, self.end):
            return self._sum(i, i + 1, whole_word=True, kind="PRODUCT")
        if character == "∫":
            return self._integral(i, i + 1, 1)
        if len(self.stack) in self.integrals:
            differential = _DIFFERENTIAL.match(text, i, self.end)
            if differential:
                name, stop = self._scripts(greek(differential["name"]), differential.end())
                self._emit("DIFFERENTIAL", name.text, i, stop, name=name)
                return stop
        if character in "…⋯" or text.startswith("...", i) or self._is_two_dots(i):
            end = i + (1 if character in "…⋯" else 3 if text.startswith("...", i) else 2)
            self._emit("DOTS", "...", i, end)
            return end
        if character.isdecimal() or character == ".":
            number = self._number(i)
            if number is not None:
                return number
        end_of_word = word_end(text, i, self.end)
        if end_of_word > i:
            return self._word(i, end_of_word)
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
            return self._comment(i)
        raised = None if character.isascii() else _RAISED.match(text, i, self.end)
        if raised:
            self._emit("CARET", "^", i, i)
            if raised.group(1):
                self._emit("MINUS", "-", i, i)
            self._emit("NUMBER", raised.group(2).translate(signs.SUPERSCRIPTS), i, raised.end())
            return raised.end()
        if character == "&":
            if self._in_events and self.stack:
                self._emit("COMMA", ",", i, i + 1)
            else:
                self.gaps.append((len(self.tokens), i, i + 1))
            return i + 1
        return self._sign(i)

    def _is_two_dots(self, i: int) -> bool:
        """Whether ``..`` stands between two commas."""
        if not self.text.startswith("..", i) or not self._in_events:
            return False
        after = self.text[self._blank(i + 2) :][:1]
        return after == "," and bool(self.tokens) and self.tokens[-1].kind == "COMMA"

    def _is_negation(self, i: int) -> bool:
        """Whether ``~`` says *not*; in TeX it is a blank."""
        before = self.tokens[-1].kind if self.tokens else ""
        if not self._in_events or before not in ("LPAR", "COMMA", "BAR") or self.model:
            return False
        if not _NEGATION.match(self.text, i, self.end):
            return False
        if self.is_tex is None:
            self.is_tex = _TEX.search(self.text, self.start, self.end) is not None
        # nobody puts a blank behind an opening bracket
        return not self.is_tex or before == "LPAR" or self._is_denied_elsewhere(i)

    def _is_denied_elsewhere(self, i: int) -> bool:
        """Whether ``~`` with the name behind it stands behind an opening bracket, too."""
        name = _NEGATED.match(self.text, i, self.end)
        return name is not None and f"({name.group()})" in self.text[self.start : self.end]

    def _draws(self, i: int) -> bool:
        """Whether ``~`` stands between a letter and its law, as in ``E_{x ~ p(x)}``."""
        within = self.stack[-1].kind if self.stack else ""
        after = self.text[self._blank(i + 1) :][:1]
        return within == "MARK" and self.tokens[-1].kind == "NAME" and after.isalpha()

    def _comment(self, i: int) -> int:
        """Pass over a comment; one that swallows what is read here is refused."""
        end = self.text.find("\n", i, self.end)
        line = max(self.text.rfind("\n", self.start, i) + 1, self.start)
        ink = self.text[line:i].strip()
        if ink and (end < 0 or _PROBABLY.search(self.text, i, end)):
            raise self._error(
                "'%', which makes a comment of the rest of the line",
                i,
                hint=r"for a percentage write 50\%; a comment stands on a line of its own",
            )
        return self.end if end < 0 else end

    def _check_gaps(self) -> None:
        """Refuse a sign of a table, such as ``&``, unless an operator stands beside it."""
        for count, start, end in self.gaps:
            sides = (self.tokens[count - 1 : count], self.tokens[count : count + 1])
            if not all(side and side[0].kind in _TERM_ENDS[at] for at, side in enumerate(sides)):
                continue
            raise self._error(
                f"'{self.text[start:end]}' between two formulas",
                start,
                end,
                expected="an operator or a relation",
                hint="write * for a product; one formula is read at a time",
            )

    def _sign(self, i: int) -> int:
        match = _SIGN.match(self.text, i, self.end)
        text = match.group() if match else ""
        if text in _OUTCOMES and not self._is_closed and self._is_outcome(i):
            # P(+ | D): a test is positive, or not
            if text != "+":
                self._emit("NOT", "¬", i, i)
            self._emit("STRING", "positive", i, i + 1, name=Name("positive"))
            return i + 1
        if text not in signs.SIGNS and text[:1] == "_":
            raise self._error("'_'", i, expected="a name before a subscript")
        if text not in signs.SIGNS:
            raise self._error(f"the character '{text}'", i, expected="a formula")
        kind, meaning = signs.SIGNS[text]
        if kind == "COMMA" and self.stack and self.stack[-1].then == "either":
            kind, meaning = "OR", "or"
        self._emit(kind, meaning, i, i + len(text))
        return i + len(text)

    def _is_outcome(self, i: int) -> bool:
        """Whether a sign stands alone as an event."""
        before = self.tokens[-1].kind if self.tokens else ""
        alone = _ALONE.match(self.text, i + 1, self.end) is not None
        return self._in_events and before in ("LPAR", "COMMA", "BAR") and alone

    def _number(self, i: int) -> int | None:
        """A number: in a formula a numeral as people write it, else digits with a point."""
        plain = self.model or self._in_events or self._lists_numbers
        match = _STATE.match(self.text, i, self.end) if plain else None
        match = match if plain else matched(self.text, i, self.end, comma=self.commas)
        if match is None:
            return None
        if match.end() - i > MAX_DIGITS:
            raise LimitError(
                f"a number of {match.end() - i} digits",
                expected=f"at most {MAX_DIGITS}",
                span=Span(self.source, i, match.end()),
            )
        digits = match.group()
        if plain:
            digits, percent = match.groups()
            digits = str(Fraction(digits) / 100) if percent else digits
        elif not _DIGITS.fullmatch(digits):
            digits = str(value_of(match).value)
        self._emit("NUMBER", digits, i, match.end())
        return match.end()

    @property
    def _lists_numbers(self) -> bool:
        """Whether a comma between numbers parts them: ``f(0,1)``, ``{0,1}``."""
        frame = self.stack[-1] if self.stack else None
        if frame is None or frame.kind != "PAREN":
            return False
        before = self.tokens[frame.token - 1].kind if frame.token else ""
        return frame.closer == "\\}" or before in ("NAME", "IN", "NOTIN", "EXPECT")

    def _quoted(self, i: int) -> int:
        end = self.text.find('"', i + 1, self.end)
        if end < 0:
            raise self._error("a quote that is not closed", i, expected="another '\"'")
        inside = self.text[i + 1 : end]
        self._emit("STRING", inside, i, end + 1, name=Name(inside))
        return end + 1

    # -- groups ---------------------------------------------------------------------------------
    def _group(self, i: int) -> int:
        close = self._closing(i)
        if self._takes_events and self._bracket_at(i + 1):
            return self._pass_over(i)
        inside = self.text[i + 1 : min(close, i + 12)].strip()
        if _OLD_FONT.match(inside):
            start = self.text.index("\\", i) + 3
            return self._font(i, start, close)
        lone = close - i < 12 and (
            inside in signs.SIGNS or (inside[:1] == "\\" and inside[1:] in signs.COMMANDS)
        )
        if (self._in_events and not self._lists) or lone or not inside:
            return self._pass_over(i)
        self._emit("LPAR", "{", i, i + 1)
        self._push(Frame(i, "}", "PAREN", self._in_events, len(self.tokens) - 1))
        return i + 1

    @property
    def _lists(self) -> bool:
        r"""Whether what opens now is a list of values, as in ``G \in \{A, B\}``."""
        return bool(self.tokens) and self.tokens[-1].kind in ("IN", "NOTIN")

    # -- commands -------------------------------------------------------------------------------
    def _command(self, i: int) -> int:
        match = COMMAND.match(self.text, i, self.end)
        word = match.group(1) if match else None
        end = match.end() if match else i + 1
        if word is None:
            return self._control_sign(i, end)
        if word in signs.COMMANDS:
            self._emit(*signs.COMMANDS[word], i, end)
            return end
        if word in signs.SILENT:
            if word == "underline" and self._in_events:
                raise self._error(
                    r"'\underline' within a probability", i, end, hint="it cuts arrows of a graph"
                )
            return self._silent(word, end)
        if word in signs.FONTS:
            return self._font(i, end, None, word)
        if word in signs.FRACTIONS:
            self._emit("FRAC", word, i, end)
            return self._argument(end, "FRACTION", "second")
        if word == "sum":
            return self._sum(i, end, whole_word=False)
        if word in signs.INTEGRALS:
            return self._integral(i, end, word.count("i"))
        if word == "prod" and PRODUCT_OVER.match(self.text, i, self.end):
            return self._sum(i, end, whole_word=False, kind="PRODUCT")
        if word in signs.PROBABILITY_COMMANDS or word in signs.EXPECTATION_COMMANDS:
            return self._sign_of_probability(word, i, end)
        if word == "do":
            self._emit("DO", "do", i, end)
            return end
        accented = self._accented(word, i, end) if word in signs.OVER_LETTERS else None
        if accented is not None:
            return accented
        if word in signs.HATS:
            return self._hat(i, end)
        if word in signs.BARS_OVER:
            self._emit("NOT", "¬", i, end)
            return self._under_bar(end)
        if word == "setminus" and self._in_events and self.stack[-1:] and (
            self.stack[-1].kind == "PAREN"
        ):  # fmt: skip
            self._emit("LESS", "without", i, end)
            return end
        if word in signs.SILENT_ARGUMENT:
            return self._silent_argument(word, end)
        if word in signs.GREEK_NAMES:
            return self._named(word, i, end, splits=False)
        if word in signs.DOTS:
            self._emit("DOTS", "...", i, end)
            return end
        if word == "unreadmacro":
            raise self._error("a command whose definition is not read", i, end)
        if word in signs.OUTSIDE:
            raise self._error(f"'\\{word}', {signs.OUTSIDE[word]}, which is not read", i, end)
        raise self._error(f"the unknown command '\\{word}'", i, end, expected="a formula")

    def _integral(self, i: int, end: int, count: int) -> int:
        r"""Read ``\int``, ``\int_{-\infty}^{\infty}`` or ``\int_{\mathcal X}``, over all values."""
        limits = _LIMITS.match(self.text, end, self.end)
        stop = limits.end() if limits else end
        after = self.text[self._blank(stop) :][:1]
        if after in ("_", "^"):
            raise self._error(
                "an integral over a part of the values", i, stop, expected="one over all"
            )
        for _ in range(count):
            self._emit("INTEGRAL", "int", i, end)
        self.integrals.add(len(self.stack))
        return stop

    def _sign_of_probability(self, word: str, i: int, end: int) -> int:
        r"""``\Pr``, or a macro of a preamble that is not at hand, as in ``\PP{Y|X}``."""
        kind, base = ("PROB", "P") if word in signs.PROBABILITY_COMMANDS else ("EXPECT", "E")
        start = self._blank(end)
        if self.text[start : start + 1] != "{" or self._bracket_at(end):
            return self._named("Pr" if word == "Pr" else base, i, end, splits=False)
        after = self._blank(self._closing(start) + 1)
        if self.text[after : after + 1] in ("{", "(", "["):
            raise self._error(
                f"'\\{word}' with a second argument",
                i,
                end,
                hint="the macro's meaning is not known",
            )
        self._emit(kind, base, i, end)
        self._open(start, start + 1, "{", "PAREN")
        return start + 1

    def _under_bar(self, end: int) -> int:
        """A bar over several events denies all of them together."""
        start = self._blank(end)
        if not self._in_events or self.text[start : start + 1] != "{":
            return end
        if not _SEVERAL.search(self.text, start, self._closing(start)):
            return end
        self._emit("LPAR", "{", start, start + 1)
        self._push(Frame(start, "}", "PAREN", True, len(self.tokens) - 1))
        return start + 1

    def _control_sign(self, i: int, end: int) -> int:
        character = self.text[i + 1 : end]
        if character == "\\":
            skip = _ROW_GAP.match(self.text, end, self.end)
            if self._in_events and self.stack and self.tokens[-1].kind != "COMMA":
                self._emit("COMMA", ",", i, end)
            elif not self._in_events:
                self.gaps.append((len(self.tokens), i, end))
            return skip.end() if skip else end
        if character == "{":
            if self._takes_events or (self.tokens and self.tokens[-1].kind == "EXPECT"):
                self._open(i, end, "\\{", "PAREN")
                return end
            if self._in_events and not self._lists:
                close = self._set_closing(i)
                if close >= 0 and _are_states_of_one(self.text[end : min(close, end + 400)]):
                    self._emit("LPAR", "\\{", i, end)
                    frame = Frame(i + 1, "\\}", "PAREN", True, len(self.tokens) - 1, "either")
                    self._push(frame)
                elif close >= 0:
                    self.jumps[close] = close + 2
                return end
            self._emit("LPAR", "{", i, end)
            self._push(Frame(i + 1, "\\}", "PAREN", self._in_events, len(self.tokens) - 1))
            return end
        if character == "}":
            if self._in_events and not (self.stack and self.stack[-1].closer == "\\}"):
                return end
            return self._close(i, end, "\\}")
        if character == "&" and self._in_events:
            self._emit("COMMA", ",", i, end)
            return end
        if character == "|" and self._in_events:
            self._emit("BAR", "|", i, end)
            return end
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
            label = _LABEL.match(self.text, close + 1, self.end)
            self.jumps[close] = self._closing(label.end()) + 1 if label else close + 1
            return i + 1
        return end

    def _silent_argument(self, word: str, end: int) -> int:
        i = self._blank(end)
        if self.text[i : i + 1] != "{":
            return end
        close = self._closing(i)
        after = self._blank(close + 1)
        name = self.text[i + 1 : close].strip("*") if word == "begin" else ""
        array = name in ("array", "alignedat")
        if placed := name in _PLACED and _PLACE.match(self.text, close + 1, self.end):
            close, after = placed.end() - 1, self._blank(placed.end())
        if array and self.text[after : after + 1] == "{":
            return self._closing(after) + 1
        shown = word in ("stackrel", "overset", "textcolor")
        if shown and self.text[after : after + 1] == "{":
            return self._pass_over(after)
        return close + 1

    def _accented(self, word: str, i: int, end: int) -> int | None:
        r"""Read ``\tilde a`` as the index of a sum, and behind that index; elsewhere return None."""
        match = _UNDER_ACCENT.match(self.text, end, self.end)
        if match is None:
            return None
        name, stop = self._scripts(greek(match["braced"] or match["bare"]), match.end())
        key = (word, name.text)
        if name.primes or name.sup:
            return None
        if key not in self.accented and self.stack and self.stack[-1].kind == "INDEX":
            if self.text.find(self.text[i : match.end()], self.start, i) >= 0:
                raise self._error(
                    f"'{self.text[i:stop]}', which a sum binds and which stands before it", i, stop
                )
            primes = 4 if _PRIMED.search(self.text, self.start, self.end) else 1
            self.accented[key] = primes + len(self.accented)
        if key not in self.accented:
            return None
        bound = Name(name.base, name.sub, "", self.accented[key], accented=True)
        self._emit_name(bound, i, stop)
        return stop

    def _check_hats(self) -> None:
        r"""Refuse ``\sum_{\hat x} P(y \mid \hat x)``, in which the hat may say what is set."""
        for word, written in self.accented:
            if word not in signs.HATS:
                continue
            behind = False
            seen: set[bool] = set()
            for token in self.tokens:
                if token.kind in ("LPAR", "BAR"):
                    behind = token.kind == "BAR"
                name = token.name
                if name is not None and name.accented and Name(name.base, name.sub).text == written:
                    around = self.tokens[token.inside] if token.inside >= 0 else token
                    seen |= {behind} if around.kind == "LPAR" else set()
            if seen == {True}:
                raise self._error(
                    f"'\\{word}{{{written}}}' behind a bar, an action or a letter of the sum",
                    self.start,
                    hint=f"write do({written}), or {written}' for the letter",
                )

    def _hat(self, i: int, end: int) -> int:
        start = self._blank(end)
        self._emit("DO", "do", i, end)
        self._emit("LPAR", "(", end, end)
        if self.text[start : start + 1] == "{":
            self._closing(start)
            self._push(Frame(start, "}", "PAREN", True, len(self.tokens) - 1))
            return start + 1
        opener = len(self.tokens) - 1
        match = _UNDER_HAT.match(self.text, start, self.end)
        if not match:
            raise self._error(self._shown(start), start, expected="a name under the hat")
        self._emit_name(Name(match.group(1) or greek(match.group(2))), start, match.end())
        self._emit("RPAR", ")", match.end(), match.end(), inside=opener)
        return match.end()
