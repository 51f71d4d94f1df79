"""One protocol for everything that can be shown.

An answer says what stands on its page, as blocks, and what it holds, as plain values. How that is
printed in every format, in a notebook and by ``print`` comes from here.

Main definitions
----------------
Shown : the base class of answers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence

from symcausal.errors import UsageError, nearest
from symcausal.hints import TYPE_CHECKING, ClassVar, Self
from symcausal.record import replace, shortened
from symcausal.writing.formats import FORMATS
from symcausal.writing.notations import Notation, NotationLike
from symcausal.writing.page_width import PageWidth, characters_of, ems_of
from symcausal.writing.style import Style

if TYPE_CHECKING:
    from symcausal.writing.blocks import Block


LONGEST_HEADLINE = 120


class Shown(ABC):
    """Something that can be printed in every format of :data:`symcausal.writing.formats.FORMATS`.

    Attributes
    ----------
    options : tuple of str
        The fields that the printing methods take as keywords, for one printing, such as ``notation``
        where there are probabilities.
    is_formula : bool
        Whether it is made of formulas alone, which notebooks know as LaTeX, too.
    """

    __slots__ = ()
    options: ClassVar[tuple[str, ...]] = ()
    is_formula: ClassVar[bool] = False

    @abstractmethod
    def blocks(self) -> Sequence[Block]:
        """What stands on the page, from top to bottom."""

    @abstractmethod
    def as_data(self) -> object:
        """What JSON holds: lists, dictionaries, texts and numbers."""

    @property
    def style(self) -> Style:
        """How formulas are written."""
        return Style(getattr(self, "notation", Notation()), tuple(getattr(self, "order", ())))

    @property
    def page_title(self) -> str:
        """What a browser calls the page."""
        return "symcausal"

    def own_formats(self, style: Style) -> Mapping[str, Callable[[], str]]:
        """Return printers for the formats that this answer alone has, and for its exceptions.

        An exception is a format that does not look as the blocks would, such as a text of one line.
        """
        return {}

    # -- printing -------------------------------------------------------------------------------
    def to(
        self,
        shape: str,
        *,
        notation: NotationLike | None = None,
        width: PageWidth = None,
        **options: object,
    ) -> str:
        """Print in a format, by its name.

        Parameters
        ----------
        shape : str
            ``text``, ``latex``, ``markdown``, ``html``, ``typst``, ``json``, or one of the answer's
            own, such as ``csv`` of tables.
        notation : Notation or str, optional
            How formulas are written, or the name of a preset; as the model says if left out.
        width : float or str, optional
            The longest line: a number of ems, or ``article``, ``twocolumn``, ``beamer``, ``a4wide``
            or ``none``. Of plain text it is a number of characters. What is left out is a page of an
            article in LaTeX, Markdown and Typst; formulas of plain text stay whole.
        **options : object
            Fields of the answer to be replaced for this printing: those of :attr:`options`.

        Raises
        ------
        UsageError
            If there is no such format, or no such width.
        """
        if notation is not None:
            options["notation"] = Notation.of(notation)
        shown = self._with(options) if options else self
        style = shown.style
        if width is not None:
            measured = characters_of(width) if shape == "text" else ems_of(width)
            style = Style(style.notation, style.order, measured)
        own = shown.own_formats(style)
        if shape in own:
            return own[shape]()
        if shape in FORMATS:
            return FORMATS[shape].printer(shown, style)
        names = (*FORMATS, *(name for name in own if name not in FORMATS))
        raise UsageError(
            f"no format '{shape}'", expected=", ".join(names), hint=nearest(shape, names)
        )

    def to_text(
        self, *, notation: NotationLike | None = None, width: PageWidth = None, **options: object
    ) -> str:
        """Print as plain text."""
        return self.to("text", notation=notation, width=width, **options)

    def to_latex(
        self, *, notation: NotationLike | None = None, width: PageWidth = None, **options: object
    ) -> str:
        """Print as LaTeX, a fragment; ``symcausal.writing.formats`` says what packages it takes."""
        return self.to("latex", notation=notation, width=width, **options)

    def to_markdown(
        self, *, notation: NotationLike | None = None, width: PageWidth = None, **options: object
    ) -> str:
        """Print as Markdown, with formulas for KaTeX and MathJax."""
        return self.to("markdown", notation=notation, width=width, **options)

    def to_html(
        self, *, notation: NotationLike | None = None, width: PageWidth = None, **options: object
    ) -> str:
        """Print as a page of its own, with MathML and without scripts."""
        return self.to("html", notation=notation, width=width, **options)

    def to_typst(
        self, *, notation: NotationLike | None = None, width: PageWidth = None, **options: object
    ) -> str:
        """Print as Typst."""
        return self.to("typst", notation=notation, width=width, **options)

    def to_json(
        self, *, notation: NotationLike | None = None, width: PageWidth = None, **options: object
    ) -> str:
        """Print what :meth:`as_data` gives as JSON: numbers are texts, formulas mostly LaTeX.

        A width is taken as by the other methods, and changes nothing.
        """
        return self.to("json", notation=notation, width=None, **options)  # no line of it is broken

    def to_fragment(self) -> str:
        """Print as HTML that stands in a page of somebody else's, such as a notebook."""
        from symcausal.writing.document_facts import DocumentFacts
        from symcausal.writing.html_document import fragment_html

        return fragment_html(DocumentFacts("", tuple(self.blocks()), self.style))

    @property
    def headline(self) -> str:
        """What it is about, in a few words: its query, if it has one."""
        query = getattr(self, "query", "")
        if isinstance(query, str):
            return query
        from symcausal.writing.text import formula_text

        return formula_text(query, self.style)

    def __repr__(self) -> str:
        about = shortened(self.headline, LONGEST_HEADLINE)
        return f"<{type(self).__name__}: {about}>" if about else f"<{type(self).__name__}>"

    def __str__(self) -> str:
        return self.to_text()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from symcausal.writing.blocks import has_pictures

        markdown = self.to_markdown()
        if self.is_formula:
            return {"text/markdown": markdown, "text/latex": markdown, "text/plain": self.to_text()}
        bundle = {"text/markdown": markdown, "text/plain": self.to_text()}
        if has_pictures(self.blocks()):  # Markdown has none
            bundle["text/html"] = self.to_fragment()
        return bundle

    def _with(self, options: Mapping[str, object]) -> Self:
        """Return a copy with these options; one without a notation is the same in each."""
        known = (*self.options, "notation")
        unknown = next((name for name in options if name not in known), None)
        if unknown is not None:
            raise TypeError(f"{type(self).__name__} is not printed with '{unknown}'")
        return replace(self, **{name: options[name] for name in self.options if name in options})
