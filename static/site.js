// Progressive parts of the theme; every page is complete without this file.
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const live = document.getElementById("sg-live");

  // Storage may be forbidden (private windows, file://): then nothing is remembered.
  const remembered = (area, key) => {
    try { return window[area].getItem(`sg-${key}`); } catch { return null; }
  };
  const remember = (area, key, value) => {
    try {
      if (value) window[area].setItem(`sg-${key}`, value);
      else window[area].removeItem(`sg-${key}`);
    } catch { /* see above */ }
  };
  const element = (tag, attributes, text = "") => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.textContent = text;
    return made;
  };

  // Theme: system, light, dark, and round again.
  const themes = ["system", "light", "dark"];
  const toggle = document.querySelector(".sg-theme");
  const showTheme = () => {
    const label = `Theme: ${root.dataset.theme || "system"}`;
    toggle.setAttribute("aria-label", label);
    toggle.title = label;
    return label;
  };
  if (toggle) {
    showTheme();
    toggle.addEventListener("click", () => {
      const next = themes[(themes.indexOf(root.dataset.theme || "system") + 1) % themes.length];
      if (next === "system") delete root.dataset.theme;
      else root.dataset.theme = next;
      remember("localStorage", "theme", root.dataset.theme);
      live.textContent = showTheme();
    });
  }

  // From a disk there is no server to turn a folder into its index.html.
  const onDisk = location.protocol === "file:";
  const fixLinks = (from) => {
    if (!onDisk) return;
    for (const link of all("a[href]", from)) {
      if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }
  };
  fixLinks(document);

  // Code: a copy button, without prompts and outputs when the page knows them.
  const copy = async (text, done) => {
    try {
      await navigator.clipboard.writeText(text);
      live.textContent = done;
      return true;
    } catch { return false; }
  };
  const source = (figure) => {
    if (figure.dataset.copy !== undefined) return figure.dataset.copy;
    const code = figure.querySelector("pre").cloneNode(true);
    for (const prompt of all(".gp", code)) prompt.remove();
    return code.textContent.replace(/\n$/, "");
  };
  // Long lines can be wrapped; whether there are any is looked at when somebody comes near.
  const wrapping = (figure, before) => {
    const look = () => {
      const pre = figure.querySelector("pre");
      if (pre.scrollWidth <= pre.clientWidth) return;
      const button = element("button", { type: "button", class: "sg-wrap", "aria-pressed": "false", "aria-label": "Wrap lines", title: "Wrap lines" });
      button.addEventListener("click", () => button.setAttribute("aria-pressed", figure.toggleAttribute("data-wrap")));
      before.before(button);
    };
    let looked = false;
    const once = () => { if (!looked) { looked = true; look(); } };
    figure.addEventListener("pointerenter", once);
    figure.addEventListener("focusin", once);
  };
  if (navigator.clipboard) {
    for (const figure of all(".sg-code")) {
      const button = element("button", { type: "button", class: "sg-copy", "aria-label": "Copy code", title: "Copy" });
      figure.append(button);
      wrapping(figure, button);
      button.addEventListener("click", async () => {
        if (!(await copy(source(figure), "Code copied"))) return;
        button.dataset.done = "";
        setTimeout(() => delete button.dataset.done, 1600);
      });
    }
    document.addEventListener("click", (event) => {
      const anchor = event.target.closest?.(".sg-anchor");
      if (anchor) copy(anchor.href, "Link copied");
    });
  }

  // Tabs. Groups of one name go together; the choice stays in the address and in storage.
  const groups = [];
  const choose = (tabs, index, { focus = false } = {}) => {
    tabs.panels.forEach((panel, at) => {
      const chosen = at === index;
      if (chosen) panel.removeAttribute("hidden");
      else panel.setAttribute("hidden", "until-found");
      tabs.buttons[at].setAttribute("aria-selected", chosen);
      tabs.buttons[at].tabIndex = chosen ? 0 : -1;
      if (chosen && focus) tabs.buttons[at].focus();
    });
  };
  const chooseEverywhere = (tabs, index, { focus = false, keep = true } = {}) => {
    const button = tabs.buttons[index];
    const top = button.getBoundingClientRect().top;
    const label = tabs.labels[index];
    choose(tabs, index, { focus });
    if (!tabs.name) return;
    for (const other of groups) {
      const at = other.labels.indexOf(label);
      if (other !== tabs && other.name === tabs.name && at >= 0) choose(other, at);
    }
    // Groups above may have changed their height: what was clicked stays where it was.
    if (keep) {
      window.scrollBy({ top: button.getBoundingClientRect().top - top, behavior: "instant" });
      remember("localStorage", `tab-${tabs.name}`, label);
      try {
        const address = new URL(location);
        address.searchParams.set(tabs.name, label);
        history.replaceState(history.state, "", address);
      } catch { /* an address on a disk cannot be changed in every browser */ }
    }
  };
  const upgrade = (box, number) => {
    const panels = all(":scope > .sg-tab", box);
    if (!panels.length) return;
    const labels = panels.map((panel) => panel.dataset.tab || "");
    const tabs = { name: box.dataset.group || "", panels, labels, buttons: [] };
    const list = element("div", { role: "tablist", class: "sg-tablist", "aria-label": tabs.name || "Variants" });
    panels.forEach((panel, at) => {
      const id = `sg-tab-${number}-${at}`;
      panel.id ||= `${id}-panel`;
      const button = element("button", { type: "button", role: "tab", id, "aria-controls": panel.id }, labels[at]);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", id);
      panel.addEventListener("beforematch", () => chooseEverywhere(tabs, at, { keep: false }));
      button.addEventListener("click", () => chooseEverywhere(tabs, at));
      tabs.buttons.push(button);
      list.append(button);
    });
    list.addEventListener("keydown", (event) => {
      const last = panels.length - 1;
      const at = tabs.buttons.indexOf(event.target);
      const forward = getComputedStyle(list).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
      const step = event.key === forward ? 1 : -1;
      const goal = { Home: 0, End: last, ArrowLeft: (at + step + last + 1) % (last + 1) };
      goal.ArrowRight = goal.ArrowLeft;
      if (at < 0 || !(event.key in goal) || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      chooseEverywhere(tabs, goal[event.key], { focus: true });
    });
    box.prepend(list);
    const wanted = [new URLSearchParams(location.search).get(tabs.name), remembered("localStorage", `tab-${tabs.name}`)];
    const first = wanted.map((label) => labels.indexOf(label)).find((at) => at >= 0) ?? 0;
    choose(tabs, first);
    box.dataset.ready = "";
    groups.push(tabs);
  };
  all(".sg-tabs").forEach(upgrade);

  // A fragment may lie in a panel or in a block that is closed.
  const reveal = () => {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = id && document.getElementById(id);
    if (!target) return;
    let hidden = false;
    for (let at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS" && !at.open) { at.open = true; hidden = true; }
      const tabs = at.hidden && groups.find((group) => group.panels.includes(at));
      if (tabs) { chooseEverywhere(tabs, tabs.panels.indexOf(at), { keep: false }); hidden = true; }
    }
    if (hidden) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // What is wanted now and then comes when it is wanted.
  const load = (name) => import(new URL(document.body.dataset[name], document.baseURI).href);
  const opener = document.querySelector(".sg-search");
  const searchPage = document.getElementById("sg-search-page");
  // Search comes as plain scripts, one after another: from a disk a page can load no modules.
  const script = (src) => new Promise((resolve, reject) => {
    const made = element("script", { src });
    made.onload = resolve;
    made.onerror = reject;
    document.head.append(made);
  });
  let searching = null;
  const search = () => searching ??= document.body.dataset.search.split(" ")
    .reduce((before, src) => before.then(() => script(src)), Promise.resolve())
    .then(() => window.sitegenSearch);
  const openSearch = () => search().then((made) => made.open()).catch(() => { location.href = opener.href; });
  const tool = (name, ...values) => load("tools").then((tools) => tools[name](...values)).catch(() => {
    live.textContent = "That could not be loaded.";
  });
  if (searchPage) search().then((made) => made.mount(searchPage)).catch(() => {}); // the page says what else there is
  if (document.body.dataset.marks && new URLSearchParams(location.search).has("highlight")) script(document.body.dataset.marks);
  opener?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openSearch();
  });
  for (const button of all("[data-tool]")) {
    if (button.closest(".sg-body")) continue; // not of ours: content may carry any data-*
    button.hidden = onDisk;
    button.addEventListener("click", () => tool(button.dataset.tool, button));
  }
  if (!onDisk) {
    const chunk = new URLSearchParams(location.search).get("chunk");
    if (chunk) tool("showChunk", chunk);
    else if (remembered("localStorage", "chunks") === "on" && document.getElementById("sg-chunks")) tool("chunks");
    if (document.getElementById("sg-find-chunk")) tool("findChunk");
    if (document.getElementById("sg-near")) tool("near");
  }

  // Keys: single ones only where nobody writes, and only until they are turned off (WCAG 2.1.4).
  const single = onDisk ? {} : {
    "?": () => tool("help"),
    "y": () => tool("copySection"),
    "[": () => document.querySelector("a[rel='prev']")?.click(),
    "]": () => document.querySelector("a[rel='next']")?.click(),
  };
  if (opener) single["/"] = openSearch;
  if (document.getElementById("sg-chunks") && !onDisk) single.i = () => tool("chunks");
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "k" && opener) {
      event.preventDefault();
      openSearch();
      return;
    }
    const writing = event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]");
    if (command || writing || !Object.hasOwn(single, event.key) || remembered("localStorage", "keys") === "off") return;
    event.preventDefault();
    single[event.key]();
  });

  // An image that is shown smaller than it is opens in full.
  document.addEventListener("click", (event) => {
    const image = event.target.closest?.(".sg-body img");
    if (!image || image.closest("a, button") || onDisk) return;
    if (image.naturalWidth > image.clientWidth * 1.1) tool("zoom", image);
  });

  // Videos load when they are asked for.
  document.addEventListener("click", (event) => {
    const facade = event.target.closest?.("a.sg-embed");
    if (facade?.nextElementSibling?.content && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      const frame = document.importNode(facade.nextElementSibling.content, true).firstChild;
      frame.title ||= facade.textContent.trim();
      facade.parentElement.replaceWith(frame);
      frame.focus();
      return;
    }
    const link = event.target.closest?.("a.sg-video");
    const id = link && /(?:youtu\.be\/|[?&]v=|\/embed\/)([\w-]{6,20})/.exec(link.href)?.[1];
    if (!id || onDisk || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const frame = element("iframe", {
      src: `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`, class: "sg-video-frame",
      title: link.textContent.trim() || "Video", allow: "autoplay; fullscreen", allowfullscreen: "",
    });
    link.replaceWith(frame);
    frame.focus();
  });

  // On this page: mark the section that is being read.
  const toc = document.getElementById("sg-toc");
  const entries = new Map();
  for (const link of toc ? all("a[href^='#']", toc) : []) {
    let heading = null;
    try { heading = document.getElementById(decodeURIComponent(link.hash.slice(1))); } catch { /* odd id */ }
    if (heading) entries.set(heading, link);
  }
  if (entries.size) {
    const headings = [...entries.keys()];
    let marked = null;
    const mark = () => {
      const line = innerHeight * 0.25;
      const atEnd = innerHeight + scrollY >= root.scrollHeight - 2 && scrollY > 0;
      const passed = headings.filter((heading) => heading.getClientRects().length && heading.getBoundingClientRect().top <= (atEnd ? innerHeight : line));
      const link = entries.get(passed.at(-1) ?? headings[0]);
      if (link === marked) return;
      marked?.removeAttribute("aria-current");
      link.setAttribute("aria-current", "location");
      marked = link;
      const { top, bottom } = link.getBoundingClientRect();
      const box = toc.getBoundingClientRect();
      if (top < box.top || bottom > box.bottom) toc.scrollTop += top - box.top - box.height / 2;
    };
    // Headings crossing a line wake us: no work on every scroll event.
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -75% 0px", threshold: [0, 1] });
    headings.forEach((heading) => observer.observe(heading));
    addEventListener("scrollend", mark, { passive: true });
  }

  // Popovers of the narrow screen close on the way out, and when the screen becomes wide.
  for (const side of all(".sg-side[popover]")) {
    const close = () => side.matches(":popover-open") && side.hidePopover();
    side.addEventListener("click", (event) => event.target.closest("a") && close());
    for (const width of ["58rem", "80rem"]) matchMedia(`(width >= ${width})`).addEventListener("change", close);
  }

  // Sidebar: keep its place from page to page, with the current page in view.
  const sidebar = document.getElementById("sg-sidebar");
  if (!sidebar) return;
  const showCurrent = () => {
    const current = sidebar.querySelector("[aria-current]");
    if (!current) return;
    const { top, bottom } = current.getBoundingClientRect();
    const box = sidebar.getBoundingClientRect();
    if (top < box.top || bottom > box.bottom) sidebar.scrollTop += top - box.top - box.height / 2;
  };
  sidebar.scrollTop = Number(remembered("sessionStorage", "sidebar")) || 0;
  showCurrent();
  sidebar.addEventListener("toggle", (event) => event.newState === "open" && showCurrent());
  addEventListener("pagehide", () => remember("sessionStorage", "sidebar", String(sidebar.scrollTop)));

  // Closed branches come from the page that lists all pages, once somebody asks for one.
  const index = sidebar.querySelector(".sg-all a");
  if (onDisk || !index) return;
  let tree = null;
  const loadTree = async () => {
    const answer = await fetch(index.href);
    if (!answer.ok) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  const branch = async (id) => {
    tree ??= loadTree();
    const list = (await tree).getElementById(id)?.querySelector(":scope > ul");
    if (!list) throw new Error(`no branch ${id}`);
    const copied = document.importNode(list, true);
    for (const link of all("a", copied)) {
      link.href = new URL(link.getAttribute("href"), index.href).href;
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    }
    for (const item of all("[id]", copied)) item.removeAttribute("id");
    return copied;
  };
  for (const item of all(".sg-branch", sidebar)) {
    const link = item.querySelector("a");
    const button = element("button", { type: "button", class: "sg-expand", "aria-expanded": "false", "aria-label": `Show pages of ${link.textContent}` });
    button.addEventListener("click", async () => {
      try {
        const list = item.querySelector("ul") ?? item.appendChild(await branch(item.dataset.branch));
        list.hidden = button.getAttribute("aria-expanded") === "true";
        button.setAttribute("aria-expanded", !list.hidden);
      } catch { location.href = link.href; }
    });
    link.after(button);
    item.classList.add("sg-upgraded");
  }
  for (const more of all(".sg-more > a", sidebar)) {
    more.addEventListener("click", async (event) => {
      const list = more.closest("ul");
      const id = more.hash.slice(1);
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      try {
        const full = await branch(id);
        list.replaceWith(full);
        showCurrent();
        full.querySelector("[aria-current]")?.focus({ preventScroll: true });
      } catch { location.href = more.href; }
    });
  }
})();

// Quizzes: the answers that can be opened become a form with verdicts.
(() => {
  const make = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const verdict = (wrong, missed) => {
    if (wrong) return "Not quite: look at the explanations and try again.";
    return missed ? "Right so far, but there is more to tick." : "All right!";
  };
  const upgrade = (quiz) => {
    const choices = [...quiz.querySelectorAll(".sg-choice")].map((item) => {
      const box = make("input", { type: "checkbox" });
      const text = item.querySelector(".sg-choice-text");
      const answer = item.querySelector("details");
      const label = make("label");
      text.replaceWith(label);
      label.append(box, text);
      answer.hidden = true;
      return { box, answer, correct: item.dataset.correct === "true" };
    });
    const result = make("p", { role: "status" });
    const button = make("button", { type: "button", disabled: true, textContent: "Check answers" });
    quiz.append(make("div", { className: "sg-quiz-foot" }, button, result));
    quiz.addEventListener("change", () => {
      button.disabled = !choices.some(({ box }) => box.checked);
      result.textContent = "";
      for (const { box, answer } of choices) if (!box.checked) answer.hidden = true;
    });
    button.addEventListener("click", () => {
      for (const { box, answer } of choices) {
        answer.hidden = !box.checked;
        answer.open = box.checked;
      }
      result.textContent = verdict(
        choices.some(({ box, correct }) => box.checked && !correct),
        choices.some(({ box, correct }) => !box.checked && correct),
      );
    });
  };
  document.querySelectorAll(".sg-quiz").forEach(upgrade);
})();
