from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen.errors import ConfigError, PublishError
from sitegen.limits.hosts import HOSTS, Limits
from sitegen.publish import PUBLISHERS, Outcome, limits
from sitegen.publish.limits import check_limits
from sitegen.publish.local_site import open_site
from sitegen.publish.media import cache_control, content_type
from sitegen.publish.plan import Plan, Remote, make_plan
from sitegen.publish.target import parse_target
from sitegen.safe_urls import redacted
from sitegen.write.manifest import Entry

Site = Callable[..., Path]
Send = Callable[..., Outcome]


def entries(**files: str) -> dict[str, Entry]:
    return {path.replace("_", "."): Entry.of(text.encode()) for path, text in files.items()}


def test_assets_come_before_pages_and_pages_before_what_lists_them(make_site: Site) -> None:
    site = open_site(
        make_site({"a/index.html": "", "assets/x.12345678.css": "", "index.html": "", "s.xml": ""})
    )
    assert make_plan(site, Remote()).phases == (
        ("assets/x.12345678.css", "s.xml"),
        ("a/index.html",),
        ("build.json", "index.html"),
    )


def test_equal_files_are_not_sent_and_only_files_of_the_manifest_are_deleted(
    make_site: Site,
) -> None:
    site = open_site(make_site({"same.html": "s", "changed.html": "new", "added.html": "a"}))
    manifest = entries(same_html="s", changed_html="old", gone_html="g") | {
        "build.json": site.files["build.json"]
    }
    files = {path: entry.size for path, entry in manifest.items()} | {"theirs.html": 1}
    plan = make_plan(site, Remote(files, manifest))
    assert (plan.added, plan.changed, plan.deleted) == (
        ("added.html",),
        ("changed.html",),
        ("gone.html",),
    )
    assert plan.unchanged == 2
    assert plan.bytes == 4
    assert "+ added.html (1 bytes)" in str(plan)
    assert "- gone.html" in str(plan)


def test_a_file_that_was_edited_on_the_target_is_sent_again(make_site: Site) -> None:
    site = open_site(make_site({"a.html": "abc"}))
    files = {path: entry.size for path, entry in site.files.items()} | {"a.html": 99}
    assert make_plan(site, Remote(files, site.files)).changed == ("a.html",)


def test_a_target_with_foreign_files_is_refused_and_can_be_adopted(make_site: Site) -> None:
    site = open_site(make_site({"a.html": "abc"}))
    remote = Remote({"a.html": 1, "theirs.txt": 2})
    with pytest.raises(PublishError, match=r"did not publish: a\.html.*--adopt"):
        make_plan(site, remote)
    plan = make_plan(site, remote, adopt=True)
    assert plan.changed == ("a.html",)
    assert plan.deleted == ()


def test_what_a_host_keeps_beside_a_site_is_not_foreign(make_site: Site) -> None:
    site = open_site(make_site({".nojekyll": ""}))
    plan = make_plan(site, Remote({"CNAME": 9, "README.md": 7, ".nojekyll": 0}))
    assert plan.deleted == ()


def test_a_household_file_that_the_site_has_too_is_not_overwritten(make_site: Site) -> None:
    site = open_site(make_site({"README.md": "ours"}))
    with pytest.raises(PublishError, match=r"README\.md"):
        make_plan(site, Remote({"README.md": 7}))


def test_a_site_that_was_edited_after_the_build_is_not_sent(make_site: Site, send: Send) -> None:
    folder = make_site({"a.html": "abc"})
    (folder / "a.html").write_text("edited")
    with pytest.raises(PublishError, match=r"a\.html: was changed after the build"):
        send(f"file://{folder.parent}/www", folder)
    assert not (folder.parent / "www").exists()


def test_a_folder_that_no_build_wrote_is_not_sent(tmp_path: Path, send: Send) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "secret").write_text("x")
    with pytest.raises(PublishError, match="is not a site that sitegen built"):
        send(f"file://{tmp_path}/www", tmp_path / "notes")


def test_limits_are_named_all_at_once_with_what_to_do(
    make_site: Site, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    tight = Limits(files=2, file_bytes=5, total_bytes=20, folder_entries=1, redirects=1)
    monkeypatch.setattr(limits, "HOSTS", {**HOSTS, "tight": tight})
    folder = make_site({"a/1": "123456", "a/2": "", "_redirects": "/a /b\n/c /d\n"})
    with pytest.raises(PublishError) as caught:
        send(f"file://{folder.parent}/www", folder, host="tight")
    message = caught.value.message
    for part in ("5 files, 2", "a/1 has 6 bytes", "in all, 20", "folder 'a' has 2", "2 redirects"):
        assert part in message
    assert "split the dataset" in message
    assert not (folder.parent / "www").exists()


def test_an_unknown_host_gets_a_suggestion(make_site: Site) -> None:
    site = open_site(make_site({}))
    with pytest.raises(ConfigError, match="did you mean 'github-pages'"):
        check_limits("github-page", {"": make_plan(site, Remote())}, site)


@pytest.mark.parametrize(
    ("path", "kind", "is_immutable"),
    [
        ("a/index.html", "text/html; charset=utf-8", False),
        ("assets/site.0a1b2c3d.css", "text/css; charset=utf-8", True),
        ("assets/icon.0a1b2c3d.svg", "image/svg+xml", True),
        ("assets/photo.png", "image/png", False),
        ("build.json", "application/json; charset=utf-8", False),
        ("sitemap.xml", "application/xml; charset=utf-8", False),
        (".nojekyll", "application/octet-stream", False),
    ],
)
def test_each_file_has_its_type_and_only_fingerprints_are_kept_for_good(
    path: str, kind: str, *, is_immutable: bool
) -> None:
    assert content_type(path) == kind
    assert ("immutable" in cache_control(path)) is is_immutable


@pytest.mark.parametrize(
    "target",
    [
        "--upload-pack=touch canary",
        "ext::sh -c touch% canary",
        "git+ext://sh",
        "rsync+ssh://-oProxyCommand=touch/srv",
        "rsync+ssh://user@-oProxyCommand=x/srv",
        "git+ssh://-oProxyCommand=x/repo.git",
        "git+https://host/../x",
        "s3://user:hunter22@bucket/x",
        "s3://bucket/a\r\nb",
        "gh-pages:-x",
        "git+https://host/r.git#-f",
        "nothing",
    ],
)
def test_a_target_that_would_be_an_option_a_program_or_a_secret_is_refused(target: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_target(target, PUBLISHERS)
    assert "hunter22" not in str(caught.value)


def test_an_unknown_scheme_gets_a_suggestion() -> None:
    with pytest.raises(ConfigError, match=r"no publisher for 's4' - did you mean 's3:'"):
        parse_target("s4://bucket", PUBLISHERS)


def test_a_path_gets_the_address_of_its_folder() -> None:
    with pytest.raises(ConfigError, match=r"a folder of this machine is file:///srv/docs"):
        parse_target("/srv/docs", PUBLISHERS)


def test_secrets_never_reach_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEGEN_GIT_TOKEN", "ghp_abcdefgh")
    text = "fatal: https://me:pw@host/x ghp_abcdefgh"
    assert redacted(text) == "fatal: https://***@host/x ***"


def test_a_site_of_too_many_files_is_told_the_setting_that_writes_fewer(make_site: Site) -> None:
    site = open_site(make_site({f"{number}.html": "" for number in range(3)}))
    many = replace(site, files={f"{n}.html": site.files["0.html"] for n in range(20_001)})
    with pytest.raises(PublishError, match=r"20,002 files.*feeds\.markdown = false"):
        check_limits("cloudflare-pages", {"": make_plan(many, Remote())}, many)


def planned(site: Path, remote: Remote) -> Plan:
    return make_plan(open_site(site), remote, adopt=True)


def test_what_stays_at_the_target_counts_and_what_goes_does_not(make_site: Site) -> None:
    site = make_site({"a.html": "new"})
    gone = {f"gone{number}.html": Entry.of(b"") for number in range(20_000)}
    held = Remote({**dict.fromkeys(gone, 0), "theirs.txt": 1}, gone)
    check_limits("cloudflare-pages", {"": planned(site, held)}, open_site(site))
    stays = Remote(dict.fromkeys(gone, 0), beside={"of/another": -1}, inside="docs/")
    with pytest.raises(PublishError, match=r"with 20,001 files that stay there: 20,004 files"):
        check_limits("cloudflare-pages", {"": planned(site, stays)}, open_site(site))
    many = {f"docs/{number}": -1 for number in range(9_999)}
    with pytest.raises(PublishError, match=r"the folder 'docs' has 10,002 entries"):
        check_limits(
            "hugging-face",
            {"": planned(site, Remote(beside=many, inside="docs/"))},
            open_site(site),
        )


def test_a_site_goes_from_a_host_that_holds_too_much(make_site: Site) -> None:
    site = replace(open_site(make_site({})), files={})
    held = {f"{number}.html": Entry.of(b"") for number in range(20_001)}
    plan = make_plan(site, Remote(dict.fromkeys(held, 0), held))
    check_limits("cloudflare-pages", {"": plan}, site)
