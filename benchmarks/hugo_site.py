"""Write the pages of a dataset as a project of Hugo, to build the same texts beside sitegen.

Its layout does what a documentation site needs: a sidebar of all pages on each page with the
current one marked, a table of contents, neighbours, highlighted code, an index of headings.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]

CONFIG = """
baseURL = "https://example.org/"
title = "Documentation"
disableKinds = ["taxonomy", "term", "RSS"]
[outputs]
home = ["html", "json"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.extensions.passthrough]
enable = true
[markup.highlight]
noClasses = false
"""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ .Title }} - {{ .Site.Title }}</title>
<meta name="description" content="{{ .Summary | plainify | truncate 150 }}">
<link rel="canonical" href="{{ .Permalink }}">
</head>
<body>
<nav class="sidebar">{{ partial "tree.html" (dict "page" . "section" .Site.Home) }}</nav>
<main>
<nav>{{ range .Ancestors.Reverse }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> / {{ end }}</nav>
<h1>{{ .Title }}</h1>
{{ .Content }}
{{ if .IsSection }}<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
</main>
<aside>{{ .TableOfContents }}</aside>
</body>
</html>
"""

TREE = """{{ $page := .page }}<ul>
{{ range .section.Pages }}<li{{ if eq . $page }} class="active"{{ end }}>
<a href="{{ .RelPermalink }}"{{ if eq . $page }} aria-current="page"{{ end }}>{{ .Title }}</a>
{{ if .IsSection }}{{ partial "tree.html" (dict "page" $page "section" .) }}{{ end }}</li>
{{ end }}</ul>
"""

SEARCH = """[{{ range $i, $page := .Site.RegularPages }}{{ if $i }},{{ end }}
{{ dict "title" .Title "url" .RelPermalink "headings" .Fragments.Identifiers | jsonify }}{{ end }}]
"""


def pages_of(dataset: Path) -> Iterator[tuple[str, str, str]]:
    """Yield path, title and Markdown of each page, its headings restored."""
    sys.path.insert(0, str(CHECKOUT))
    from sitegen.config import Config  # noqa: PLC0415 - found only now
    from sitegen.pipeline.gather import gather  # noqa: PLC0415
    from sitegen.pipeline.planning import plan_gathered  # noqa: PLC0415
    from sitegen.store.recall import NOTHING_KEPT  # noqa: PLC0415

    config = Config(input=(str(dataset),))
    jobs = plan_gathered(config, gather(config), NOTHING_KEPT).jobs
    for document in map(jobs.document, (head.id for head in jobs.heads)):
        # What Hugo would run as a shortcode is text here.
        yield document.id, document.title, document.text.replace("{{", "{&#8203;{")


def write(folder: Path, path: str, text: str) -> None:
    """Write a file of the project."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def main() -> None:
    """Parse the arguments and write the project."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("folder", type=Path, help="where the project goes")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    write(folder, "hugo.toml", CONFIG)
    for kind in ("home", "page", "section"):
        write(folder, f"layouts/{kind}.html", PAGE)
    write(folder, "layouts/_partials/tree.html", TREE)
    write(folder, "layouts/home.json", SEARCH)
    pages = {Path(id): (title, text) for id, title, text in pages_of(arguments.dataset)}
    sections = {folder for path in pages for folder in path.parents}
    for path in sections:
        pages.setdefault(path / "index", (path.name or "Documentation", ""))
    for path, (title, text) in pages.items():
        name = path.with_name("_index") if path.name == "index" else path
        front = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n"
        write(folder, f"content/{name}.md", f"{front}{text}\n")
    print(f"hugo --quiet -s {folder} -d {{output}}")


if __name__ == "__main__":
    main()
