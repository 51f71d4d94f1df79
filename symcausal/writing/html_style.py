"""How web pages look: on screens of every width, light and dark, and on paper.

Main definitions
----------------
FRAGMENT : the style sheet of what we write into any page.
PAGE : that of a page of our own, with the colours.
LIGHT, DARK : the colours, by what they are of.
"""

from __future__ import annotations

LIGHT = {
    "paper": "#ffffff",
    "ink": "#1a1a1a",
    "soft": "#555555",
    "line": "#c8c8c8",
    "tint": "#f3f3f1",
}
DARK = {
    "paper": "#16181b",
    "ink": "#e6e6e3",
    "soft": "#b0b0ab",
    "line": "#4a4d52",
    "tint": "#22252a",
}

# Lengths are in ems of the surrounding words: a notebook has another size than a page of ours.
_LINES = """\
.symcausal { container-type: inline-size; }
.symcausal math { font-size: 1.08em; }
.symcausal math[display="block"] { display: inline math; }
.symcausal :is(.left, .body, .display, td, th) .pieces { display: inline-flex; flex-wrap: wrap;
  align-items: baseline; row-gap: 0.35em; max-width: 100%; padding-left: 1em;
  box-sizing: border-box; }
.symcausal :is(.left, .body, .display, td, th) .pieces > :first-child { margin-left: -1em; }
.symcausal :is(.left, .body, .display, td, th) .pieces:has(> .ratio) { align-items: center; }
.symcausal .ratio { display: inline-flex; flex-direction: column; vertical-align: middle;
  max-width: 100%; }
.symcausal .ratio > span { display: block; text-align: center; }
.symcausal .ratio > .above { border-bottom: 0.06em solid; padding-bottom: 0.2em; }
.symcausal .ratio > .below { padding-top: 0.2em; }
.symcausal .related { display: inline-flex; align-items: baseline; gap: 0.35em; max-width: 100%; }
.symcausal .related:has(.ratio) { align-items: center; }
.symcausal .display { margin: 0.8em 0; }
.symcausal .derivation { margin: 1.2em 0; }
.symcausal .lines { display: grid; grid-template-columns: auto minmax(0, 1fr);
  gap: 0.5em 0.4em; align-items: baseline; margin: 0.8em 0; }
.symcausal .line { display: contents; }
.symcausal .left { grid-column: 1 / -1; }
.symcausal .sign { grid-column: 1; }
.symcausal .body { grid-column: 2; }
.symcausal .reason { grid-column: 2; font-size: 0.9em; color: var(--soft, inherit); }
.symcausal .short { grid-template-columns: auto auto minmax(0, 1fr); }
.symcausal .short .left { grid-column: 1; }
.symcausal .short .sign { grid-column: 2; }
.symcausal .short :is(.body, .reason) { grid-column: 3; }
@container (max-width: 30em) {
  .symcausal math { font-size: 1em; }
}
@container (min-width: 44em) {
  .symcausal .lines { gap: 0.6em 0.4em;
    grid-template-columns: auto auto minmax(min-content, max-content) minmax(min-content, 1fr); }
  .symcausal .left { grid-column: 1; }
  .symcausal .left.apart { grid-column: 1 / -1; }
  .symcausal .sign { grid-column: 2; }
  .symcausal :is(.body, .short .body) { grid-column: 3; }
  .symcausal :is(.reason, .short .reason) { grid-column: 4; padding-left: 1em; min-width: 13em; }
}
.symcausal details { margin: 0.4em 0 0.4em 1em; }
.symcausal summary { cursor: pointer; }
.symcausal svg { max-width: 100%; height: auto; }
.symcausal pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.symcausal code { overflow-wrap: anywhere; }
.symcausal :is(.arrow, .kept) { white-space: nowrap; }
"""

# The ems that tables need, of which each has the least that is enough, and those that any screen has.
STACKS = (30, 44, 58)
NEVER_STACKED = 22.5
_TABLES = """\
.symcausal table { border-collapse: collapse; margin: 1em 0; }
.symcausal caption { text-align: left; padding-bottom: 0.3em; }
.symcausal :is(th, td) { padding: 0.25em 0.7em; text-align: right; font-weight: normal;
  border-bottom: 1px solid var(--line, color-mix(in srgb, currentColor 25%, transparent)); }
.symcausal .share { --bar: color-mix(in srgb, currentColor 60%, transparent);
  background: linear-gradient(var(--bar), var(--bar)) no-repeat left 0.4em bottom 0.1em /
  calc(var(--share) * (100% - 0.8em)) 0.13em; }
.symcausal th:is(.stub, [scope="row"]) { text-align: left; }
"""
_STACKED = """\
  .symcausal .SIZE, .symcausal .SIZE :is(tbody, caption) { display: block; }
  .symcausal .SIZE thead { display: none; }
  .symcausal .SIZE tr { display: flex; flex-wrap: wrap; gap: 0.2em 1.2em; padding: 0.4em 0;
    border-bottom: 1px solid var(--line, color-mix(in srgb, currentColor 25%, transparent)); }
  .symcausal .SIZE :is(th, td) { display: block; border: 0; padding: 0; text-align: left;
    max-width: 100%; overflow-wrap: anywhere; }
  .symcausal .SIZE :is(th, td)::before { content: attr(data-head); color: var(--soft, inherit); }
  .symcausal .SIZE .share { background: none; }
  .symcausal .SIZE .share::after { content: ""; display: inline-block; height: 0.5em;
    width: calc(var(--share) * 5em); margin-left: 0.5em; background: var(--bar); }
"""


def _stacked() -> str:
    sizes = ((f"stack-{size}", f"@container (max-width: {size - 0.01}em)") for size in STACKS)
    always = ("stack-always", "@media all")
    return "".join(
        f"{where} {{\n{_STACKED.replace('SIZE', name)}}}\n" for name, where in (*sizes, always)
    )


FRAGMENT = _LINES + _TABLES + _stacked()


def _colours(chosen: dict[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in chosen.items())


PAGE = f"""\
:root {{ color-scheme: light dark; {_colours(LIGHT)} }}
@media (prefers-color-scheme: dark) {{ :root {{ {_colours(DARK)} }} }}
body {{ font-family: Georgia, "Times New Roman", serif; line-height: 1.45; max-width: 62rem;
  margin: 1.5rem auto; padding: 0 0.8rem; color: var(--ink); background: var(--paper);
  overflow-wrap: break-word; }}
h1, h2, h3 {{ line-height: 1.2; }}
pre {{ background: var(--tint); padding: 0.6em 0.8em; border-radius: 0.3em; }}
@media print {{
  :root {{ color-scheme: light; {_colours(LIGHT)} }}
  @page {{ margin: 2cm; }}
  body {{ font-size: 10.5pt; max-width: none; margin: 0; padding: 0; }}
  h1, h2, h3, summary {{ break-after: avoid; }}
  tr, svg, .body, .reason {{ break-inside: avoid; }}
  details::details-content {{ content-visibility: visible; display: block; height: auto; }}
}}
"""
