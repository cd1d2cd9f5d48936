"""``<InferenceSnippet>``: which providers serve a task, and how to call the first of them."""

from __future__ import annotations

from html import escape

from sitegen.render.components.code import code_figure
from sitegen.render.components.js_literal import parse_literal
from sitegen.render.components.media import task_name
from sitegen.render.components.registry import Node, component
from sitegen.render.components.tabs import tab_group
from sitegen.render.context import PageContext
from sitegen.render.twin import pieces as plain

_HUB = "https://huggingface.co/"
_PYTHON = """import os
from huggingface_hub import InferenceClient

client = InferenceClient(provider="{provider}", api_key=os.environ["HF_TOKEN"])

{call}
"""
_JAVASCRIPT = """import {{ InferenceClient }} from "@huggingface/inference";

const client = new InferenceClient(process.env.HF_TOKEN);

{call}
"""
_CHAT = {
    "Python": """completion = client.chat.completions.create(
    model="{model}",
    messages=[{{"role": "user", "content": "What is the capital of France?"}}],
)
print(completion.choices[0].message)""",
    "JavaScript": """const completion = await client.chatCompletion({{
  provider: "{provider}",
  model: "{model}",
  messages: [{{ role: "user", content: "What is the capital of France?" }}],
}});
console.log(completion.choices[0].message);""",
    "cURL": """curl https://router.huggingface.co/v1/chat/completions \\
  -H "Authorization: Bearer $HF_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{{
    "model": "{model}:{provider}",
    "messages": [{{"role": "user", "content": "What is the capital of France?"}}]
  }}'
""",
}
_INPUTS = {
    "automatic-speech-recognition": '"sample.flac"',
    "feature-extraction": '"Today is a sunny day."',
    "fill-mask": '"The answer is [MASK]."',
    "image-classification": '"cat.jpg"',
    "image-segmentation": '"cat.jpg"',
    "image-to-image": '"cat.png"',
    "object-detection": '"cat.jpg"',
    "summarization": '"The tower is 324 metres tall."',
    "text-classification": '"I like you."',
    "text-generation": '"Once upon a time"',
    "text-to-image": '"Astronaut riding a horse"',
    "text-to-speech": '"Hello."',
    "text-to-video": '"A dog on the beach"',
    "token-classification": '"My name is Sarah."',
    "translation": '"Hello."',
}


def _served(node: Node) -> list[tuple[str, str]]:
    """The providers and the model that each serves.

    Raises:
        ValueError: the mapping cannot be read.
    """
    mapping = parse_literal(node.attributes.get("providersMapping", "{}"))
    return [
        (provider, str(entry["modelId"]))
        for provider, entry in (mapping.items() if isinstance(mapping, dict) else ())
        if isinstance(entry, dict) and isinstance(entry.get("modelId"), str)
    ]


_NONE = "No provider serves {}."


def _markdown(node: Node, page: PageContext) -> str:
    pipeline = node.attributes.get("pipeline", "")
    try:
        served = _served(node)
    except ValueError:
        return plain.fenced(node.attributes.get("providersMapping", ""))
    if not served:
        return page.say(_NONE, plain.escaped(task_name(pipeline)))
    rows = [f"| {plain.escaped(p)} | {plain.link(model, _HUB + model)} |" for p, model in served]
    examples = [
        plain.labelled(language, plain.fenced(code, info))
        for language, info, code in _examples(pipeline, *served[0], node.flag("conversational"))
    ]
    head = f"| {page.say('Provider')} | {page.say('Model')} |"
    table = "\n".join([head, "| --- | --- |", *rows])
    return plain.blocks([table, *examples])


@component(
    "InferenceSnippet",
    leaf=True,
    attributes=("pipeline", "providersMapping", "conversational"),
    markdown=_markdown,
)
def inference_snippet(node: Node, page: PageContext) -> str:
    """A table of providers and their models, and an example in three languages."""
    pipeline = node.attributes.get("pipeline", "")
    try:
        served = _served(node)
    except ValueError as error:
        page.report(
            "component-malformed",
            f"providersMapping of <InferenceSnippet>: {error}",
            help='write providersMapping={ {"provider": {"modelId": "owner/model"}} }',
        )
        return f"<pre{node.marks}><code>{node.get('providersMapping')}</code></pre>\n"
    if not served:
        return f"<p{node.marks}>{escape(page.say(_NONE, task_name(pipeline)))}</p>\n"
    panels = [
        (language, code_figure(page, code, info))
        for language, info, code in _examples(pipeline, *served[0], node.flag("conversational"))
    ]
    examples = tab_group(page, "code", panels) if panels else ""
    return f"<div{node.marks}>{_table(served, page)}{examples}</div>\n"


def _table(served: list[tuple[str, str]], page: PageContext) -> str:
    rows = "".join(
        f"<tr><td>{escape(provider)}</td>"
        f'<td><a href="{escape(page.writes(_HUB + model))}" rel="noopener noreferrer">'
        f"{escape(model)}</a></td></tr>\n"
        for provider, model in served
    )
    heads = "".join(f"<th>{escape(page.say(each))}</th>" for each in ("Provider", "Model"))
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _examples(
    pipeline: str, provider: str, model: str, conversational: bool
) -> list[tuple[str, str, str]]:
    """Write the same call in every language, with its info; a task that is not known has none."""
    if conversational:
        calls = {name: call.format(provider=provider, model=model) for name, call in _CHAT.items()}
        python, javascript = calls["Python"], calls["JavaScript"]
    elif pipeline in _INPUTS:
        inputs = _INPUTS[pipeline]
        first, *more = pipeline.split("-")
        python = f'result = client.{"_".join((first, *more))}({inputs}, model="{model}")'
        method = first + "".join(word.capitalize() for word in more)
        javascript = (
            f"const result = await client.{method}({{\n"
            f'  provider: "{provider}",\n  model: "{model}",\n  inputs: {inputs},\n}});'
        )
        calls = {}
    else:
        return []
    return [
        ("Python", "python", _PYTHON.format(provider=provider, call=python)),
        ("JavaScript", "javascript", _JAVASCRIPT.format(call=javascript)),
        *((name, "bash", calls[name]) for name in ("cURL",) if name in calls),
    ]
