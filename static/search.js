// Search: a combobox over what find.js finds. Loaded when somebody first asks for it.
(() => {
  const { find, sections, prepare, PAGES } = globalThis.sitegenFind;
  const MOST = 24; // pages with results shown at a time
  const opener = document.querySelector(".sg-search");
  const say = globalThis.sitegenSay;
  const live = document.getElementById("sg-live");

  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  // The page that a result leads to marks the words of the query; marks.js takes them from there.
  const marked = (href, query) => {
    const url = new URL(href);
    url.searchParams.set("highlight", query);
    return url.href;
  };
  const option = (section, id, query, isFirst) => {
    const above = isFirst && [section.crumbs, section.first ? "" : section.page].filter(Boolean).join(" › ");
    const link = make("a", { role: "option", id, class: isFirst ? "" : "sg-hit-below", href: marked(section.url, query), tabindex: "-1", "aria-selected": "false" });
    link.append(make("span", { class: "sg-hit-title" }, section.title));
    if (above) link.append(make("span", { class: "sg-hit-place" }, above));
    // Every other piece of an excerpt is a word that was sought.
    const pieces = section.excerpt.map((text, at) => (at % 2 ? make("mark", {}, text) : text));
    if (pieces.length) link.append(make("span", { class: "sg-hit-text" }, ...pieces));
    return link;
  };

  // Sections of a page stand together, below the best of them. What is there at once are the first
  // of all and those that follow it without another page between; the rest is there on request.
  const FIRST = 3;
  const pageOf = (section) => section.url.replace(/[?#].*/, "");
  const grouped = (sections) => {
    const groups = new Map();
    sections.forEach((section, rank) => {
      const page = pageOf(section);
      if (!groups.has(page)) groups.set(page, { shown: [], rest: [], last: rank - 1 });
      const group = groups.get(page);
      const isNext = group.last === rank - 1 && group.shown.length < FIRST;
      if (isNext) group.last = rank;
      group[isNext || rank < FIRST ? "shown" : "rest"].push(section);
    });
    return [...groups.values()];
  };

  // One box for input and results; the dialog, whose field was there before us, and the search page
  // hold one each.
  const box = (prefix, { input = make("input", { type: "search", "aria-label": say("Search the documentation"), placeholder: say("Search the documentation") }), onQuery = () => {} } = {}) => {
    const attributes = {
      role: "combobox", id: `${prefix}-input`, "aria-controls": `${prefix}-list`, "aria-expanded": "false", "aria-autocomplete": "list",
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
    };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
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
    let shown = { asked: "", answer: null, groups: [] };
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
    const tell = (text, ...buttons) => {
      live.textContent = text;
      note.replaceChildren(text, ...buttons.flatMap((each) => [" ", each]));
    };
    const other = (phrase, query, change) => {
      const button = make("button", { type: "button", class: "sg-search-other" }, say(phrase, query));
      button.addEventListener("click", () => { change(); input.focus(); });
      return button;
    };
    const sum = (query, answer) => {
      const count = answer.sections.length;
      const said = count ? say(count > 1 ? "{} results for “{}”" : "1 result for “{}”", ...(count > 1 ? [count] : []), answer.query) : say("No results for “{}”", answer.query);
      const instead = answer.query === query ? "" : ` ${say("instead of “{}”", query)}`;
      const buttons = [];
      if (instead) buttons.push(other("Search for “{}”", query, () => run({ asWritten: true })));
      if (answer.suggested) buttons.push(other("Search for “{}”", answer.suggested, () => { input.value = answer.suggested; run(); }));
      tell(`${said}${instead}${answer.full ? "" : `, ${say("by headings")}`}`, ...buttons);
    };
    // More of what was found follows when the end of the list comes near.
    let number = 0;
    const optionOf = (section, isFirst) => option(section, `${prefix}-${number += 1}`, shown.answer.query, isFirst);
    const rest = (sections) => {
      const more = make("a", { role: "option", id: `${prefix}-${number += 1}`, class: "sg-hit-below sg-hit-more", tabindex: "-1", "aria-selected": "false", href: "#" }, say("{} more on this page", sections.length));
      more.addEventListener("click", (event) => {
        event.preventDefault();
        event.stopPropagation(); // a result that leads away closes the dialog
        const at = options().indexOf(more);
        more.replaceWith(...sections.map((section) => optionOf(section, false)));
        activate(at);
      });
      return more;
    };
    const grow = () => {
      const next = shown.groups.splice(0, MOST);
      list.append(...next.flatMap((group) => [
        ...group.shown.map((section, at) => optionOf(section, !at)), ...(group.rest.length ? [rest(group.rest)] : []),
      ]));
    };
    const show = (query, answer) => {
      shown = { asked: query, answer, groups: grouped(answer.sections) };
      list.replaceChildren();
      grow();
      input.setAttribute("aria-expanded", String(answer.sections.length > 0));
      active = -1;
      activate(answer.sections.length ? 0 : -1);
      list.scrollTop = 0;
      sum(query, answer);
    };
    let reach = PAGES;
    const further = async () => {
      const { asked: query, answer } = shown;
      if (!answer) return;
      if (shown.groups.length) { grow(); return; }
      if (!answer.more) return;
      answer.more = false; // asked once
      reach *= 2;
      const next = await find(answer.query, within.value, { asWritten: true, reach });
      if (shown.answer !== answer) return;
      const known = new Set(answer.sections.map((each) => each.url));
      const fresh = next.sections.filter((each) => !known.has(each.url));
      answer.sections.push(...fresh);
      shown.groups.push(...grouped(fresh));
      answer.more = next.more;
      grow();
      sum(query, answer);
    };
    const run = async ({ asWritten = false } = {}) => {
      const query = input.value.trim();
      asked += 1;
      const mine = asked;
      onQuery(query);
      if (!query) {
        shown = { asked: "", answer: null, groups: [] };
        list.replaceChildren();
        input.setAttribute("aria-expanded", "false");
        activate(-1);
        tell("");
        return;
      }
      try {
        const answer = await find(query, within.value, { asWritten });
        if (mine !== asked) return;
        reach = PAGES;
        show(query, answer);
      } catch { tell(say("The search index could not be loaded.")); }
    };
    let timer = 0;
    // Who types fast means what stands in the field, not what has been found so far: keys wait for
    // that, and for each other.
    const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };
    const act = async (key) => {
      const isAsked = () => shown.asked === input.value.trim();
      clearTimeout(timer);
      if (!isAsked()) await run();
      if (!isAsked()) return;
      if (key === "Enter") {
        (options()[active] ?? note.querySelector("button"))?.click();
        return;
      }
      const step = STEPS[key];
      if (step > 0 && active + step >= list.children.length) await further();
      const count = list.children.length;
      if (count) activate(Math.abs(step) === 1 ? (active + step + count) % count : Math.min(Math.max(active + step, 0), count - 1));
    };
    let done = Promise.resolve();
    const press = (key) => { done = done.then(() => act(key)).catch(() => {}); };
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(run, 90); });
    within.addEventListener("change", () => run());
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return; // Enter chooses a word of an input method, arrows go through its list
      if (event.key !== "Enter" && !(event.key in STEPS && input.value.trim())) return;
      event.preventDefault();
      press(event.key);
    });
    list.addEventListener("scroll", () => {
      if (list.scrollTop + 2 * list.clientHeight > list.scrollHeight) further();
    });
    list.addEventListener("pointermove", (event) => {
      const at = options().indexOf(event.target.closest("[role=option]"));
      if (at >= 0 && at !== active) activate(at);
    });
    return { input, within, list, note, run, press };
  };

  // The dialog is there already, with its field and what was typed before this script came.
  let isBuilt = false;
  const build = (dialog) => {
    const all = make("a", { href: opener.href }, say("Open as a page"));
    // That page finds what is in the site's own language.
    all.hidden = !document.body.dataset.headings.endsWith("/headings.js");
    const input = dialog.querySelector("input");
    const parts = box("sg-search", {
      input, onQuery: (query) => { all.href = `${opener.href}?q=${encodeURIComponent(query)}`; },
    });
    const close = make("button", { type: "button", class: "sg-search-close" }, "Esc");
    close.setAttribute("aria-label", say("Esc: close search"));
    close.addEventListener("click", () => dialog.close());
    dialog.querySelector(".sg-search-field").append(parts.within, close);
    dialog.append(parts.list, make("div", { class: "sg-search-foot" }, parts.note, all));
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[role=option]")) dialog.close();
    });
    if (input.value) parts.run();
    return parts;
  };
  const open = (dialog, pressed) => {
    if (!isBuilt) pressed.forEach(build(dialog).press);
    isBuilt = true;
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
