"""What builds the site: what commands show, the Python interface, sources, the search for faults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import symcausal
from docs.website import api, links, pages, references, screens
from symcausal import types
from tests.docs.test_documents import PAGES

API = api.pages()


# -- pages ----------------------------------------------------------------------------------------
COMMENTS = [
    (page, command)
    for page in PAGES
    for command in pages.COMMENT.findall(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("page", "command"), COMMENTS, ids=[c for _, c in COMMENTS])
def test_what_a_page_shows_is_printed(page: Path, command: str) -> None:
    assert pages.run(command).strip()


def test_every_page_of_the_gallery_has_a_picture_or_a_derivation() -> None:
    gallery = [page for page in PAGES if page.parent.name == "gallery"]
    assert len(gallery) >= 7
    for page in gallery:
        assert '<div class="shown"' in pages.shown(page.read_text(encoding="utf-8"))


def test_a_picture_and_a_derivation_are_shown() -> None:
    text = '<!-- shown: symcausal draw "A -> B" --format svg -->'
    assert re.fullmatch(r'<div class="shown"><svg .*</svg>\s*</div>', pages.shown(text))
    text = "```console\n$ symcausal derive m --format markdown\n$$\nx\n$$\n$ symcausal y\nz\n```\n"
    framed = '<div class="shown" markdown="1">\n\n$$\nx\n$$\n\n</div>'
    assert pages.shown(text).split() == [*text.split(), *framed.split()]


def test_a_command_that_fails_stops_the_site() -> None:
    with pytest.raises(RuntimeError, match="no-such"):
        pages.run("symcausal draw no-such.model")


# -- the Python interface -------------------------------------------------------------------------
def test_every_public_name_has_its_place() -> None:
    text = "\n".join(API.values())
    for name in {*symcausal.__all__, *types.__all__} - {"types", "__version__"}:
        assert re.search(rf"^#+ `{name}`$", text, re.MULTILINE), name


def test_the_groups_are_those_of_the_module() -> None:
    assert [name for names in api.groups(types).values() for name in names] == types.__all__


def test_every_method_of_a_model_has_a_signature() -> None:
    page = API["api/model.md"]
    assert 'parse(text: str | Source, *, name: str = "model")' in page.replace("'", '"')
    for name, member in vars(symcausal.Model).items():
        if not name.startswith("_") and callable(member):
            assert f"`Model.{name}`" in page


@pytest.mark.parametrize(
    ("docstring", "expected"),
    [
        ("Return ``x`` of :meth:`f`.", "Return `x` of `f`.\n"),
        ("A :math:`y_1` ([Pearl2009]_).", "A $y_1$ ([Pearl2009]).\n"),
        (
            "A.\n\nRaises\n------\nParseError, LimitError\n    If it is\n    too long.",
            "A.\n\n**Raises**\n\n- `ParseError, LimitError`. If it is too long.\n",
        ),
        (
            "A.\n\nExamples\n--------\n>>> f(1)\n2\n\nAnd so on.",
            "A.\n\n**Examples**\n\n```pycon\n>>> f(1)\n2\n```\n\nAnd so on.\n",
        ),
    ],
)
def test_a_docstring_as_markdown(docstring: str, expected: str) -> None:
    assert api.markdown(docstring) == expected


def test_no_sign_of_another_language_is_left() -> None:
    for name, text in API.items():
        prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)
        assert not re.search(r":\w+:`|``|-----", prose), name


# -- sources --------------------------------------------------------------------------------------
def test_every_source_is_listed_in_plain_letters() -> None:
    page = references.page()
    for key in references.entries():
        assert f'<a id="{key}"></a>' in page
    assert not re.search(r"[\\{}]", page)
    assert "Pattern Recognition and Machine Learning" in page
    assert "Perković" in page


def test_keys_become_links() -> None:
    text = "See [Pearl2009, Pearl1995] and [Nobody1900], not `[Pearl2009]` nor [Pearl2009](x)."
    assert references.linked(text, "../") == (
        "See \\[[Pearl2009](../sources.md#Pearl2009), [Pearl1995](../sources.md#Pearl1995)\\] and "
        "[Nobody1900], not `[Pearl2009]` nor [Pearl2009](x)."
    )
    line = next(
        number
        for number, line in enumerate(references.BIBLIOGRAPHY.read_text("utf-8").splitlines(), 1)
        if line.startswith("@book{Pearl2009,")
    )
    assert references.linked(f"[x](../references.bib#L{line})", "../") == (
        "[x](../sources.md#Pearl2009)"
    )


# -- faults ---------------------------------------------------------------------------------------
SOUND = {
    "index.html": '<a href="one/two.html#here">x</a><a href="https://else.where">y</a>'
    '<img src="data:image/png;base64,"><link rel="canonical" href="https://else.where/a">'
    '<link rel="stylesheet" href="a.css"><a href="#top"><b id="top"></b></a>',
    "one/two.html": '<h1 id="here">x</h1><a href="../index.html">home</a><a href="..">home</a>',
    "a.css": "@font-face { src: url(f.woff2), url('f.ttf') }",
    "f.woff2": "",
}
FAULTY = [
    ('<a href="nowhere.html">x</a>', "leads nowhere"),
    ('<a href="one/two.html#there">x</a>', "has no such place"),
    ('<a href="#there">x</a>', "has no such place"),
    ('<img src="none.png">', "leads nowhere"),
    ('<script src="https://cdn.else.where/a.js"></script>', "from outside"),
    ('<link rel="stylesheet" href="//cdn.else.where/a.css">', "from outside"),
    ("<style>@import 'https://else.where/a.css'</style>", "from outside"),
    ('<b style="background: url(http://else.where/a.png)"></b>', "from outside"),
    ('<link rel="preconnect" href="https://fonts.else.where">', "from outside"),
]


def site(folder: Path, **more: str) -> Path:
    for name, text in {**SOUND, **more}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_sound_site_has_no_faults(tmp_path: Path) -> None:
    assert links.faults(site(tmp_path)) == []


@pytest.mark.parametrize(("body", "words"), FAULTY, ids=[body for body, _ in FAULTY])
def test_a_fault_is_found(body: str, words: str, tmp_path: Path) -> None:
    (fault,) = links.faults(site(tmp_path, **{"three.html": body}))
    assert fault.startswith("three.html: ")
    assert words in fault


def test_a_style_sheet_that_loads_from_outside(tmp_path: Path) -> None:
    faults = links.faults(site(tmp_path, **{"b.css": "b { background: url(https://else/x.png) }"}))
    assert faults == ["b.css: loads https://else/x.png from outside"]


def test_a_folder_without_pages_is_a_fault(tmp_path: Path) -> None:
    assert links.faults(tmp_path) != []


# -- screens --------------------------------------------------------------------------------------
@pytest.mark.slow
def test_what_does_not_fit_is_told(tmp_path: Path) -> None:
    command = screens.browser()
    if command is None:
        pytest.skip("there is no Chromium")
    wide = '<div style="width: 800px">x</div><i class="arithmatex">x</i>'
    told = screens.measured(site(tmp_path, **{"wide.html": wide}), command)
    faults = [fault for one in told for fault in screens.wrong(one)]
    assert any(re.match(r"wide\.html: needs 8\d\d pixels of a screen of 390", f) for f in faults)
    assert "wide.html: 1 formulas not typeset, 0 refused" in faults
    assert all(fault.startswith("wide.html") for fault in faults)
