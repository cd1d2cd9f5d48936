// Versions: a list beside all of them says which there are. It is read with the page, so that an
// old build knows of newer ones; what it said last is shown at once.
(() => {
  const version = document.querySelector("[data-versions]");
  if (!version) return;
  const onDisk = location.protocol === "file:"; // there the list is a script, and nothing tells which pages there are
  const say = globalThis.sitegenSay;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const element = (tag, attributes, text = "") => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.textContent = text;
    return made;
  };
  const listed = new URL(version.dataset.versions, location.href);
  const home = new URL(document.body.dataset.root, location.href);
  const below = (url, from) => (url.href.startsWith(from.href) ? url.href.slice(from.href.length).replace(/[?#].*$/, "") : undefined);
  const page = (below(new URL(location.href), home) ?? "").replace(/(^|\/)index\.html$/, "$1");
  // The same page, else the sections that it is in, innermost first, else the start.
  const candidates = () => {
    const crumbs = all(".sg-crumbs a").reverse().map((link) => below(new URL(link.href), home)).filter(Boolean);
    const above = [...page.matchAll(/\//g)].map(({ index }) => page.slice(0, index + 1)).reverse();
    return [...new Set([page, ...crumbs, ...above])].filter(Boolean);
  };
  // The file is asked for: some hosts answer for a folder without a page by listing it.
  const there = async (url) => {
    try { return (await fetch(new URL("index.html", url), { method: "HEAD" })).ok; } catch { return false; }
  };
  const found = new Map();
  const look = async (start) => {
    if (start.origin !== location.origin) return start;
    for (const path of candidates()) {
      const url = new URL(path, start);
      if (!(await there(url))) continue;
      if (path === page) Object.assign(url, { search: location.search, hash: location.hash });
      return url;
    }
    return start;
  };
  const placeIn = (start) => {
    if (!found.has(start.href)) found.set(start.href, look(start));
    return found.get(start.href);
  };
  const link = (start, text) => {
    if (onDisk) return element("a", { href: new URL("index.html", start).href }, text);
    const made = element("a", { href: new URL(page, start).href }, text);
    const settle = async () => { made.href = (await placeIn(start)).href; };
    for (const event of ["pointerenter", "focus"]) made.addEventListener(event, settle);
    made.addEventListener("click", async (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      location.assign(await placeIn(start));
    });
    return made;
  };
  const startOf = (each, address = each.address) => new URL(address, listed);

  const chooser = (list) => {
    const label = `${say("Version")}: ${version.dataset.version}`;
    const summary = element("summary", { "aria-label": label, title: label }, version.dataset.version);
    const items = element("ul", {});
    for (const each of list.versions) {
      const item = element("li", {});
      item.append(link(startOf(each), each.name));
      if (each.name === version.dataset.version) item.firstChild.setAttribute("aria-current", "true");
      items.append(item);
    }
    const made = element("details", { class: "sg-languages sg-versions" });
    made.append(summary, items);
    return made;
  };
  // Whoever reads an old version is told so, and so is who reads one that is not out yet.
  const banner = (list) => {
    const names = list.versions.map(({ name }) => name);
    const [mine, latest] = [version.dataset.version, list.latest].map((name) => names.indexOf(name));
    if (mine === latest || latest < 0) return undefined;
    const isOld = mine < 0 || mine > latest;
    const text = element("p", { dir: "auto" }, `${say(isOld ? "Version {} is not the latest." : "Version {} is not released yet.", version.dataset.version)} `);
    const goal = list.versions[latest];
    text.append(link(startOf(goal, goal.aliases[0]), say("Go to version {}", goal.name)));
    const made = element("aside", { class: "sg-announcement sg-not-latest", "aria-label": say("Version") });
    made.append(text);
    return made;
  };
  let shown = "";
  let parts = [version];
  const show = (text) => {
    if (text === shown) return;
    const list = JSON.parse(text);
    const [old, ...rest] = parts;
    const now = chooser(list);
    now.open = old.open ?? false;
    for (const part of rest) part.remove();
    old.replaceWith(now);
    parts = [now];
    const note = banner(list);
    if (note) {
      document.querySelector(".sg-header")?.before(note);
      parts.push(note);
    }
    shown = text;
  };
  document.addEventListener("click", ({ target }) => {
    for (const open of all(".sg-versions[open]")) if (!open.contains(target)) open.open = false;
  });
  document.addEventListener("keydown", ({ key: pressed }) => {
    if (pressed !== "Escape") return;
    for (const open of all(".sg-versions[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
  if (onDisk) {
    globalThis.sitegenVersions = (list) => show(JSON.stringify(list));
    document.head.append(element("script", { src: listed.href.replace(/\.json$/, ".js") }));
    return;
  }
  const key = `sg-versions ${listed.pathname}`;
  try { show(sessionStorage.getItem(key) ?? ""); } catch { /* storage is forbidden, or empty */ }
  fetch(listed, { cache: "no-cache" }).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer))).then((text) => {
    show(text);
    try { sessionStorage.setItem(key, text); } catch { /* as above */ }
  }).catch(() => { /* the link to the list remains */ });
})();
