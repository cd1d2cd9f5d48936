"""One of each: a component, a reader, a check, a feed, a publisher and a rule of the parser."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from markdown_it import MarkdownIt

from sitegen.check import Examined
from sitegen.errors import Diagnostic, Severity
from sitegen.extension import Check, Extension
from sitegen.feeds import Feed, Files, Whole
from sitegen.model import OutputFile
from sitegen.publish.local_site import LocalSite
from sitegen.publish.plan import Plan, Remote
from sitegen.publish.target import Target
from sitegen.read.columns.mapping import Column
from sitegen.read.files import InputFile
from sitegen.read.rows import Table
from sitegen.render.components import Component, Node
from sitegen.render.context import PageContext
from sitegen.workers.progress import Progress


def steps(node: Node, page: PageContext) -> str:
    """``<Recipe title="...">``: a numbered list as steps."""
    if node.get("title") == "raise":
        raise ValueError("as asked")
    if "<ol" not in node.body:
        page.report("steps-without-list", "<Recipe> holds no numbered list")
    return f'<div class="steps"{node.marks}>\n{node.body}</div>\n'


def steps_markdown(node: Node, _page: PageContext) -> str:
    """The twin: the title in front of the list."""
    return f"**{node.attributes.get('title', 'Recipe')}**\n\n{node.body}"


def open_table(stream, file: InputFile) -> Table:
    """Read lines of ``source|text``."""
    rows = [line.split("|", 1) for line in stream.read().decode("utf-8").splitlines()]
    if rows and rows[0][0] == "raise":
        raise KeyError(file.name)
    columns = (Column("source"), Column("text"))

    def batches(wanted: Sequence[Column]) -> Iterator[list[list[str]]]:
        yield [[row[columns.index(column)] for row in rows] for column in wanted]

    return Table(columns, batches)


def shouting(site: Examined) -> Iterator[Diagnostic]:
    """Find pages that are called in capitals."""
    for page in site.pages:
        if page.page.title == "RAISE":
            raise RuntimeError("as asked")
        if page.page.title.isupper():
            place = page.document.locate(0)
            yield Diagnostic("title-shouts", Severity.WARNING, "a title in capitals", place)


def titles(whole: Whole, _files: Files) -> Iterator[OutputFile]:
    """Write the titles of all pages down."""
    lines = [page.page.title for page in whole.pages]
    if "NO FEED" in lines:
        raise OSError("as asked")
    yield OutputFile("titles.txt", "\n".join(lines).encode())


class Drawer:
    """A folder that a site is copied to."""

    host = "none"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def look(self) -> Remote:
        return Remote()

    def send(self, site: LocalSite, plan: Plan, progress: Progress) -> str:
        shutil.copytree(site.folder, self.folder)
        return str(self.folder)


@contextmanager
def open_drawer(target: Target) -> Iterator[Drawer]:
    yield Drawer(Path(target.path))


def no_emphasis(md: MarkdownIt) -> None:
    """Leave asterisks as they are."""
    md.disable("emphasis")


extension = Extension(
    name="steps",
    version="1.0",
    components=(
        Component(
            "Recipe",
            steps,
            attributes=frozenset({"title"}),
            checked=True,
            markdown=steps_markdown,
        ),
    ),
    readers={".bar": open_table},
    checks=(
        Check("steps-without-list", "Recipe hold no list", "write a numbered list"),
        Check("title-shouts", "A title is in capitals", "write it as a title", shouting),
    ),
    feeds=(Feed("titles", lambda _: True, titles),),
    publishers={"drawer": open_drawer},
    rules=(no_emphasis,),
)
