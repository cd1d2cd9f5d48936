// Tools of a page that are wanted now and then: loaded when one is first used.
const say = globalThis.sitegenSay;
const live = document.getElementById("sg-live");
const root = new URL(document.body.dataset.root, document.baseURI);
const article = document.querySelector(".sg-body");

const make = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};
const remember = (key, value) => {
  try {
    if (value) localStorage.setItem(`sg-${key}`, value);
    else localStorage.removeItem(`sg-${key}`);
  } catch { /* storage is forbidden: nothing is remembered */ }
};
const remembered = (key) => {
  try { return localStorage.getItem(`sg-${key}`); } catch { return null; }
};
const copy = async (text, done) => {
  try {
    await navigator.clipboard.writeText(text);
    live.textContent = done;
    return true;
  } catch {
    live.textContent = say("Copying is not allowed here.");
    return false;
  }
};

// A modal dialog that goes when it is left, and gives focus back.
const dialog = (label, kind, ...children) => {
  const from = document.activeElement;
  const close = make("button", { type: "button", class: "sg-button sg-dialog-close", "aria-label": say("Close") }, "×");
  const made = make("dialog", { class: `sg-dialog ${kind}`, "aria-label": label }, ...children, close);
  close.addEventListener("click", () => made.close());
  made.addEventListener("click", (event) => event.target === made && made.close());
  made.addEventListener("close", () => {
    made.remove();
    from?.focus?.({ preventScroll: true });
  });
  document.body.append(made);
  made.showModal();
  return made;
};

const KEYS = [
  ...(document.querySelector(".sg-search") ? [["/", "Search"], [document.querySelector(".sg-search kbd").textContent, "Search"]] : []),
  ["[", "Previous page"], ["]", "Next page"], ["y", "Copy a link to this section"],
  ...(document.querySelector("link[type='text/markdown']") ? [["Y", "Copy this section as Markdown"]] : []),
  ...(document.getElementById("sg-chunks") ? [["i", "Show what came from which chunk"]] : []),
  ["?", "This list"], ["Esc", "Close"],
];
export const help = () => {
  const rows = KEYS.flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, say(what))]);
  const box = make("input", { type: "checkbox", id: "sg-keys-on" });
  box.checked = remembered("keys") !== "off";
  box.addEventListener("change", () => remember("keys", box.checked ? "" : "off"));
  const label = make("label", { for: "sg-keys-on" }, box, say("Single keys on"));
  dialog(say("Keyboard"), "sg-keys", make("h2", {}, say("Keyboard")), make("dl", {}, ...rows), label);
};

const markdown = async () => {
  const twin = document.querySelector("link[rel='alternate'][type='text/markdown']");
  const answer = await fetch(twin.href);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
};
export const copyPage = async (button) => {
  if (!(await copy(await markdown(), say("Page copied as Markdown"))) || !button) return;
  const label = button.textContent;
  button.textContent = say("Copied");
  setTimeout(() => { button.textContent = label; }, 1600);
};

// The section in view is that of the last heading above the upper third.
const HEADINGS = ":is(h1, h2, h3, h4, h5, h6)[id]";
const inView = () => {
  const headings = [...article.querySelectorAll(HEADINGS)].filter((each) => each.getClientRects().length);
  return headings.filter((each) => each.getBoundingClientRect().top < innerHeight / 3).at(-1) ?? headings[0];
};
const said = (heading) => {
  const own = heading.cloneNode(true);
  for (const control of own.querySelectorAll(".sg-anchor, button")) control.remove();
  return own.textContent.trim();
};
export const copySection = () => {
  const here = inView();
  const address = new URL(location);
  address.hash = here?.id ?? "";
  return copy(address.href, say("Link to “{}” copied", here ? said(here) : document.title));
};

// A section of the twin goes from its heading to the next of its level or above. A title that
// stands several times on the page is told by which of them it is.
const letters = (text) => text.replace(/\]\([^)]*\)/g, "").replace(/[^\p{L}\p{N}]+/gu, "").toLowerCase();
const sectionOf = (text, title, number) => {
  const lines = text.split("\n");
  let [fence, seen, start, depth] = ["", 0, -1, 0];
  for (const [at, line] of lines.entries()) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
    if (fence ? mark.startsWith(fence) : mark) fence = fence ? "" : mark;
    const [, signs, name] = (!fence && /^\s*(#{1,6})\s+(.*)$/.exec(line)) || [];
    if (!signs) continue;
    if (start >= 0 && signs.length <= depth) return lines.slice(start, at).join("\n");
    if (start < 0 && letters(name) === letters(title) && seen++ === number) [start, depth] = [at, signs.length];
  }
  return start < 0 ? "" : lines.slice(start).join("\n");
};
export const copySectionText = async (heading = inView(), button = null) => {
  if (!heading) return;
  const title = said(heading);
  const same = [...article.querySelectorAll(HEADINGS)].filter((each) => letters(said(each)) === letters(title));
  const text = sectionOf(await markdown(), title, same.indexOf(heading));
  if (!text) throw new Error(`no section ${title}`);
  if (!(await copy(`${text.trim()}\n`, say("Section “{}” copied as Markdown", title))) || !button) return;
  button.dataset.done = "";
  setTimeout(() => delete button.dataset.done, 1600);
};

export const zoom = (image) => {
  const large = make("img", { src: image.currentSrc || image.src, alt: image.alt });
  const shown = dialog(image.alt || say("Image"), "sg-zoom", large);
  large.addEventListener("click", () => shown.close());
};

// The tables of chunks: FNV-1a says in which one an id stands.
const tableOf = (id, count) => {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(id)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value % count;
};
const get = async (url) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
};
let count = null;
const tables = new Map();
const lookUp = async (id, base) => {
  count ??= get(new URL("shards.json", base));
  const number = tableOf(id, await count);
  if (!tables.has(number)) tables.set(number, get(new URL(`${number}.json`, base)));
  const found = (await tables.get(number))[id];
  return found && { address: found[0] };
};

// Chunks: the seams of the page, each with a card of what is known of its row.
const facts = () => {
  const block = document.getElementById("sg-chunks");
  return block && { ...JSON.parse(block.textContent), page: new URL(block.dataset.page, document.baseURI), row: block.dataset.row };
};
// What a restored heading or its level was taken from.
const reasons = () => ({
  stated: say("stated by the dataset"),
  object: say("named by what it documents"),
  links: say("as links to it say"),
  phrase: say("as the texts say"),
  spelling: say("spelled from its anchor"),
  anchor: say("its anchor as it is"),
  path: say("from the page’s path"),
  number: say("by its number"),
  returns: say("stands under several sections"),
  introduced: say("introduced by the text before"),
  card: say("one of several objects"),
  recurs: say("as on many pages"),
  usual: say("nothing says otherwise"),
});
const card = (chunk, known, id) => {
  const [name, length, anchor, restored] = chunk;
  const because = reasons();
  const lines = [
    [say("Length"), say("{} characters", length.toLocaleString("en"))],
    [say("Section"), anchor ? `#${anchor}` : say("above the first heading")],
    [say("Restored"), ...restored.map(([what, sure, why]) => `${what} (${[sure, because[why]].filter(Boolean).join(": ")})`)],
  ];
  if (!restored.length) lines.at(-1).push(say("nothing"));
  const address = new URL(`#${encodeURIComponent(name)}`, known.page).href;
  const button = make("button", { type: "button" }, say("Copy its address"));
  button.addEventListener("click", () => copy(address, say("Address of the chunk copied")));
  const links = make("p", {}, button);
  if (known.row) links.append(make("a", { href: known.row.replaceAll("{id}", encodeURIComponent(name)), rel: "noopener" }, say("Its row")));
  if (/^https?:/.test(known.url)) links.append(make("a", { href: known.url + (anchor ? `#${anchor}` : ""), rel: "noopener" }, say("Where it came from")));
  return make(
    "div", { class: "sg-chunk-card", id, popover: "", role: "group", "aria-label": say("Chunk {}", name) },
    make("strong", {}, say("Chunk {}", name)),
    make("dl", {}, ...lines.flatMap(([term, ...said]) => [make("dt", {}, term), ...said.map((each) => make("dd", {}, each))])), links,
  );
};
// As Python's quote writes an id: what stands in a list must hold no blank.
const quoted = (id) => encodeURIComponent(id).replaceAll("%2F", "/").replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const inside = (chunk) => article.querySelector(`[data-chunks~="${CSS.escape(quoted(chunk[0]))}"]`);
const first = (chunk) => inside(chunk) ?? article.querySelector(`[data-chunk="${CSS.escape(chunk[0])}"]`) ?? (chunk[2] && document.getElementById(chunk[2]));

let seams = null;
const drawn = () => {
  const known = facts();
  if (!known) return [];
  return known.chunks.flatMap((chunk, number) => {
    const start = first(chunk);
    if (!start) return [];
    const popover = card(chunk, known, `sg-chunk-${number}`);
    const button = make("button", { type: "button", class: "sg-seam-button", popovertarget: popover.id }, chunk[0] || say("chunk"));
    if (chunk[3].length) button.dataset.sure = chunk[3].map(([, sure]) => sure).sort().at(-1) === "certain" ? "certain" : "guessed";
    const seam = make("div", { class: "sg-seam" }, button, popover);
    if (inside(chunk)) seam.classList.add("sg-seam-inside");
    // A seam stands before whole blocks: not in a table, a list or a row of tabs.
    const outer = start.closest(".sg-tablist, .sg-table, ul, ol, dl") ?? start;
    popover.addEventListener("toggle", (event) => {
      if (event.newState !== "open") return;
      const { bottom, left } = button.getBoundingClientRect();
      popover.style.insetBlockStart = `${Math.min(bottom + 4, innerHeight - popover.offsetHeight - 8)}px`;
      popover.style.insetInlineStart = `${Math.max(8, Math.min(left, innerWidth - popover.offsetWidth - 8))}px`;
    });
    return [{ id: chunk[0], seam, outer, button }];
  });
};
const setChunks = (on) => {
  seams ??= drawn();
  for (const { seam, outer } of seams) {
    if (on) outer.before(seam);
    else seam.remove();
  }
  article?.toggleAttribute("data-seams", on);
  document.querySelector("[data-tool='chunks']")?.setAttribute("aria-pressed", String(on));
  remember("chunks", on ? "on" : "");
  live.textContent = on ? say("{} chunks shown", seams.length) : say("Chunks hidden");
};
// Exchanged content has its seams elsewhere.
document.addEventListener("sg-content", () => {
  const on = article?.hasAttribute("data-seams");
  if (on) setChunks(false);
  seams = null;
  if (on) setChunks(true);
});
export const chunks = () => article && document.getElementById("sg-chunks") && setChunks(!article.hasAttribute("data-seams"));

// Show one chunk: mark what it holds, up to the next seam.
export const showChunk = (id) => {
  if (!document.getElementById("sg-chunks")) return;
  setChunks(true);
  const here = seams.find((each) => each.id === id);
  if (!here) return;
  for (let at = here.outer; at && !at.classList.contains("sg-seam"); at = at.nextElementSibling) at.classList.add("sg-chunk-marked");
  here.seam.scrollIntoView({ block: "start" });
  here.button.focus({ preventScroll: true });
};

// The page that leads from a chunk's id to its place.
export const findChunk = async () => {
  const place = document.getElementById("sg-find-chunk");
  const input = make("input", { id: "sg-chunk-id", type: "text", autocomplete: "off", spellcheck: "false" });
  const button = make("button", { type: "submit", class: "sg-cta" }, say("Go"));
  const note = make("p", { role: "status" });
  const form = make("form", { class: "sg-find-chunk" }, make("label", { for: "sg-chunk-id" }, say("Chunk id")), input, button);
  const go = async (id) => {
    const found = await lookUp(id, new URL(location.pathname, location.href));
    if (!found) { note.textContent = say("There is no chunk {}.", id); return; }
    const goal = new URL(found.address, root);
    goal.searchParams.set("chunk", id);
    location.replace(goal.href);
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); location.hash = encodeURIComponent(input.value.trim()); });
  place.append(form, note);
  const start = () => {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { /* not an id */ }
    input.value = id;
    if (id) go(id).catch(() => { note.textContent = say("The tables of chunks could not be loaded."); });
  };
  addEventListener("hashchange", start);
  start();
};

// Not found: the pages whose addresses are nearest.
const pairs = (text) => new Set([...text].slice(1).map((letter, at) => text[at] + letter));
const likeness = (a, b) => {
  const [one, two] = [pairs(a), pairs(b)];
  let both = 0;
  for (const pair of one) if (two.has(pair)) both += 1;
  return (2 * both) / Math.max(one.size + two.size, 1);
};
export const near = async () => {
  const place = document.getElementById("sg-near");
  const answer = await fetch(place.dataset.index);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const path = (url) => decodeURIComponent(url.pathname.slice(root.pathname.length)).toLowerCase().replace(/(\/index)?(\.html?|\.mdx?)?\/?$/, "");
  const last = (text) => text.split("/").at(-1);
  const wanted = path(location);
  const seen = new Set();
  const found = [];
  for (const link of page.querySelectorAll(".sg-tree a")) {
    const url = new URL(link.getAttribute("href"), new URL(place.dataset.index, location.href));
    if (seen.has(url.pathname)) continue;
    seen.add(url.pathname);
    const score = likeness(path(url), wanted) + likeness(last(path(url)), last(wanted));
    found.push({ score, link: make("a", { href: url.href }, link.textContent), path: path(url) });
  }
  const best = found.filter((each) => each.score > 0.7).sort((a, b) => b.score - a.score).slice(0, 5);
  if (best.length) {
    place.append(make("h2", {}, say("Did you mean")), make("ul", {}, ...best.map(({ link, path: at }) => make("li", {}, link, " ", make("small", {}, `/${at}`)))));
  }
  const search = document.querySelector(".sg-search");
  const words = last(wanted).replace(/[-_]+/g, " ");
  if (search && words) place.append(make("p", {}, make("a", { href: `${search.href}?q=${encodeURIComponent(words)}` }, say("Search for “{}”", words))));
};

// The filter above a long list of pages: all whose titles, or those of what they are in, hold its words.
const MATCHES = 60;
export const filterPages = async (input, index, tree) => {
  const place = input.parentElement.querySelector(".sg-side-list") ?? input.parentElement;
  const list = place.querySelector(":scope > ul:not(.sg-filtered)");
  const shown = place.querySelector(".sg-filtered") ?? make("ul", { class: "sg-filtered" });
  const document = await tree;
  const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = wanted.length ? [...document.querySelectorAll(".sg-tree a")].map((link) => {
    const above = link.closest("ul").parentElement.querySelector(":scope > :is(a, span)");
    return { link, title: link.textContent, above: above?.textContent ?? "" };
  }) : [];
  // As Python's quote writes an id: what stands in a list must hold no blank.
const quoted = (id) => encodeURIComponent(id).replaceAll("%2F", "/").replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const inside = (text) => wanted.every((word) => text.toLowerCase().includes(word));
  const own = found.filter(({ title }) => inside(title));
  const others = found.filter(({ title, above }) => !inside(title) && inside(`${above} ${title}`));
  shown.replaceChildren(...[...own, ...others].slice(0, MATCHES).map(({ link, title, above }) => make(
    "li", {}, make("a", { href: new URL(link.getAttribute("href"), index.href).href }, title, ...(above ? [make("small", {}, above)] : [])),
  )));
  list.hidden = wanted.length > 0;
  list.before(shown);
  if (wanted.length) live.textContent = say("{} pages", own.length + others.length);
};
