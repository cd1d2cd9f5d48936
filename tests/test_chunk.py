import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sitegen.build import build
from sitegen.chunk import COLUMNS, Row, chunk_folder, split_sections, write_chunks
from sitegen.config import Config
from sitegen.errors import ConfigError, Diagnostic, ReadError, WriteError

CHECKOUT = Path(__file__).parents[1]
SHARED = CHECKOUT.parent / "shared"
SOME_PAGES = 60  # of the real data: enough to meet its oddities, few enough to be quick


def folder_of(path: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return path


def rows_of(folder: Path, url_root: str = "") -> list[Row]:
    return list(chunk_folder(folder, url_root=url_root, notices=[]))


def test_a_page_is_split_at_its_headings_which_are_left_out():
    assert list(split_sections("# A page\n\nIntro.\n\n## Usage `tips`\nTip one.\n\n")) == [
        ("#a-page", "Intro.", "A page", 1),
        ("#usage-tips", "Tip one.", "Usage `tips`", 2),
    ]


def test_text_above_the_first_heading_has_no_section():
    above, _ = split_sections("<!-- licence -->\n\n# A\n\nText.")
    assert above == (None, "<!-- licence -->", None, None)


def test_a_section_without_text_is_a_chunk_but_in_the_seed_form(tmp_path: Path):
    folder = folder_of(tmp_path, {"a.md": "# A\n\n## B\n \n\t\n## C\ntext"})
    rows = [(row.source_section, row.text, row.id) for row in rows_of(folder)]
    assert rows == [("#a", "", "0_0"), ("#b", "", "0_1"), ("#c", "text", "0_2")]
    seed = chunk_folder(folder, url_root="", notices=[], keep_empty=False)
    assert [(row.source_section, row.id) for row in seed] == [("#c", "0_0")]


def test_a_page_that_gives_no_chunk_is_named(tmp_path: Path):
    pages = {"k.md": "# K\n\nText.\n", "none.md": "\n \n"}
    notices: list[Diagnostic] = []
    rows = list(chunk_folder(folder_of(tmp_path, pages), url_root="", notices=notices))
    assert [row.source for row in rows] == ["k.md"]
    assert [(n.code, n.location.page) for n in notices] == [("null-text", "none.md")]


def test_headings_in_code_fences_do_not_split():
    text = "# A\n\n```py\n# a comment\n```\n\n~~~~\n## no\n~~~\n## no\n~~~~\nend"
    assert [part.section for part in split_sections(text)] == ["#a"]


def test_headings_in_comments_split_as_in_the_published_datasets():
    assert list(split_sections("# A\n<!--\n## B\nb\n-->")) == [
        ("#a", "<!--", "A", 1),
        ("#b", "b\n-->", "B", 2),
    ]


def test_setext_headings_and_lines_that_only_look_like_headings_do_not_split():
    text = "# A\n\nTitle\n=====\n\n#hashtag\n\n    # indented\n\n####### seven"
    assert [part.section for part in split_sections(text)] == ["#a"]


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("## Run with 🤗 Accelerate", "#run-with--accelerate"),
        ("## `refs/`: references ##", "#refs--references"),
        ("## 사용 팁[[Usage tips]]", "#Usage tips"),
        ("## [undefined] `a < b`", "#undefined-a-lt-b"),
    ],
)
def test_a_section_is_the_anchor_that_doc_builder_gives(heading: str, section: str):
    assert [part.section for part in split_sections(f"{heading}\ntext")] == [section]


def test_white_space_stays_but_for_the_empty_lines_around_a_text():
    assert list(split_sections("# A\n\n   indented\n\n\n\nend\n  \n\n")) == [
        ("#a", "   indented\n\n\n\nend\n  ", "A", 1)
    ]


def test_ids_count_pages_in_natural_order_and_their_chunks_from_0(tmp_path: Path):
    folder_of(tmp_path, {"p10.md": "ten", "p2.md": "# Two\ntwo\n## B\nb", "a/x.mdx": "x"})
    assert [(row.source, row.id, row.file_type) for row in rows_of(tmp_path)] == [
        ("a/x.mdx", "0_0", ".mdx"),
        ("p2.md", "1_0", ".md"),
        ("p2.md", "1_1", ".md"),
        ("p10.md", "2_0", ".md"),
    ]


def test_urls_are_page_address_and_section_or_null_without_a_root(tmp_path: Path):
    folder_of(tmp_path, {"a/b.md": "intro\n# Use it\ntext"})
    assert [row.url for row in rows_of(tmp_path, "https://host.org/docs/")] == [
        "https://host.org/docs/a/b/",
        "https://host.org/docs/a/b/#use-it",
    ]
    assert [row.url for row in rows_of(tmp_path)] == [None, None]


def test_the_same_folder_gives_the_same_bytes(tmp_path: Path):
    folder = folder_of(tmp_path / "docs", {"a.md": "# A\ntext", "b.md": "b"})
    for name in ("one.parquet", "two.parquet"):
        write_chunks(folder, tmp_path / name, url_root="", notices=[])
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    table = pq.read_table(tmp_path / "one.parquet")
    assert tuple(table.column_names) == COLUMNS
    assert table.num_rows == 2


def test_an_output_inside_the_folder_or_of_another_format_is_refused(tmp_path: Path):
    folder = folder_of(tmp_path / "docs", {"a.md": "a"})
    with pytest.raises(ConfigError, match="outside"):
        write_chunks(folder, folder / "x.parquet", url_root="", notices=[])
    with pytest.raises(ConfigError, match=r"\.parquet"):
        write_chunks(folder, tmp_path / "x.csv", url_root="", notices=[])


def test_a_dataset_or_a_missing_folder_is_refused(tmp_path: Path):
    folder = folder_of(tmp_path / "docs", {"a.md": "a"})
    write_chunks(folder, tmp_path / "data" / "a.parquet", url_root="", notices=[])
    with pytest.raises(ReadError, match="dataset already"):
        rows_of(tmp_path / "data")
    with pytest.raises(ReadError, match="no folder"):
        rows_of(tmp_path / "nowhere")


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path):
    folder = folder_of(tmp_path / "docs", {"a.md": "a"})
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x.parquet").mkdir()  # a folder cannot be replaced by a file
    with pytest.raises(WriteError, match=r"x\.parquet"):
        write_chunks(folder, tmp_path / "out" / "x.parquet", url_root="", notices=[])
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["x.parquet"]


def test_the_command_says_how_many_chunks_it_wrote(tmp_path: Path):
    folder = folder_of(tmp_path / "docs", {"a.md": "# A\na\n## B\nb"})
    command = [sys.executable, "-m", "sitegen", "chunk", str(folder), "-o", "out/a.parquet"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.strip() == "2 chunks from 1 page -> out/a.parquet"


def test_real_headings_give_the_anchors_that_doc_builder_gave_them():
    cases = json.loads(_shared("slug-cases.json").read_text("utf-8"))
    for case in cases:
        heading = f"## {case['heading'].lstrip('#').strip()}"
        assert [part.section for part in split_sections(f"{heading}\ntext")] == [
            f"#{case['anchor']}"
        ]


def test_real_pages_put_together_with_their_headings_give_their_real_chunks():
    truth = json.loads(_shared("transformers-docs-truth.json").read_text("utf-8"))
    pages: dict[str, list[str]] = defaultdict(list)
    for row in pq.read_table(_shared("transformers-docs.parquet")).to_pylist():
        pages[row["source"].partition("/source/en/")[2]].append(row["text"])
    for page in sorted(pages)[:: len(pages) // SOME_PAGES]:
        text = []
        for section, body in zip(truth[page]["sections"], pages[page], strict=True):
            heading = f"{'#' * section['level']} {section['title']}" if section["level"] else ""
            text += [heading, body]
        found = [part.text for part in split_sections("\n\n".join(text)) if part.text]
        assert found == pages[page], page


@pytest.mark.integration
def test_building_a_folder_and_building_its_chunks_show_the_same_text(tmp_path: Path):
    docs = CHECKOUT / "docs"
    write_chunks(docs, tmp_path / "docs.parquet", url_root="", notices=[])
    toctree = docs / "_toctree.yml"
    shown = []
    for name, source in (("whole", docs), ("chunks", tmp_path / "docs.parquet")):
        build(
            Config(
                input=(str(source),),
                output=tmp_path / name,
                toctree=toctree,
                title="x",
                jobs=1,
                search=False,
            )
        )
        pages = sorted((tmp_path / name).rglob("index.html"))
        shown.append({path.relative_to(tmp_path / name): _content(path) for path in pages})
    whole, chunks = shown
    assert whole.keys() == chunks.keys()
    for page, (texts, anchors) in whole.items():
        assert chunks[page] == (texts, anchors), page


@pytest.mark.parametrize("form", ["langchain", "llamaindex"])
def test_the_forms_of_others_give_the_same_pages(tmp_path: Path, form: str):
    text = "Above.\n\n# A `b`\n\nOne.\n\n### C\n\n## D [[d]]\n\n```py\n# no\n```\n"
    folder = folder_of(tmp_path / "docs", {"x/a.md": text, "x/b.md": "# B\n\nTwo.\n"})
    shown = []
    for name in ("sitegen", form):
        write_chunks(folder, tmp_path / f"{name}.parquet", url_root="", notices=[], form=name)
        out = tmp_path / name
        build(Config(input=(str(tmp_path / f"{name}.parquet"),), output=out, jobs=1, search=False))
        shown.append({path.relative_to(out): _content(path) for path in out.rglob("index.html")})
    assert shown[0] == shown[1]
    headings = shown[0][Path("a/index.html")][1]
    assert [re.sub("<a class.*|<[^>]*>", "", heading).strip() for heading in headings] == [
        *("A b", "C", "D")
    ]


def test_the_seed_form_has_the_columns_of_the_published_datasets(tmp_path: Path):
    folder = folder_of(tmp_path / "docs", {"a.md": "# A\n\n## B\ntext"})
    write_chunks(folder, tmp_path / "a.parquet", url_root="", notices=[], form="seed")
    assert pq.read_table(tmp_path / "a.parquet").to_pylist() == [
        {
            "text": "text",
            "source": "a.md",
            "url": None,
            "source_section": "#b",
            "file_type": ".md",
            "id": "0_0",
        }
    ]


def _content(path: Path) -> tuple[list[str], list[str]]:
    """Give the paragraphs and code blocks of a page, and its headings."""
    html = path.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
    html = re.sub(r' data-(?:chunk|restored)="[^"]*"', "", html)
    texts = re.findall(r"<(?:p|li|t[dh]|pre)(?: [^>]*)?>.*?</(?:p|li|t[dh]|pre)>", html, re.DOTALL)
    return texts, re.findall(r"<h\d[ >].*?</h\d>", html)


def _shared(name: str) -> Path:
    path = SHARED / "data" / name
    if not path.is_file():
        pytest.skip("the shared data is not beside this checkout")
    return path
