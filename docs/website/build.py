"""Build the site: ``python -m docs.website.build KATEX`` writes it to ``build/site``.

Everything that a page loads comes with it. KATEX is the folder of the package of that name.

Main definitions
----------------
main : write the pages, call zensical, check the links.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from docs.website import links
from docs.website.pages import ROOT, written

BUILD = ROOT / "build"
PAGES = BUILD / "site-pages"
SITE = BUILD / "site"
STYLE = Path(__file__).with_name("style.css")
PARTS = {
    "Tutorial": "tutorial/",
    "How to": "how-to/",
    "Gallery": "gallery/",
    "Reference": "reference/",
    "Python": "api/",
    "Design": "design/",
}
_START = """\
function typeset() {
  document.querySelectorAll(".arithmatex").forEach(function (place) {
    var source = place.textContent.trim();
    if (source.slice(0, 2) !== "\\\\(" && source.slice(0, 2) !== "\\\\[") return;
    katex.render(source.slice(2, -2), place, {
      displayMode: source[1] === "[", throwOnError: false, strict: false,
    });
  });
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", typeset);
else typeset();
"""


def config(titles: dict[str, str]) -> dict[str, object]:
    """Return the settings; zensical reads those of MkDocs, whose YAML takes JSON."""
    nav: list[object] = [{"Home": "index.md"}]
    for part, folder in PARTS.items():
        inside = [{titles[name]: name} for name in titles if name.startswith(folder)]
        nav.append({part: inside})
    nav.append({"Sources": "sources.md"})
    return {
        "site_name": "symcausal",
        "site_description": "Probability derivations whose every step is named and checked",
        "docs_dir": PAGES.name,
        "site_dir": SITE.name,
        "use_directory_urls": False,
        "theme": {
            "name": "material",
            "font": False,
            "features": ["navigation.tabs", "navigation.top", "content.code.copy"],
            "palette": [
                _palette("light", "default", "night"),
                _palette("dark", "slate", "sunny"),
            ],
        },
        "plugins": ["search"],
        "markdown_extensions": [
            "admonition", "attr_list", "md_in_html", "tables", {"toc": {"permalink": True}},
            {"pymdownx.arithmatex": {"generic": True}}, "pymdownx.highlight",
            "pymdownx.superfences",
        ],
        "extra_css": ["assets/katex/katex.min.css", "assets/style.css"],
        "extra_javascript": ["assets/katex/katex.min.js", "assets/typeset.js"],
        "nav": nav,
    }  # fmt: skip


def _palette(name: str, scheme: str, icon: str) -> dict[str, object]:
    other = "dark" if name == "light" else "light"
    return {
        "media": f"(prefers-color-scheme: {name})",
        "scheme": scheme,
        "toggle": {"icon": f"material/weather-{icon}", "name": f"Switch to {other} mode"},
    }


def main(katex: Path) -> None:
    """Build the site from nothing, and refuse it if a link is dead or a page loads from outside."""
    shutil.rmtree(PAGES, ignore_errors=True)
    shutil.rmtree(SITE, ignore_errors=True)
    titles = written(PAGES)
    assets = PAGES / "assets"
    dist = katex / "dist"
    (assets / "katex").mkdir(parents=True)
    for name in ("katex.min.js", "katex.min.css"):
        shutil.copy(dist / name, assets / "katex" / name)
    # browsers that have no WOFF2 are older than what they would draw
    shutil.copytree(
        dist / "fonts", assets / "katex" / "fonts", ignore=shutil.ignore_patterns("*.ttf", "*.woff")
    )
    shutil.copy(katex / "LICENSE", assets / "katex" / "LICENSE")
    shutil.copy(STYLE, assets / "style.css")
    (assets / "typeset.js").write_text(_START, encoding="utf-8")
    settings = BUILD / "mkdocs.yml"
    settings.write_text(json.dumps(config(titles), indent=2), encoding="utf-8")
    subprocess.run(
        [Path(sys.executable).with_name("zensical"), "build", "--clean"], cwd=BUILD, check=True
    )
    faults = links.faults(SITE)
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    sys.stdout.write(f"{len(list(SITE.rglob('*.html')))} pages in {SITE}, {len(faults)} faults\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
