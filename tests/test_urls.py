from __future__ import annotations

import unicodedata
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.urls import (
    Target,
    is_absolute,
    natural_key,
    output_path,
    permalink,
    portable,
    relative,
    resolve,
    slug,
)

ids = st.text(max_size=60)
hostile = st.text(st.sampled_from("a.A/_- \\:\0?#%é\u202e\ud800"), max_size=30)
addresses = st.lists(st.text("abcé1 -.:~'", min_size=1).filter(lambda s: s.strip(".")), max_size=4)


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Quick tour", "quick-tour"),
        ("  Two \u00a0\u3000 spaces ", "two-spaces"),
        ("a_b.c", "abc"),
        ("A - B", "a---b"),
        ("With 🤗 Accelerate", "with--accelerate"),
        ("-x-", "-x-"),
        ("Привет, мир", "привет-мир"),
        ("कय", "कय"),
        ("क्यों", "कय"),
        ("²½Ⅷ", "²½ⅷ"),
        ("!?", ""),
    ],
)
def test_a_slug_keeps_letters_numbers_and_hyphens_only(title: str, anchor: str) -> None:
    assert slug(title) == anchor


@given(st.text(st.characters(codec="ascii")), st.booleans(), st.booleans())
def test_plain_words_have_the_anchor_that_they_have_beside_others(
    title: str, underscores: bool, marks: bool
) -> None:
    anchor = slug(title, underscores=underscores, marks=marks)
    assert slug(f"é{title.strip()}", underscores=underscores, marks=marks) == f"é{anchor}"


@pytest.mark.parametrize(
    ("document_id", "address"),
    [
        ("index", ""),
        ("README", ""),
        ("a", "a/"),
        ("a/b", "a/b/"),
        ("a/index", "a/"),
        ("a/Readme", "a/"),
        ("a/_index", "a/"),
        ("a//b/", "a/b/"),
        ("", ""),
        ("index/x", "index/x/"),
    ],
)
def test_an_index_page_has_the_address_of_its_folder(document_id: str, address: str) -> None:
    assert permalink(document_id) == address
    assert output_path(address) == f"{address}index.html"


@given(ids | hostile)
def test_a_permalink_is_a_pure_function_and_stays_inside_the_site(document_id: str) -> None:
    address = permalink(document_id)
    assert address == permalink(document_id)
    assert address == "" or address.endswith("/")
    assert not address.startswith("/")
    assert not {"", ".", ".."} & set(address.split("/")[:-1])
    assert len(address.encode()) <= 2000


@given(ids | hostile)
def test_a_portable_name_stands_on_every_file_system(segment: str) -> None:
    name = portable(segment)
    assert name
    assert name[0] not in "._"
    assert name[-1] not in ". "
    assert not set(name) & set('<>:"/\\|?*#%')
    assert all(unicodedata.category(c)[0] != "C" or c.isprintable() or ord(c) > 127 for c in name)
    assert len(name.encode()) <= 220
    assert portable(name) == name


@pytest.mark.parametrize(
    ("segment", "name"),
    [
        ("model_doc", "model_doc"),
        ("v4.2", "v4.2"),
        ("_private", "private"),
        (".hidden", "hidden"),
        ("a. .", "a.-"),
        ("con", "con-page"),
        ("CON.md", "CON-page.md"),
        ("lpt1", "lpt1-page"),
        ("console", "console"),
        ("index.html", "index-page.html"),
        ("a\0b", "a-b"),
        ("a\ud800b", "a-b"),
        ("a\u202eb", "a-b"),
        ("a b", "a-b"),
        ("cafe\u0301", "caf\u00e9"),
        ("100%", "100-"),
    ],
)
def test_what_a_host_cannot_hold_is_replaced(segment: str, name: str) -> None:
    assert portable(segment) == name


@pytest.mark.parametrize("segment", ["..", ".", "...", "\0", "?", "_", " "])
def test_a_name_of_which_nothing_stays_gets_a_digest(segment: str) -> None:
    assert portable(segment).startswith("page-")
    assert portable(segment) != portable(segment + "?.")


def test_a_name_longer_than_file_systems_allow_is_cut_and_keeps_apart() -> None:
    first, second = portable("é" * 300 + "1"), portable("é" * 300 + "2")
    assert first != second
    assert max(len(first.encode()), len(second.encode())) < 255


def test_a_path_longer_than_file_systems_allow_becomes_one_name() -> None:
    assert permalink("a/" * 3000).startswith("page-")
    assert permalink("a/" * 3000) != permalink("a/" * 3001)


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("a/b/", "c/", "../../c/"),
        ("a/b/", "a/c/", "../c/"),
        ("a/b/", "a/b/", "./"),
        ("a/b/", "a/", "../"),
        ("a/b/", "", "../../"),
        ("", "a/", "a/"),
        ("", "", "./"),
        ("a/", "a/b/", "b/"),
        ("a/", "img/x y.png", "../img/x%20y.png"),
        ("", "a:b/", "a%3Ab/"),
        ("a/", "é/", "../%C3%A9/"),
    ],
)
def test_a_relative_link_climbs_as_little_as_it_can(here: str, there: str, link: str) -> None:
    assert relative(here, there) == link


@given(addresses, addresses)
def test_a_relative_link_leads_back_to_its_target(here: list[str], there: list[str]) -> None:
    from_, to = ("".join(f"{s}/" for s in path) for path in (here, there))
    base = "https://host.example/docs/"
    resolved = urljoin(urljoin(base, relative("", from_)), relative(from_, to))
    assert unquote(resolved) == base + to


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("x", Target("a/x", True, "")),
        ("./x", Target("a/x", True, "")),
        ("x.md", Target("a/x", True, "")),
        ("x.mdx", Target("a/x", True, "")),
        ("x.html", Target("a/x", True, "")),
        ("X.MD", Target("a/X", True, "")),
        ("../x.md#y", Target("x", True, "#y")),
        ("x?q=1#y", Target("a/x", True, "?q=1#y")),
        ("dir/", Target("a/dir", True, "")),
        ("..", Target("index", True, "")),
        ("../", Target("index", True, "")),
        (".", Target("a", True, "")),
        ("/x", Target("x", True, "")),
        ("/", Target("index", True, "")),
        ("?q", Target("a/b", True, "?q")),
        ("#y", Target("a/b", True, "#y")),
        ("", Target("a/b", True, "")),
        ("x%20y.md", Target("a/x y", True, "")),
        ("gpt2.5", Target("a/gpt2.5", True, "")),
        ("x.png", Target("a/x.png", False, "")),
        ("../x.ipynb#y", Target("x.ipynb", False, "#y")),
        ("../../x", None),
        ("%2e%2e/%2e%2e/x", None),
        ("@site/static/img/x.svg", Target("img/x.svg", False, "")),
        ("@site/docs/c.mdx#d", Target("c", True, "#d")),
    ],
)
def test_links_resolve_in_all_the_forms_that_authors_use(href: str, target: Target | None) -> None:
    assert resolve(href, "a/b") == target


@given(st.text("./ab%2e#?"), hostile)
def test_a_resolved_link_never_leaves_the_site(href: str, document_id: str) -> None:
    target = resolve(href, document_id.strip("/"))
    if target is not None and (href.partition("#")[0].partition("?")[0]):
        assert ".." not in target.path.split("/")
        assert not target.path.startswith("/")


def test_an_address_with_a_scheme_or_host_is_absolute() -> None:
    assert all(map(is_absolute, ["https://x", "mailto:a@b", "//host/x", "C:/x"]))
    assert not any(map(is_absolute, ["x", "/x", "#x", "./a:b", "1:2"]))


def test_natural_order_counts_and_keeps_folders_together() -> None:
    order = ["1", "2", "10", "a", "a/1", "a/2", "a/10", "a1", "a2", "a10", "a-b", "B"]
    assert sorted(sorted(order), key=natural_key) == order


@given(st.lists(st.text("0123456789", min_size=1, max_size=5), unique=True))
def test_natural_order_is_the_order_of_values(numbers: list[str]) -> None:
    assert [int(n) for n in sorted(numbers, key=natural_key)] == sorted(map(int, numbers))


def test_numbers_too_long_for_an_integer_have_an_order_too() -> None:
    assert natural_key("2" + "0" * 5000) > natural_key("1" + "0" * 5000)
