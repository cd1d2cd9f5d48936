"""The one allow-list: what HTML a finished body may hold."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SPACED = {
    "": "abbr address article aside b bdi bdo big blockquote br button caption cite code col "
    "colgroup dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "i ins kbd li mark nav ol p picture pre q rp rt ruby s samp section small span strong sub "
    "summary sup table tbody td tfoot th thead time tr u ul var wbr",
    "a": "href hreflang target rel",
    "audio": "src controls autoplay loop muted preload",
    "iframe": "src width height title allowfullscreen",
    "img": "src srcset sizes alt width height loading decoding",
    "input": "checked",
    "progress": "value max",
    "source": "src srcset sizes media type",
    "track": "src kind srclang label default",
    "video": "src poster width height controls autoplay loop muted playsinline preload",
}
TAGS = frozenset(_SPACED) - {""} | frozenset(_SPACED[""].split())
"""Every element a body may hold."""

_EVERYWHERE = "class id title lang dir align role style tabindex hidden"
_FURTHER = {
    "col": "span width",
    "colgroup": "span",
    "del": "datetime",
    "details": "open name",
    "ins": "datetime",
    "li": "value",
    "ol": "start type reversed",
    "table": "width border cellpadding cellspacing",
    "td": "colspan rowspan headers width height valign",
    "th": "colspan rowspan headers scope width height valign abbr",
    "time": "datetime",
    "tr": "valign",
}
_FRAME_SANDBOX = (
    "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox"
)
# The cleaner sets these whatever a tag says. It adds missing ones in no fixed order, so whoever
# writes such a tag writes them all (`FORCED`) and builds stay byte-equal.
FORCED = {
    "button": {"type": "button"},
    "iframe": {
        "sandbox": _FRAME_SANDBOX,
        "loading": "lazy",
        "referrerpolicy": "strict-origin-when-cross-origin",
        "allow": "fullscreen; picture-in-picture; encrypted-media; clipboard-write",
    },
    "input": {"type": "checkbox", "disabled": ""},
}
ATTRIBUTES = {tag: frozenset(names.split()) for tag, names in (_SPACED | _FURTHER).items() if tag}
for _tag, _values in FORCED.items():
    ATTRIBUTES[_tag] = ATTRIBUTES.get(_tag, frozenset()) | frozenset(_values)
ATTRIBUTES["*"] = frozenset(_EVERYWHERE.split())
"""The attributes of each element (`*`: of all) besides `aria-` and `data-` ones."""

STYLE_PROPERTIES = _names(
    "align-items aspect-ratio background background-color border border-bottom border-collapse "
    "border-color border-left border-radius border-right border-spacing border-style border-top "
    "border-width clear color display flex flex-direction flex-wrap float font-size font-style "
    "font-weight gap height justify-content line-height margin margin-bottom margin-left "
    "margin-right margin-top max-height max-width min-height min-width object-fit overflow "
    "overflow-x padding padding-bottom padding-left padding-right padding-top text-align "
    "text-decoration vertical-align white-space width"
)
"""What `style` may say."""

RELATIONS = _names("noopener noreferrer nofollow ugc external next prev")
"""What `rel` may say."""

VOID = _names("br col hr img input source track wbr")
IMPLIED_END = _names("dd dt li p rp rt tbody td tfoot th thead tr")
FORMATTING = _names("a b big code em i s small strong u")
_TOLD_BY_ATTRIBUTES = VOID | _names("a audio iframe progress video")


def is_of_another(name: str) -> bool:
    """Whether a tag that closes itself is no element, though called like one: `<Kbd mac="C"/>`.

    With a capital it is a component of another framework, and its attributes say all.
    """
    is_component = name[0].isupper() and not name.isupper()
    return is_component and name.lower() in TAGS and name.lower() not in _TOLD_BY_ATTRIBUTES
