"""Callouts and tabs that are written as shortcodes: Hugo's, GitBook's, Markdoc's."""

from __future__ import annotations

import pytest

from tests.cases import body


@pytest.mark.parametrize(
    ("opening", "closing", "kind", "title"),
    [
        ('{% hint style="warning" %}', "{% endhint %}", "warning", "Warning"),
        ('{% callout type="note" title="A *b*" %}', "{% /callout %}", "note", "A <em>b</em>"),
        ("{{< hint danger >}}", "{{< /hint >}}", "caution", "Danger"),
        ('{{% alert title="See" color="success" %}}', "{{% /alert %}}", "tip", "See"),
        ('{{% notice tip "Mine" %}}', "{{% /notice %}}", "tip", "Mine"),
        ("{{<caution>}}", "{{</caution>}}", "caution", "Caution"),
    ],
)
@pytest.mark.parametrize("indent", ["", "  "])
def test_a_callout_as_a_shortcode_is_one(
    opening: str, closing: str, kind: str, title: str, indent: str
) -> None:
    lines = [opening, "Do *it*.", closing]
    text = "- One\n\n" * bool(indent) + "".join(f"{indent}{line}\n" for line in lines)
    made = body(text + "\nAfter.\n")
    assert f'<aside class="sg-callout sg-callout-{kind}"' in made.html
    assert f'<p class="sg-callout-title">{title}</p>\n<p>Do <em>it</em>.</p>\n</aside>' in made.html
    assert "<p>After.</p>" in made.html
    assert "{" not in made.html + made.markdown
    assert not made.diagnostics


def test_tabs_as_shortcodes_are_tabs_by_title_or_in_the_order_of_their_items() -> None:
    titled = '{% tab title="One" %}\nA\n{% endtab %}\n{% tab title="Two" %}\nB\n{% endtab %}\n'
    listed = "{{< tab >}}\nA\n{{< /tab >}}\n{{< tab >}}\nB\n{{< /tab >}}\n"
    for text in (
        f"{{% tabs %}}\n{titled}{{% endtabs %}}\n",
        f'{{{{< tabs items="One, Two" >}}}}\n{listed}{{{{< /tabs >}}}}\n',
    ):
        made = body(text)
        assert made.html.count('class="sg-tabs"') == 1
        assert made.markdown == "**One**\n\nA\n\n**Two**\n\nB\n"
        assert not made.diagnostics


def test_what_only_arranges_leaves_what_it_is_around_and_the_title_of_code() -> None:
    made = body(
        '{% code title="a.js" %}\n```js\nx\n```\n{% endcode %}\n\n'
        '{% content-ref url="other.md" %}\n[Other](other.md)\n{% endcontent-ref %}\n'
    )
    assert "a.js<small>JavaScript</small>" in made.html
    assert '<p><a href="../other/">Other</a></p>' in made.html
    assert not made.diagnostics


def test_shortcodes_stand_in_each_other_and_fold() -> None:
    made = body(
        '{{< details "More" >}}\n{% hint %}\nIn.\n{% hint style="tip" %}\nDeep.\n{% endhint %}\n'
        "Out.\n{% endhint %}\n{{< /details >}}\n"
    )
    assert '<summary class="sg-callout-title">More</summary>' in made.html
    assert made.html.count("<aside") == 2
    assert made.html.index("Deep.") < made.html.index("Out.")


@pytest.mark.parametrize(
    "text",
    [
        "{% hint %}\nNever closed.\n",
        "{% endhint %}\n",
        "Words {% hint %} in a sentence {% endhint %}.\n",
        "{% include x %}\n",
        "{{< figure title='x' >}}\n",
        "{{< youtube >}}\n",
        "{% hint %}\nIn one\n\n```\n{% endhint %}\n```\n",
    ],
)
def test_other_shortcodes_and_those_without_an_end_are_shown_and_reported(text: str) -> None:
    made = body(text)
    assert "{" in made.html
    assert [finding.code for finding in made.diagnostics] == ["dialect"]


def test_a_fence_shows_shortcodes_as_they_are() -> None:
    made = body("```\n{% hint %}\nx\n{% endhint %}\n```\n")
    assert "{% hint %}\nx\n{% endhint %}" in made.html
    assert "sg-callout" not in made.html


@pytest.mark.parametrize(
    "text", ["{% hint %}\n", "{{< tab >}}\n", "{% hint %}\n{% tab %}\n", '{% "\n']
)
def test_many_shortcodes_without_an_end_or_in_each_other_end_soon(text: str) -> None:
    assert "{" in body(text * 3000).html
    for name in ("hint", "step"):
        deep = f"{{% {name} %}}\n" * 1_000 + "word\n" + f"{{% end{name} %}}\n" * 1_000
        assert "word" in body(deep).html


@pytest.mark.parametrize(
    ("text", "html", "twin"),
    [
        (
            '{{< figure src="a.png" alt="x" width="30px" link="b.md" title="The *words*" >}}',
            "<figcaption>The <em>words</em></figcaption>",
            "[![x](a.png)](b.md)\n\nThe *words*",
        ),
        ('{{< figure src="a.png" >}}', '<p data-chunk="1_0"><img src="../a.png"', "![](a.png)"),
        ("{{< vimeo 12 >}}", "https://player.vimeo.com/video/12", "<iframe"),
        (
            '{{< highlight go "linenos=table" >}}\n# x\n{{< /highlight >}}',
            " data-numbered>",
            "```go",
        ),
        ("{% highlight ruby %}\nx\n{% endhighlight %}", 'data-lang="ruby"', "```ruby\nx\n```"),
        ("{% comment %}\nhidden\n{% endcomment %}\nWords", ">Words<", "Words"),
        ("{% raw %}\n```liquid\n{{ x }}\n```\n{% endraw %}", "{{", "```liquid\n{{ x }}\n```"),
    ],
)
def test_shortcodes_of_pictures_and_code_are_what_they_say(text: str, html: str, twin: str) -> None:
    made = body(f"{text}\n")
    assert html in made.html
    assert made.markdown.startswith(twin)
    assert "hidden" not in made.html + made.markdown
    assert not made.diagnostics


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ('{% embed url="https://a.org/x" %}', ">https://a.org/x</a>"),
        ('{% embed url="https://a.org" %}\nIt *is*\n{% endembed %}', ">It <em>is</em></a>"),
        ('{% file src="a/b.pdf" %}\nThe paper\n{% endfile %}', 'a/b.pdf">The paper</a>'),
        ('{% file src="a/b.pdf" caption="C" %}', 'a/b.pdf">C</a>'),
        ('{% file src="a/b.pdf" %}', 'a/b.pdf">b.pdf</a>'),
    ],
)
def test_what_gitbook_embeds_is_led_to(text: str, link: str) -> None:
    made = body(f"A\n\n{text}\n\nB\n")
    assert link in made.html
    assert "{%" not in made.html + made.markdown
    assert not made.diagnostics
    assert "{% embed %}" in body("{% embed %}\n").html


def test_comments_of_hugo_are_left_out_and_what_parts_columns_is_reported() -> None:
    made = body("A {{/* one */}} b\n\n{{</* two */>}}\n")
    assert "one" not in made.html
    assert "{ }" not in made.html
    found = body("{{< columns >}}\na\n<--->\nb\n{{< /columns >}}\n").diagnostics
    assert [each.code for each in found] == ["dialect"]


def test_what_leads_to_a_file_is_one_link_whatever_its_text_says() -> None:
    made = body('{% file src="a.pdf" %}\nA ] and [b](https://b.org)\n{% endfile %}\n')
    assert made.html.count("<a ") == 1
    assert ">A ] and [b](https://b.org)</a>" in made.html
