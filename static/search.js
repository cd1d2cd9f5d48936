// Search: a combobox over Pagefind's index. Loaded when somebody first asks for it.
const opener = document.querySelector(".sg-search");
const root = new URL(document.body.dataset.root, document.baseURI);
const MOST = 24; // sections shown
const PAGES = 20; // pages looked into
const live = document.getElementById("sg-live");

const make = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

// The index
let engine = null;
const load = () => {
  engine ??= import(new URL("pagefind/pagefind.js", root).href).then(async (pagefind) => {
    await pagefind.options({
      baseUrl: root.pathname,
      excerptLength: 22,
      ranking: { pageLength: 0.1, termFrequency: 0.2, termSaturation: 3, metaWeights: { title: 6, crumbs: 0 } },
    });
    await pagefind.init();
    return pagefind;
  }).catch((error) => { engine = null; throw error; });
  return engine;
};

let vocabulary = null;
const loadWords = () => {
  vocabulary ??= fetch(new URL("pagefind/words.json", root)).then((answer) => (answer.ok ? answer.json() : [])).catch(() => []);
  return vocabulary;
};

// Words: `add_generation_prompt` is three, `BertModel` one.
const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const squeezed = (text) => words(text).join("");

// Edits between two words, two letters swapped being one; more than `most` are not counted out.
const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[b.length];
};
const corrected = async (query) => {
  const known = await loadWords();
  return query.replace(/\p{L}{4,}/gu, (word) => {
    const lower = word.toLowerCase();
    if (known.some((each) => each.startsWith(lower))) return word;
    const most = lower.length < 6 ? 1 : 2;
    let best = word;
    let least = most + 1;
    for (const each of known) {
      const edits = distance(lower, each, most);
      if (edits < least) [best, least] = [each, edits];
    }
    return best;
  });
};

// Pagefind ranks pages; we rank the sections of the best pages: what their headings say counts
// most, then how much of the query stands in them, then the page.
const scored = (query, results) => {
  const terms = words(query);
  const whole = squeezed(query);
  const covered = (title) => {
    const own = words(title);
    const found = terms.filter((term) => own.some((word) => word === term || (term.length > 3 && word.startsWith(term))));
    return found.length / Math.max(terms.length, 1);
  };
  const matches = (title) => {
    const text = squeezed(title);
    if (text === whole) return 2;
    return whole.length > 3 && text.includes(whole) ? 0.4 + (0.6 * whole.length) / text.length : 0;
  };
  const top = Math.max(...results.map((result) => result.score), 1e-9);
  const sections = [];
  for (const { data, score, whole: holds } of results) {
    const parts = data.sub_results.length ? data.sub_results : [data];
    const page = data.meta.title ?? "";
    for (const part of parts) {
      const title = part.title || page;
      const locations = part.weighted_locations ?? [];
      const weight = locations.reduce((sum, each) => sum + each.balanced_score, 0);
      const first = title === page;
      sections.push({
        title, page, url: part.url, excerpt: part.excerpt, crumbs: data.meta.crumbs ?? "", first, weight,
        score: 2 * matches(title) + 2 * covered(title) + (first ? 0.3 : 1.2 * covered(page)) + (0.7 * score) / top + (holds ? 0.8 : 0),
      });
    }
  }
  const heaviest = Math.max(...sections.map((section) => section.weight), 1e-9);
  for (const section of sections) section.score += 1.2 * Math.sqrt(section.weight / heaviest);
  return sections.sort((a, b) => b.score - a.score).slice(0, MOST);
};

const lookUp = async (query) => {
  const pagefind = await load();
  // A part of an identifier (`generation_prompt`) begins no word: its own words are sought too.
  const apart = query.replace(/[_.]+/g, " ").trim();
  const found = (await pagefind.search(query)).results.slice(0, PAGES);
  const whole = apart === query ? 0 : found.length;
  if (apart !== query && found.length < PAGES) {
    const taken = new Set(found.map((result) => result.id));
    const more = (await pagefind.search(apart)).results.filter((result) => !taken.has(result.id));
    found.push(...more.slice(0, PAGES - found.length));
  }
  const results = await Promise.all(
    found.map(async (result, at) => ({ score: result.score, data: await result.data(), whole: at < whole })),
  );
  return scored(query, results);
};

// Find sections; a query that names unknown words is corrected. Exported for tests of the ranking.
export const search = async (query) => {
  const better = await corrected(query);
  const sections = await lookUp(better);
  if (better !== query && !sections.length) return { query, sections: await lookUp(query) };
  return { query: better, sections };
};

// Pagefind marks words in escaped HTML: only text and marks are taken over.
const excerpt = (html) => {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  return [...body.childNodes].map((node) => (node.nodeName === "MARK" ? make("mark", {}, node.textContent) : node.textContent));
};
const option = (section, number, prefix) => {
  const above = [section.crumbs, section.first ? "" : section.page].filter(Boolean).join(" › ");
  const link = make("a", { role: "option", id: `${prefix}-${number}`, href: section.url, tabindex: "-1", "aria-selected": "false" });
  link.append(make("span", { class: "sg-hit-title" }, section.title));
  if (above) link.append(make("span", { class: "sg-hit-place" }, above));
  link.append(make("span", { class: "sg-hit-text" }, ...excerpt(section.excerpt)));
  return link;
};

// One box for input and results; the dialog and the search page both hold one.
const box = (prefix, { onQuery = () => {} } = {}) => {
  const input = make("input", {
    type: "search", role: "combobox", id: `${prefix}-input`, "aria-label": "Search the documentation", placeholder: "Search the documentation",
    "aria-controls": `${prefix}-list`, "aria-expanded": "false", "aria-autocomplete": "list", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
  });
  const list = make("div", { role: "listbox", id: `${prefix}-list`, class: "sg-hits", "aria-label": "Results" });
  const note = make("p", { class: "sg-hits-note" });
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
  const say = (text) => { note.textContent = text; live.textContent = text; };
  const show = (query, answer) => {
    list.replaceChildren(...answer.sections.map((section, number) => option(section, number, prefix)));
    input.setAttribute("aria-expanded", String(answer.sections.length > 0));
    active = -1;
    activate(answer.sections.length ? 0 : -1);
    list.scrollTop = 0;
    const count = answer.sections.length;
    const many = count === MOST ? `The best ${MOST} results` : `${count || "No"} result${count === 1 ? "" : "s"}`;
    say(`${many} for “${answer.query}”${answer.query === query ? "" : ` instead of “${query}”`}`);
  };
  const run = async () => {
    const query = input.value.trim();
    asked += 1;
    const mine = asked;
    onQuery(query);
    if (!query) {
      list.replaceChildren();
      input.setAttribute("aria-expanded", "false");
      activate(-1);
      say("");
      return;
    }
    try {
      const answer = await search(query);
      if (mine === asked) show(query, answer);
    } catch { say("The search index could not be loaded."); }
  };
  let timer = 0;
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(run, 90); });
  input.addEventListener("keydown", async (event) => {
    const count = list.children.length;
    if (event.key === "Enter") {
      event.preventDefault();
      const chosen = options()[active];
      if (chosen) chosen.click();
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
  return { input, list, note, run };
};

let dialog = null;
const build = () => {
  const made = make("dialog", { class: "sg-dialog sg-search-dialog", "aria-label": "Search" });
  const all = make("a", { href: opener.href }, "Open as a page");
  const parts = box("sg-search", {
    onQuery: (query) => { all.href = `${opener.href}?q=${encodeURIComponent(query)}`; },
  });
  const close = make("button", { type: "button", class: "sg-search-close" }, "Esc");
  close.setAttribute("aria-label", "Close search");
  close.addEventListener("click", () => made.close());
  made.append(make("div", { class: "sg-search-field" }, parts.input, close), parts.list, make("div", { class: "sg-search-foot" }, parts.note, all));
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

export const open = () => {
  dialog ??= build();
  if (dialog.made.open) return;
  const from = document.activeElement;
  dialog.made.addEventListener("close", () => from?.focus?.({ preventScroll: true }), { once: true });
  dialog.made.showModal();
  dialog.input.select();
  load().catch(() => {});
  loadWords();
};

export const mount = (place) => {
  const parts = box("sg-search-here", {
    onQuery: (query) => {
      const address = new URL(location);
      if (query) address.searchParams.set("q", query);
      else address.searchParams.delete("q");
      history.replaceState(null, "", address);
    },
  });
  place.append(make("div", { class: "sg-search-field" }, parts.input), parts.note, parts.list);
  parts.input.value = new URLSearchParams(location.search).get("q") ?? "";
  parts.input.focus();
  parts.run();
};
