r"""Names of the lexer: runs of letters with scripts and primes, signs of probabilities, sums.

Main definitions
----------------
Words : adds names to :class:`symcausal.reading.brackets.Brackets`.
word_end : where a run of letters and digits ends.

Notation
--------
``x_{10}`` and ``x_10`` are one name. A letter of probability is one only before a bracket. A run of
letters that is no known name is taken apart into known names, the longest first.
"""

from __future__ import annotations

import re
from functools import cache

from symcausal.errors import ParseError, Span
from symcausal.patterns import late
from symcausal.reading.brackets import Brackets, Frame
from symcausal.reading.tokens import Name
from symcausal.writing import signs

_SCRIPT_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")
COMMAND = late(r"\\([A-Za-z]+)\*?|\\(.)?", re.DOTALL)
_DENIES = late(r"(?:not?|non)[\s-]+(?=\w)", re.I)
_AND = late(r"\s+(?:and|AND|&)\s+")
_OR = late(r"\s+(?:or|OR)\s+")
_EVENT_ENDS = frozenset({"NAME", "STRING", "NUMBER", "RPAR", "GCLOSE"})
_EVENT_BEGINS = frozenset({"LPAR", "COMMA", "BAR", "GOPEN", "OR"})
_WORDS = late(r"(?=.*[^\W\d_])\w(?:\w|[ -](?=\w))*")
_BLANK = late(r"(?:\\[ ,;:!]|\\quad|~|\s)+")
_CALL = late(r"\w\s*[\[(]")
_DROPPED = late(r"\\(?:mathrm|text|mathbf|mathit|boldsymbol|rm|textrm|mathsf)\b|[{}\s]")
_SCRIPT = late(r"<?(?:[\w+\-*:,.|/=']|(?:(?<=[A-Z])\^|\^(?=[A-Za-z]\w*=))){1,60}")
_QUOTED = late(r'"([^"]*)"')
_APART = late(r"d\s+o\s*[(\[]")
_MARK = late(r"\\[A-Za-z]+'*|\w+['′]*|['′*]+")
_LESS_USUAL = frozenset({"PR", "PP", "pr", "prob", "EE"})
_BELOW = late(r"\w+|\\[A-Za-z]+")
_ABOVE = late(
    r"[+−-](?=\s*(?:[|)\],∣]|\\(?:mid|vert|cap|cup|right|,)))|\d+|[^\W\d_]|[*'′]|\\[A-Za-z]+"
)
_APART_ABOVE = late(r" {1,4}(?=\^ {0,4}(?:[cC]\b|\{ ?[cC] ?\}))")
_SCRIPT_FONT = late(r"\\(?:mathrm|text|mathsf|mathbf|mathit|textrm)\s*\{[^{}\\]{0,40}\}")
_INDEX = late(r"\s*(?:\\(?:no)?limits\s*)?_\s*")
# a limit that stands before the index, or one letter behind it
_LIMIT_FIRST = late(
    r"\s*(?:\\(?:no)?limits\s*)?\^\s*(?:\{\s*(?P<braced>\d{1,6}|[A-Za-z])\s*\}|(?P<bare>\d(?!\d)|[A-Za-z]))(?=\s*_)"
)
_LIMIT_LETTER = late(r"\s*\^\s*(?P<bare>[A-Za-z])")
_ESCAPED = {
    spelt: c
    for table in (signs.SPELT_IN_WORDS, signs.SPELT_IN_FORMULAS, {'"': r"\textquotedbl{}"})
    for c, spelt in table.items()
}
_SPELT_OUT = "|".join(map(re.escape, signs.SPELT_IN_FORMULAS.values()))
_ACCENTS = {spelt: accent for accent, both in signs.ACCENTS.items() for spelt in both}

_MOST_JOINED = 3
PARENTS = frozenset({"pa", "Pa", "PA", "parents", "Parents"})
# x_{pa(v)} are the parents of v
_PARENTS_BELOW = late(r"(?P<parents>pa|Pa|PA|[pP]arents)\((?P<name>[A-Za-z]\w{0,20})\)")
# of what they are the parents, in brackets
_OF_WHAT = late(
    r"\s*(?:\\left\s*)?\(\s*(?P<name>\\?[A-Za-z]+(?:_(?:\w|\{\w{1,20}\}))?)\s*(?:\\right\s*)?\)"
)


def word_end(text: str, start: int, end: int) -> int:
    """Return where the word that begins at a place ends, which is that place if none does.

    A word is a letter and what letters and digits follow it; raised and lowered digits are scripts.
    Every sign of a formula is asked, so no pattern is compiled for it.
    """
    at = start
    while at < end and text[at].isalnum() and text[at] not in _SCRIPT_DIGITS:
        if at == start and text[at].isdecimal():
            break
        at += 1
    return at


class Words(Brackets):
    """Read names."""

    def _close(self, i: int, end: int, character: str) -> int:
        frame = self.stack[-1] if self.stack else None
        end = super()._close(i, end, character)
        if frame is not None and frame.then == "second":
            return self._argument(end, "FRACTION", "")
        return self._limit(end) if frame is not None and frame.kind == "INDEX" else end

    def _word(self, i: int, end: int) -> int:
        word = self.text[i:end]
        apart = _APART.match(self.text, i, self.end) if word == "d" else None
        if apart:
            self._emit("DO", "do", i, apart.end() - 1)
            return apart.end() - 1
        if word == "do" and self._bracket_at(end):
            self._emit("DO", "do", i, end)
            return end
        if word == "sum" and self._sums(end):
            return self._sum(i, end, whole_word=True)
        if word[0] in signs.GREEK_LETTERS and len(word) > 1 and word[1].isascii():
            end, word = i + 1, word[0]
        return self._named(greek(word), i, end)

    def _sums(self, end: int) -> bool:
        """Whether a word ``sum`` is the sign; braces make it so even if something has that name."""
        index = self.text[end : end + 2]
        return index == "_{" or (index[:1] == "_" and not self._known("sum"))

    def _named(self, base: str, i: int, end: int, *, splits: bool = True) -> int:
        """Read a name with its scripts, or the sign of a probability or of an expectation."""
        operator = self._operator(base, i, end)
        if operator is not None:
            return operator
        of_what = _OF_WHAT.match(self.text, end, self.end) if base in PARENTS else None
        if of_what and self._in_events and not self.model and not self._known(base):
            below = self._clean(i, of_what["name"])
            self._emit_name(Name(base, below), i, of_what.end())
            return of_what.end()
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
            else "EXPECT" if base in signs.EXPECTATIONS or base in signs.MOMENTS
            else None
        )  # fmt: skip
        if (
            kind is None
            or (base in _LESS_USUAL and self._known(base))
            or (base in signs.MOMENTS and (self._known(base) or self.model or self._in_events))
        ):
            return None
        within = self.stack[-1].kind if self.stack else ""
        if within == "INDEX" or (within == "MARK" and self.text[self._blank(end)] == "}"):
            return None  # the E of \sum_E [P(I, E)] and of P_E(I) is a variable
        if self.text[end : end + 1] in ("_", "^", "'", "′"):
            return self._marked(kind, base, i, end)
        if not self._bracket_at(end):
            return None
        self._check_number(base, i, end)
        self._emit(kind, base, i, end)
        return end

    def _marked(self, kind: str, base: str, i: int, end: int) -> int | None:
        """Read ``P`` with a subscript before its bracket."""
        character = self.text[end]
        start = self._blank(end + 1) if character in "_^" else end
        if character in "_^" and start < self.end and self.text[start] == "{":
            stop = self._closing(start) + 1
        else:
            match = _MARK.match(self.text, start, self.end)
            stop = match.end() if match else start
        if not self._bracket_at(stop):
            return None
        if character != "_":
            raise ParseError(
                f"'{self.text[i:stop]}' before a bracket",
                expected=f"'{base}' alone",
                hint="read are subscripts: P_x(y) for an intervention, E_X[..] for a mean over X",
                span=Span(self.source, i, stop),
            )
        self._check_number(base, i, end)
        self._emit(kind, base, i, end)
        sign = len(self.tokens) - 1
        self._emit("GOPEN", "{", end, start + 1, inside=sign)
        opener = len(self.tokens) - 1
        if self.text[start] == "{":
            self._push(Frame(start, "}", "MARK", True, opener))
            return start + 1
        end_of_word = word_end(self.text, start, stop)
        if end_of_word > start:
            name, after = self._scripts(greek(self.text[start:end_of_word]), end_of_word)
        else:
            command = COMMAND.match(self.text, start, stop)
            name, after = self._scripts(command.group(1) if command else "", stop)
            if not name.base:
                raise self._error(f"'{self.text[start:stop]}'", start, expected="a name")
        self._emit_name(name, start, after)
        self._emit("GCLOSE", "}", after, after, inside=opener)
        return after

    def _check_number(self, base: str, i: int, end: int) -> None:
        if self.spelling is not None and self.spelling.is_parameter(base):
            raise ParseError(
                f"'{base}(' reads both ways: a probability, or the parameter times a bracket",
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
        denial = self.tokens[-1] if self.tokens and self.tokens[-1].kind == "NOT" else None
        if denial is not None and self._in_events:
            sign = self.text[denial.start : i]
            if not sign.startswith((r"\bar", r"\over")):
                raise self._error(
                    f"'{sign}{word}'", denial.start, end, hint="say by brackets what is denied"
                )
            if "{" in sign:
                return self._denied_together(pieces, i, end)
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

    def _denied_together(self, pieces: list[str], i: int, end: int) -> int:
        r"""Read ``AB`` under a bar, which denies both together."""
        self._emit("LPAR", "(", i, i)
        opener = len(self.tokens) - 1
        self._push(Frame(i, ")", "PAREN", True, opener))
        at = i
        for piece in pieces[:-1]:
            self._emit_name(Name(piece), at, at + len(piece))
            self._emit("COMMA", ",", at, at)
            at += len(piece)
        last, stop = self._scripts(pieces[-1], end)
        self._emit_name(last, at, stop)
        self.stack.pop()
        self._emit("RPAR", ")", stop, stop, inside=opener)
        return stop

    @property
    def _in_mean(self) -> bool:
        """Whether an open bracket is that of a mean."""
        return any(f.token > 0 and self.tokens[f.token - 1].kind == "EXPECT" for f in self.stack)

    def _pieces(self, word: str, opened: bool) -> list[str]:
        if not self._is_closed:
            # yP(y): one letter before the sign of a probability
            if opened and word[1:] in ("P", "Pr"):
                return [word[0], word[1:]]
            joined = len(word) <= (_MOST_JOINED if word.isupper() else 2)
            joined = joined and (self._in_events or self._in_mean)  # else it is a name: ATE
            return list(word) if joined and all(map(self._known, word)) else []
        pieces: list[str] = []
        i = 0
        while i < len(word):
            for stop in range(min(len(word), i + 60), i, -1):
                piece = word[i:stop]
                sign = opened and stop == len(word) and piece in ("P", "p", "Pr")
                if sign or (self._known(piece) and not piece[0].isdecimal()):
                    break  # no name begins with a digit: of g3 the state 3 is no name
            else:
                return []
            pieces.append(piece)
            i = stop
        # one event twice is a slip of the pen, not two events: Cc of a model with C
        twice = self._in_events and len(set(map(str.casefold, pieces))) < len(pieces)
        return [] if twice else pieces

    @property
    def _is_closed(self) -> bool:
        """Whether the text is read with the names of a model."""
        return self.spelling is not None and self.spelling.is_closed

    def _known(self, name: str) -> bool:
        return self.spelling is not None and self.spelling.knows(name)

    def _scripts(self, base: str, i: int) -> tuple[Name, int]:
        """Read the primes, subscripts and superscripts of a name."""
        subs: list[str] = []
        sup, primes = "", 0
        while i < self.end:
            character = self.text[i]
            if character == " " and self._in_events:
                near = "^" in self.text[i : i + 5]
                apart = _APART_ABOVE.match(self.text, i, self.end) if near else None
                if apart is None:
                    break
                i = apart.end()
                character = "^"
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
        parents = _PARENTS_BELOW.fullmatch(subs[0]) if subs and subs[0].endswith(")") else None
        if parents is not None and len(subs) == 1 and not (sup or primes):
            return Name(parents["parents"], parents["name"]), i
        return Name(base, "_".join(subs), sup, primes), i

    def _script_at(self, i: int) -> tuple[str, int] | None:
        below = self.text[i] == "_"
        start = self._blank(i + 1)
        if start < self.end and self.text[start] == "{":
            close = self._closing(start)
            return self._clean(start, self.text[start + 1 : close]), close + 1
        if start != i + 1 and below:
            return None
        font = _SCRIPT_FONT.match(self.text, start, self.end)
        if font:
            return self._clean(start, font.group()), font.end()
        match = (_BELOW if below else _ABOVE).match(self.text, start, self.end)
        if not match:
            return None
        return self._clean(start, match.group()), match.end()

    def _clean(self, i: int, script: str) -> str:
        if len(script) > 200:
            raise self._error("a long script", i, expected="a short one")
        script = re.sub(_SPELT_OUT, lambda found: _ESCAPED[found.group()], script)
        script = _QUOTED.sub(r"\1", script)
        text = _DROPPED.sub("", script.replace("\\prime", "'").replace("′", "'"))
        text = re.sub(r"\\(?:ast|star)\b", "*", text)
        text = re.sub(r"\\(?:mid|vert)\b", "|", text)
        text = re.sub(r"\\[,;:! ]", "", text).replace("\\", "")
        if not _SCRIPT.fullmatch(text) and not _PARENTS_BELOW.fullmatch(text):
            raise self._error(f"the script '{script}'", i, expected="letters, digits or primes")
        return text

    def _sum(self, i: int, end: int, *, whole_word: bool, kind: str = "SUM") -> int:
        above = _LIMIT_FIRST.match(self.text, end, self.end)
        if above:
            self.limits.append((above.span("braced"), above.span("bare"))[above["braced"] is None])
        match = _INDEX.match(self.text, above.end() if above else end, self.end)
        if not match:
            raise self._error("a sum without an index", i, end, hint=r"write \sum_{x} ...")
        self._emit(kind, "sum", i, end)
        start = match.end()
        if self.text[start : start + 1] == "{":
            self._closing(start)
            self._open(start, start + 1, "{", "INDEX")
            return start + 1
        self._emit("GOPEN", "{", start, start)
        opener = len(self.tokens) - 1
        end_of_word = word_end(self.text, start, self.end)
        command = COMMAND.match(self.text, start, self.end)
        if end_of_word > start:
            run = self.text[start:end_of_word]
            if whole_word and len(run) > 1 and self._bracket_at(end_of_word):
                run = re.sub(r"(?<=.)(?:P|p|Pr)$", "", run)
            length = len(run) if whole_word or self._known(run) else 1
            stop, base = start + length, run[:length]
        elif command and command.group(1):
            stop, base = command.end(), command.group(1)
        else:
            raise self._error(self._shown(start), start, expected="an index of the sum")
        name = Name(greek(base))
        if whole_word:
            name, stop = self._scripts(name.base, stop)
        else:
            while self.text[stop : stop + 1] in signs.PRIMES:
                name.primes += signs.PRIMES[self.text[stop]]
                stop += 1
        self._emit_name(name, start, stop)
        self._emit("GCLOSE", "}", stop, stop, inside=opener)
        return self._limit(stop)

    def _limit(self, end: int) -> int:
        r"""Emit the limit of a sum whose index ends: what stood before the index, or a letter, ``^n``.

        Of ``\sum_{x=1}^nP(x)`` TeX sets the n above the sign, and not nP.
        """
        if self.limits:
            (start, stop), after = self.limits.pop(), end
        else:
            letter = _LIMIT_LETTER.match(self.text, end, self.end)
            if letter is None:
                return end
            (start, stop), after = letter.span("bare"), letter.end()
        text = self.text[start:stop]
        self._emit("CARET", "^", start, start)
        if text.isdecimal():
            self._emit("NUMBER", text, start, stop)
        else:
            self._emit_name(Name(text), start, stop)
        return after

    def _font(self, i: int, end: int, close: int | None, command: str = "") -> int:
        r"""``\mathrm{..}`` with words is a name; with anything else the font means nothing."""
        start = self._blank(end)
        if close is None:
            if self.text[start : start + 1] != "{":
                return self._font_letter(i, start)
            close = self._closing(start)
            start += 1
        after = close + 1
        if command in signs.CODE_FONTS and _CALL.search(self.text, start, close):
            raise self._error("code", i, after, expected="a formula")
        inside = plain(self.text[start:close]) if close - start < 200 else ""
        if inside == "do" and self._bracket_at(after):
            self._emit("DO", "do", i, after)
            return after
        if self._in_events and not self._known(inside):
            said = self._said(inside, i, after)
            if said:
                return after
        words = _WORDS.fullmatch(inside) and "_" not in self.text[start:close].replace("\\_", "")
        if words or self._known(inside):
            return self._named(greek(inside), i, after, splits=False)
        self.jumps[close] = after
        return start

    def _said(self, words: str, i: int, after: int) -> bool:
        r"""Read events joined or denied in words: ``P(A \text{ and } B)``, ``P(\text{no rain})``."""
        last = self.tokens[-1].kind if self.tokens else ""
        if words.casefold() in ("and", "&") and last in _EVENT_ENDS:
            self._emit("COMMA", ",", i, after)
            return True
        if words.casefold() == "or" and last in _EVENT_ENDS:
            self._emit("OR", "or", i, after)
            return True
        if words.casefold() == "not" and last in _EVENT_BEGINS:
            self._emit("NOT", "¬", i, after)
            return True
        pieces = _AND.split(words)
        signs_between = ["COMMA"] * (len(pieces) - 1)
        if len(pieces) == 1:
            pieces = _OR.split(words)
            signs_between = ["OR"] * (len(pieces) - 1)
        if last not in _EVENT_BEGINS or not all(_WORDS.fullmatch(piece) for piece in pieces):
            return False
        if len(pieces) == 1 and not _DENIES.match(words):
            return False
        for count, piece in enumerate(pieces):
            if count:
                self._emit(signs_between[count - 1], ",", i, i)
            denial = None if self._known(piece) else _DENIES.match(piece)
            if denial:
                self._emit("NOT", "¬", i, i)
            name = piece[denial.end() :] if denial else piece
            self._emit_name(Name(greek(name)), i, after)
        return True

    def _font_letter(self, i: int, start: int) -> int:
        character = self.text[start : min(start + 1, self.end)]
        if not character.isalpha():
            return start
        return self._named(greek(character), i, start + 1, splits=False)

    def _argument(self, i: int, kind: str, then: str) -> int:
        """Read the beginning of a command's argument: the brace of a group, or all of one character."""
        i = self._blank(i)
        if i < self.end and self.text[i] == "{":
            self._closing(i)
            self._open(i, i + 1, "{", kind, then)
            return i + 1
        self._emit("GOPEN", "{", i, i)
        opener = len(self.tokens) - 1
        character = self.text[i : min(i + 1, self.end)]
        if character.isdecimal():
            self._emit("NUMBER", character, i, i + 1)
            end = i + 1
        elif character.isalpha():
            self._emit_name(Name(greek(character)), i, i + 1)
            end = i + 1
        else:
            match = COMMAND.match(self.text, i, self.end)
            if not match or match.group(1) not in signs.GREEK_NAMES:
                raise self._error(self._shown(i), i, expected="'{'")
            self._emit_name(Name(match.group(1)), i, match.end())
            end = match.end()
        self._emit("GCLOSE", "}", end, end, inside=opener)
        return self._argument(end, kind, "") if then == "second" else end


def plain(words: str) -> str:
    """Return the words of a font without their LaTeX escapes."""
    words = _accent().sub(_accented, words)
    # in one pass, or the tilde of an escape would pass for a space
    return _escape().sub(lambda found: _ESCAPED.get(found.group(), " "), words).strip()


@cache  # few names need these two, and to compile them takes longer than to read most formulas
def _escape() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _ESCAPED)) + "|" + _BLANK.pattern)


@cache
def _accent() -> re.Pattern[str]:
    over = "|".join(re.escape(over) for _, over in signs.ACCENTS.values())
    return re.compile(rf"\\([`'^~=.\"uvHrc])\{{(\w)\}}|\\\(({over})\{{\\text\{{([\w ])\}}\}}\\\)")


def _accented(found: re.Match[str]) -> str:
    return (found[2] or found[4].strip()) + _ACCENTS[found[1] or found[3]]


def greek(word: str) -> str:
    """Return the name of a Greek letter; any other word as it is."""
    return signs.GREEK_LETTERS.get(word, word)
