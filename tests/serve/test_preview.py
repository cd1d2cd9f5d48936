"""How a preview follows its sources: changes, errors, floods, signals."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sitegen.serve.watch import EMPTY

if TYPE_CHECKING:
    from tests.serve.conftest import Preview

pytestmark = pytest.mark.integration

Serve = Callable[..., "Preview"]


def rebuilds(preview: Preview) -> list[str]:
    return re.findall(r"^(.*): [\d,]+ of [\d,]+ pages changed", preview.lines(), re.MULTILINE)


def test_a_saved_page_is_served_and_announced(serve: Serve) -> None:
    preview = serve()
    with preview.stream() as news:
        (preview.folder / "docs/index.md").write_text("# Start\n\nZebra.\n")
        assert re.match(rb"[0-9a-f\r\n]*data: [0-9a-f]+", news.recv(4096).strip())
    assert b"Zebra" in preview.get()


def test_an_edit_that_keeps_the_length_of_a_text_is_one_too(serve: Serve) -> None:
    preview = serve()
    (preview.folder / "docs/index.md").write_text("# Start\n\nHallo.\n")
    preview.until(lambda: b"Hallo" in preview.get())


def test_pages_that_come_and_go_are_followed(serve: Serve) -> None:
    preview = serve()
    (preview.folder / "docs/sub").mkdir()
    (preview.folder / "docs/sub/new.md").write_text("# New one\n")
    preview.until(lambda: b"New one" in preview.get("/sub/new/"))
    (preview.folder / "docs/sub/new.md").rename(preview.folder / "docs/sub/other.md")
    preview.until(lambda: b"New one" in preview.get("/sub/other/"))
    assert preview.get("/sub/new/").startswith(b"HTTP/1.1 404")


def test_an_atomic_save_is_one_rebuild(serve: Serve) -> None:
    preview = serve()
    time.sleep(0.3)
    page = preview.folder / "docs/index.md"
    for number in range(3):
        draft = page.with_name(f".index.md.sw{number}")
        draft.write_text(f"# Start\n\nSave {number}.\n")
        draft.replace(page)
        preview.until(lambda number=number: b"Save %d" % number in preview.get())  # type: ignore[misc]
        time.sleep(0.3)
    assert len(rebuilds(preview)) == 4


def test_a_file_cut_to_nothing_and_written_again_is_never_shown_empty(serve: Serve) -> None:
    preview = serve()
    page = preview.folder / "docs/index.md"
    emptied = time.monotonic()
    page.write_text("")
    time.sleep(0.1)
    shown = preview.get()
    assert b"Hello" in shown or time.monotonic() - emptied > EMPTY  # on a busy machine
    page.write_text("# Start\n\nWritten again.\n")
    preview.until(lambda: b"Written again" in preview.get())


@pytest.mark.parametrize(
    ("file", "bad"),
    [
        ("sitegen.toml", 'titel = "x"\n'),
        ("docs/_toctree.yml", "- {\n"),
        ("templates/page.html", "{% block"),
        ("templates/base.html", "{{ nothing.like_this }}"),
    ],
)
def test_an_error_keeps_the_last_good_site_and_heals(serve: Serve, file: str, bad: str) -> None:
    preview = serve(
        pages={
            "index.md": "# Start\n\nHello.\n",
            "_toctree.yml": "- title: S\n  local: index\n",
            "../templates/.keep": "",
            "../sitegen.toml": 'input = "docs"\ntitle = "T"\n[theme]\ntemplates = "templates"\n',
        }
    )
    place = preview.folder / file
    good = place.read_text() if place.exists() else None
    place.write_text(bad)
    preview.until(lambda: b'"error":""' not in preview.get("/__livereload/state"))
    assert b"Hello" in preview.get()
    assert b'data-error="1"' in preview.get()
    assert place.name.encode() in preview.get("/__livereload/state")
    if good is None:
        place.unlink()
    else:
        place.write_text(good)
    preview.until(lambda: b'"error":""' in preview.get("/__livereload/state"))
    assert b'data-error="0"' in preview.get()


@pytest.mark.parametrize("way", ["folder", "renamed folder"])
def test_an_input_that_is_gone_and_comes_back_heals(serve: Serve, way: str) -> None:
    preview = serve()
    docs = preview.folder / "docs"
    kept = preview.folder / "elsewhere"
    if way == "folder":
        shutil.copytree(docs, kept)
        shutil.rmtree(docs)
    else:
        docs.rename(kept)
    preview.until(lambda: b'"error":""' not in preview.get("/__livereload/state"))
    assert b"Hello" in preview.get()
    kept.rename(docs)
    preview.until(lambda: b'"error":""' in preview.get("/__livereload/state"))
    (docs / "index.md").write_text("# Start\n\nBack again.\n")
    preview.until(lambda: b"Back again" in preview.get())


def test_a_dataset_that_is_cut_replaced_and_restored_heals(serve: Serve) -> None:
    rows = '{"text": "Hello.", "source": "docs/a.md"}\n'
    preview = serve("rows.jsonl", pages={"../rows.jsonl": rows})
    file = preview.folder / "rows.jsonl"
    for text in ("", '{"text": ', None):
        if text is None:
            file.unlink()
        else:
            file.write_text(text)
        preview.until(lambda: b'"error":""' not in preview.get("/__livereload/state"))
        assert b"Hello" in preview.get("/a/")
        file.write_text(rows)
        preview.until(lambda: b'"error":""' in preview.get("/__livereload/state"))


def test_a_server_that_begins_with_a_broken_input_shows_the_error_and_heals(serve: Serve) -> None:
    preview = serve("docs/broken.jsonl", pages={"broken.jsonl": '{"text": '})
    assert preview.get().startswith(b"HTTP/1.1 503")
    assert b"broken.jsonl" in preview.get("/__livereload/state")
    (preview.folder / "docs/broken.jsonl").write_text('{"text": "Here now.", "source": "a.md"}\n')
    preview.until(lambda: b"Here now" in preview.get("/a/"))


def test_errors_name_no_path_of_this_machine_in_a_page(serve: Serve) -> None:
    assert str(Path.home()).encode() + b"/" not in serve().get("/no%20such")


def test_without_events_the_files_are_looked_at(serve: Serve) -> None:
    preview = serve("docs", "--poll")
    preview.until(lambda: "twice a second" in preview.lines())
    (preview.folder / "docs/index.md").write_text("# Start\n\nPolled.\n")
    preview.until(lambda: b"Polled" in preview.get())


def test_a_port_that_is_taken_is_named(serve: Serve) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        preview = serve(taken=port)
        assert preview.process.wait(60) == 1
    assert f"port {port} is taken by another program" in preview.lines()
    assert "Traceback" not in preview.lines()


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_it_and_frees_the_port(
    serve: Serve, number: signal.Signals, code: int
) -> None:
    preview = serve()
    with preview.stream() as news:
        preview.process.send_signal(number)
        assert preview.process.wait(60) == code
        assert b"data" not in news.recv(100)
    assert "Traceback" not in preview.lines()
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(("127.0.0.1", preview.port))


def test_nothing_is_written_but_the_state_folder(serve: Serve) -> None:
    preview = serve()
    preview.until_there("/build.json")
    assert sorted(path.name for path in preview.folder.iterdir()) == [".sitegen", "docs"]


def test_only_this_machine_is_served(serve: Serve) -> None:
    port = serve().port
    listening = subprocess.run(["ss", "-ltnH"], capture_output=True, text=True, check=True).stdout
    places = re.findall(rf"(\S+):{port}\s", listening)
    assert set(places) <= {"127.0.0.1", "[::1]"}


def test_after_a_kill_the_next_start_is_clean(serve: Serve) -> None:
    pages = {f"p{n}.md": f"# P {n}\n\n{'text ' * 2000}\n" for n in range(60)}
    preview = serve(pages=pages)
    preview.process.kill()
    preview.process.wait()
    again = serve(pages={"p1.md": "# P 1\n\nAfter the kill.\n"})
    assert b"After the kill" in again.get("/p1/")
    assert b"P 59" in again.get("/p59/")
    again.until_there("/build.json")


def test_the_pages_are_those_of_a_build(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEGEN_SEARCH", "headings")  # the index of the texts comes later
    pages = {"index.md": "# A\n\n[b](sub/b.md)\n", "sub/b.md": "# B\n\n> [!TIP]\n> t\n"}
    preview = serve(pages=pages)
    command = [sys.executable, "-m", "sitegen", "build", "docs", "-o", "out"]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run(command, cwd=preview.folder, env=env, check=True, capture_output=True)
    preview.until_there("/build.json")
    for file in (preview.folder / "out").rglob("[!.]*.*"):
        if file.is_dir():
            continue
        name = file.relative_to(preview.folder / "out").as_posix()
        body = preview.get(f"/{name}").partition(b"\r\n\r\n")[2]
        body = re.sub(rb'<script src="/__livereload.js"[^\n]*\n', b"", body)
        written = file.read_bytes()
        if name == "build.json":  # a preview does not make all files, so it cannot tell of them
            body, written = (
                json.dumps({**json.loads(b), "output": {}}).encode() for b in (body, written)
            )
        assert body == written, name


def test_a_preview_has_what_machines_read_and_finds_headings(serve: Serve) -> None:
    preview = serve()
    (preview.folder / "docs/_redirects.yml").write_text("old/place: index\n")
    preview.until(lambda: b"Moved" in preview.get("/old/place/"))
    preview.until_there("/llms.txt")
    assert preview.get("/index.md").startswith(b"HTTP/1.1 200")
    assert preview.get("/chunk/shards.json").startswith(b"HTTP/1.1 200")
    assert preview.get("/search/").startswith(b"HTTP/1.1 200")
    assert b'{"full":false' in preview.get("/search/headings.js")
    assert preview.get("/pagefind/pagefind.js").startswith(b"HTTP/1.1 404")


def test_a_changed_footer_is_shown(serve: Serve) -> None:
    preview = serve()
    (preview.folder / "sitegen.toml").write_text('[theme]\nfooter = "Somebody else"\n')
    preview.until(lambda: b"Somebody else" in preview.get())


def test_a_template_of_the_project_is_a_component_here_too_and_its_edits_are_followed(
    serve: Serve,
) -> None:
    page = "# Start\n\n<Recipe>\n\n1. One *thing*.\n\n</Recipe>\n"
    template = '<div class="{look}"{{{{ marks }}}}>{{{{ body }}}}</div>\n'
    preview = serve(
        pages={
            "index.md": page,
            "../theme/components/Recipe.html": template.format(look="steps"),
            "../sitegen.toml": 'input = "docs"\ntheme.templates = "theme"\n',
        },
    )
    assert b'<div class="steps"' in preview.get()
    own = preview.folder / "theme/components/Recipe.html"
    own.write_text(template.format(look="stairs"))
    preview.until(lambda: b'<div class="stairs"' in preview.get())


def test_the_latest_of_several_versions_is_shown_or_the_one_that_is_asked_for(
    serve: Serve,
) -> None:
    listed = "".join(f'[[versions]]\nname = "{n}"\ninput = "docs/{n}"\n' for n in (2, 1))
    pages = {"1/index.md": "# One\n", "2/index.md": "# Two\n", "../sitegen.toml": listed}
    html = serve("-c", "sitegen.toml", pages=pages).get()
    assert b"<h1" in html
    assert b"Two" in html
    assert b'<span class="sg-version">2</span>' in html
    assert b"One" in serve("-c", "sitegen.toml", "--only", "1", pages=pages).get()
