from __future__ import annotations

import re

import pytest

from sitegen.model import Document, LinkSpace, Section
from sitegen.model.objects import ApiDoc, Documented, Named
from sitegen.render import render
from sitegen.render.components.signature import Parameter, read_signature


@pytest.mark.parametrize(
    ("signature", "parameters"),
    [
        ("", ()),
        ("self", (Parameter("self", "", ""),)),
        ("a: dict[str, int] = {}, *", (("a", "dict[str, int]", "{}"), ("*", "", ""))),
        ("b='x, y', c", (("b", "", "'x, y'"), ("c", "", ""))),
        ("f: Callable[[int], str] = g(x == 1)", (("f", "Callable[[int], str]", "g(x == 1)"),)),
        ("q='it\\'s, fine', **kwargs: Any", (("q", "", "'it\\'s, fine'"), ("**kwargs", "Any", ""))),
        ("broken: list[int = (", (("broken", "list[int = (", ""),)),
    ],
)  # fmt: skip
def test_a_signature_is_taken_apart_where_no_bracket_or_quote_is_open(
    signature: str, parameters: tuple[tuple[str, str, str], ...]
) -> None:
    assert read_signature(signature) == parameters


def card(doc: ApiDoc, *named: tuple[str, Documented], text: str = "[[autodoc]] lib.Kettle") -> str:
    names = Named("lib", named, (doc,), (), ())
    document = Document("api", "api.md", f"# API\n\n{text}\n", (Section(0, "", "1", "f", 0),))
    return render(document, LinkSpace(), names).html


def test_a_short_signature_stands_on_a_line_with_the_name_alone_in_bold() -> None:
    html = card(ApiDoc("lib.Kettle", "class", ("size: int = 1",)))
    assert '<span class="sg-api-kind">class</span> lib.<b>Kettle</b>(' in html
    assert '<span class="sg-api-default"> = 1</span>)' in html
    assert "sg-api-call" not in html


def test_a_long_signature_has_a_parameter_a_line_and_folds_most_of_them() -> None:
    html = card(
        ApiDoc("lib.Kettle", "class", tuple(f"parameter_{n}: int = {n}" for n in range(20)))
    )
    before, fold, inside = html.partition("<details>")
    assert before.count('<li><code><span class="sg-api-arg">parameter_') == 10
    assert fold
    assert "<summary>+ 10</summary>" in inside
    assert inside.count("sg-api-arg") == 10


def test_types_lead_to_what_documents_them() -> None:
    lid = Documented("lib.Lid", "lid", "lib.Lid")
    html = card(ApiDoc("lib.Kettle", "class", ("lid: list[Lid] | None",)), ("Lid", lid))
    assert 'list[<a class="sg-reference" href="../lid/#lib.Lid">Lid</a>] | None' in html


def test_members_are_entries_below_their_heading() -> None:
    size = ApiDoc("lib.Kettle.size", "property")
    doc = ApiDoc(
        "lib.Kettle", "class", (), "Boils.", (), (ApiDoc("lib.Kettle.boil", "method", ()), size)
    )
    names = Named("lib", (), (doc,), (), ())
    text = "# API\n\n## Kettle\n\n[[autodoc]] lib.Kettle\n    - boil\n    - size\n\n## Next\n"
    page = Document("api", "api.md", text, (Section(0, "", "1", "f", 0),))
    found = [(each.level, each.text) for each in render(page, LinkSpace(), names).headings]
    assert found == [(1, "API"), (2, "Kettle"), (3, "boil()"), (3, "size"), (2, "Next")]


def test_nothing_but_a_name_is_a_line_that_says_so_and_leads_to_the_origin() -> None:
    url = "https://docs.example.org/docs/lib/api"
    section = (Section(0, "", "1", "f", 0),)
    text = "# API\n\n## Kettle\n\n[[autodoc]] Kettle\n    - all\n\n## More\n\n[[autodoc]] lib.Lid\n"
    html = render(Document("api", "api.md", text, section, url=url), LinkSpace(), Named("lib")).html
    assert "sg-api-name" not in html
    absent = re.findall(r'<p class="sg-api-absent" id="([^"]*)".*?>(.*?)</p>', html)
    assert [id for id, _ in absent] == ["lib.Kettle", "lib.Lid"]
    assert "<code>" not in absent[0][1]  # the heading has the name
    assert "<code>lib.Lid</code>" in absent[1][1]
    assert f'<a href="{url}#lib.Kettle" rel="noopener noreferrer">docs.example.org</a>' in html
