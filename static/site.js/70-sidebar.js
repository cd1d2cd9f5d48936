// Sidebar: keep its place from page to page, with the current page in view.
addEventListener("pagehide", () => all("#sg-sidebar .sg-side-list").forEach((list) => remember("sessionStorage", "sidebar", String(list.scrollTop))));
prepare((find) => find("#sg-sidebar").forEach((sidebar) => {
  const list = sidebar.querySelector(".sg-side-list") ?? sidebar; // a project's own template may have none
  const showCurrent = () => {
    const current = sidebar.querySelector("[aria-current]");
    if (!current) return;
    const { top, bottom } = current.getBoundingClientRect();
    const box = list.getBoundingClientRect();
    if (top < box.top || bottom > box.bottom) list.scrollTop += top - box.top - box.height / 2;
  };
  list.scrollTop = Number(remembered("sessionStorage", "sidebar")) || 0;
  showCurrent();
  sidebar.addEventListener("toggle", (event) => event.newState === "open" && showCurrent());

  // Closed branches come from the page that lists all pages, once somebody asks for one.
  const index = sidebar.querySelector(".sg-all a");
  if (onDisk || !index) return;
  const trees = new Map();
  const load = async (url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  const loadTree = (url) => trees.get(url) ?? trees.set(url, load(url)).get(url);
  const filter = sidebar.querySelector(".sg-filter");
  if (filter) {
    filter.hidden = false;
    filter.addEventListener("input", () => tool("filterPages", filter, index, loadTree(index.href)));
  }
  const branch = async (id) => {
    // Of a large site each branch of the top is listed on a page of its own.
    const [part] = id.match(/^\d+(?=-)/) ?? [];
    const url = part ? new URL(`${part}/`, index.href).href : index.href;
    const list = (await loadTree(url)).getElementById(id)?.querySelector(":scope > ul");
    if (!list) throw new Error(`no branch ${id}`);
    const copied = document.importNode(list, true);
    for (const link of all("a", copied)) {
      link.href = new URL(link.getAttribute("href"), url).href;
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    }
    for (const item of all("[id]", copied)) item.removeAttribute("id");
    return copied;
  };
  for (const item of all(".sg-branch", sidebar)) {
    const link = item.querySelector("a");
    const button = element("button", { type: "button", class: "sg-expand", "aria-expanded": "false", "aria-label": say("Show pages of {}", link.textContent) });
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
}));
