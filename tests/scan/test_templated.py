"""Addresses that templates of Hugo and Jekyll make."""

from __future__ import annotations

import pytest

from sitegen.model import Document, LinkSpace, Section
from sitegen.model.objects import Named
from sitegen.plan.mentions import mentions
from sitegen.render import render
from tests.cases import body
from tests.plan.planned import references_of

HOME = "home"


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ('{{< ref "/guide/a.md" >}}', "guide/a"),
        ('{{% relref "guide/a.md#part" %}}', "guide/a#part"),
        ("{{< relref path='guide/a.md' lang='en' >}}", "guide/a"),
        ("{{ site.baseurl }}/guide/a", "guide/a"),
        ("{{ site.url }}{{ site.baseurl }}/guide/a/#part", "guide/a#part"),
        ("{% link guide/a.md %}", "guide/a"),
        ("{{site.baseurl}}{% link guide/a.md %}#part", "guide/a#part"),
        ('{{ "/guide/a" | relative_url }}', "guide/a"),
        ('{{ "guide/a" | absURL }}', "guide/a"),
    ],
)
def test_an_address_of_a_template_leads_to_the_page_that_it_names(address: str, page: str) -> None:
    one = Document("guide/a", "guide/a", "# A\n\n## Part\n", (Section(0, "", "0_0", "f", 0),))
    text = f'[words]({address} "T") and <b>more</b>\n'
    home = Document(HOME, HOME, text, (Section(0, "", "0_0", "f", 0),))
    made = render(home, LinkSpace(), named(one, home))
    path, _, part = page.partition("#")
    assert f'<a href="../{path}/{f"#{part}" if part else ""}" title="T">words</a>' in made.html
    assert "{" not in made.markdown
    is_of_hugo = "ref " in address  # it counts from the root of the pages, not of the host
    assert [each.code for each in made.diagnostics] == ["link-site-absolute"] * (not is_of_hugo)


def named(*documents: Document) -> Named:
    return references_of(documents, "").of(documents[-1], mentions(documents[-1].text))


def test_pictures_have_such_addresses_too() -> None:
    assert '<img src="/a.png" alt="x"' in body('![x]({{ "/a.png" | relative_url }})\n').html


@pytest.mark.parametrize("text", ["[x]({{ page.url }})", "[x]({% post_url a %})"])
def test_what_nothing_is_known_of_is_shown_as_written(text: str) -> None:
    assert "{" in body(f"{text}\n").html


@pytest.mark.parametrize("text", ["[x]({{", "[x]({{ site.url }}", '[x]({{< ref "', "[x]({% link "])
def test_many_that_never_end_take_time_as_their_number(text: str) -> None:
    assert body(text * 3_000).html
