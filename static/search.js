// Search: a combobox over what find.js finds. Loaded when somebody first asks for it.
(() => {
  const { find, sections, prepare, joined, MOST } = globalThis.sitegenFind;
  const opener = document.querySelector(".sg-search");
  const say = globalThis.sitegenSay;
  const live = document.getElementById("sg-live");

  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  // Pagefind marks words in escaped HTML: only text and marks are taken over.
  const excerpt = (html) => {
    const body = new DOMParser().parseFromString(html, "text/html").body;
    const whole = body.textContent;
    let at = 0;
    return [...body.childNodes].map((node) => {
      const before = whole[at - 1] ?? "";
      const text = joined(`${before}${node.textContent}${whole[at + node.textContent.length] ?? ""}`);
      at += node.textContent.length;
      const own = text.slice(before.length, whole[at] === undefined ? undefined : -1);
      return node.nodeName === "MARK" ? make("mark", {}, own) : own;
    });
  };
  // The page that a result leads to marks the words of the query; marks.js takes them from there.
  const marked = (href, query) => {
    const url = new URL(href);
    url.searchParams.set("highlight", query);
    return url.href;
  };
  const option = (section, number, prefix, query) => {
    const above = [section.crumbs, section.first ? "" : section.page].filter(Boolean).join(" › ");
    const link = make("a", { role: "option", id: `${prefix}-${number}`, href: marked(section.url, query), tabindex: "-1", "aria-selected": "false" });
    link.append(make("span", { class: "sg-hit-title" }, section.title));
    if (above) link.append(make("span", { class: "sg-hit-place" }, above));
    if (section.excerpt) link.append(make("span", { class: "sg-hit-text" }, ...excerpt(section.excerpt)));
    return link;
  };

  // One box for input and results; the dialog and the search page both hold one.
  const box = (prefix, { onQuery = () => {} } = {}) => {
    const input = make("input", {
      type: "search", role: "combobox", id: `${prefix}-input`, "aria-label": say("Search the documentation"), placeholder: say("Search the documentation"),
      "aria-controls": `${prefix}-list`, "aria-expanded": "false", "aria-autocomplete": "list", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
    });
    const list = make("div", { role: "listbox", id: `${prefix}-list`, class: "sg-hits", "aria-label": say("Results") });
    const note = make("p", { class: "sg-hits-note" });
    const within = make("select", { class: "sg-search-in", "aria-label": say("Search in") }, make("option", { value: "" }, say("Everywhere")));
    within.hidden = true;
    sections().then((names) => {
      within.append(...names.map((name) => make("option", {}, name)));
      within.hidden = !names.length;
    }).catch(() => {}); // the first query says what went wrong
    let active = -1;
    let asked = 0;
    const options = () => [...list.children];
    const activate = (at) => {
      options()[active]?.setAttribute("aria-selected", "false");
      active = at;
      const chosen = options()[active];
      chosen?.setAttribute("aria-selected", "true");
      chosen?.scrollIntoView({ block: "nearest" });
      if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
      else input.removeAttribute("aria-activedescendant");
    };
    const tell = (text) => { note.textContent = text; live.textContent = text; };
    let shown = "";
    const show = (query, answer) => {
      shown = query;
      list.replaceChildren(...answer.sections.map((section, number) => option(section, number, prefix, answer.query)));
      input.setAttribute("aria-expanded", String(answer.sections.length > 0));
      active = -1;
      activate(answer.sections.length ? 0 : -1);
      list.scrollTop = 0;
      const count = answer.sections.length;
      const said = count > 1
        ? say(count === MOST ? "The best {} results for “{}”" : "{} results for “{}”", count, answer.query)
        : say(count ? "1 result for “{}”" : "No results for “{}”", answer.query);
      const instead = answer.query === query ? "" : ` ${say("instead of “{}”", query)}`;
      tell(`${said}${instead}${answer.full ? "" : `, ${say("by headings")}`}`);
    };
    const run = async () => {
      const query = input.value.trim();
      asked += 1;
      const mine = asked;
      onQuery(query);
      if (!query) {
        shown = "";
        list.replaceChildren();
        input.setAttribute("aria-expanded", "false");
        activate(-1);
        tell("");
        return;
      }
      try {
        const answer = await find(query, within.value);
        if (mine === asked) show(query, answer);
      } catch { tell(say("The search index could not be loaded.")); }
    };
    let timer = 0;
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(run, 90); });
    within.addEventListener("change", run);
    input.addEventListener("keydown", async (event) => {
      const count = list.children.length;
      if (event.key === "Enter") {
        event.preventDefault();
        // Who types fast means what stands in the field, not what has been found so far.
        clearTimeout(timer);
        if (shown !== input.value.trim()) await run();
        if (shown === input.value.trim()) options()[active]?.click();
        return;
      }
      const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };
      if (!(event.key in steps) || !count || event.isComposing) return;
      event.preventDefault();
      const step = steps[event.key];
      activate(Math.abs(step) === 1 ? (active + step + count) % count : Math.min(Math.max(active + step, 0), count - 1));
    });
    list.addEventListener("pointermove", (event) => {
      const at = options().indexOf(event.target.closest("[role=option]"));
      if (at >= 0 && at !== active) activate(at);
    });
    return { input, within, list, note, run };
  };

  let dialog = null;
  const build = () => {
    const made = make("dialog", { class: "sg-dialog sg-search-dialog", "aria-label": say("Search") });
    const all = make("a", { href: opener.href }, say("Open as a page"));
    // That page finds what is in the site's own language.
    all.hidden = !document.body.dataset.headings.endsWith("/headings.js");
    const parts = box("sg-search", {
      onQuery: (query) => { all.href = `${opener.href}?q=${encodeURIComponent(query)}`; },
    });
    const close = make("button", { type: "button", class: "sg-search-close" }, "Esc");
    close.setAttribute("aria-label", say("Esc: close search"));
    close.addEventListener("click", () => made.close());
    made.append(make("div", { class: "sg-search-field" }, parts.input, parts.within, close), parts.list, make("div", { class: "sg-search-foot" }, parts.note, all));
    made.addEventListener("click", (event) => {
      if (event.target === made || event.target.closest("[role=option]")) made.close();
    });
    // A search field takes the first Esc to empty itself: here it closes, and focus goes back.
    made.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      made.close();
    });
    document.body.append(made);
    return { made, ...parts };
  };

  const open = () => {
    dialog ??= build();
    if (dialog.made.open) return;
    const from = document.activeElement;
    dialog.made.addEventListener("close", () => from?.focus?.({ preventScroll: true }), { once: true });
    dialog.made.showModal();
    dialog.input.select();
    prepare().catch(() => {}); // the first query says what went wrong
  };

  const mount = (place) => {
    const parts = box("sg-search-here", {
      onQuery: (query) => {
        const address = new URL(location);
        if (query) address.searchParams.set("q", query);
        else address.searchParams.delete("q");
        history.replaceState(null, "", address);
      },
    });
    place.append(make("div", { class: "sg-search-field" }, parts.input, parts.within), parts.note, parts.list);
    parts.input.value = new URLSearchParams(location.search).get("q") ?? "";
    parts.input.focus();
    parts.run();
  };

  globalThis.sitegenSearch = { open, mount };
})();
