// Exchanges what an edit has changed in the page that is open. What reads the same stays as it is,
// with all that the reader and the theme's scripts have done to it.

// A page is a tree of containers, and of blocks that are exchanged whole.
const CONTAINERS = "body, .sg-frame, #sg-content, #sg-content > article";
const DATA = "script[type='application/json']";
const SIDES = ".sg-side, .sg-side-list";
const THEME = /\/assets\/(theme|site|moved|strings\.[\w-]+)\.[0-9a-f]{8}\.js$/;

const block = (node) => ({ node, html: node.outerHTML ?? node.data });
const isWritten = (node) => node.nodeType === Node.ELEMENT_NODE || (node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");

function container(node) {
  const parts = [...node.childNodes].filter(isWritten);
  const describe = (part) => (part.matches?.(CONTAINERS) ? container(part) : block(part));
  return { node, html: node.cloneNode().outerHTML, parts: parts.map(describe) };
}

// Describes a document that no script of the theme has touched yet. `fixed` is what cannot change
// under a page that is open; stylesheets are exchanged besides, by their names.
function describe(page) {
  const { lang, dir } = page.documentElement;
  const scripts = [...page.scripts].filter((each) => !each.matches(`${DATA}, [data-number]`));
  const fixed = [...scripts, ...page.querySelectorAll("meta[http-equiv]")].map((each) => each.outerHTML);
  const sheets = [...page.querySelectorAll("link[rel='stylesheet']")].map((each) => plain(each.getAttribute("href")));
  const head = [...page.head.children].filter((each) => !each.matches("script, [http-equiv], [rel='stylesheet']"));
  return {
    fixed: JSON.stringify([lang, dir, page.body.cloneNode().outerHTML, fixed, sheets]),
    isText: page.getElementById("sg-sidebar") !== null && scripts.every((each) => THEME.test(each.src)),
    head: { node: page.head, html: "", parts: head.map(block) },
    body: container(page.body),
  };
}

const plain = (href) => href.replace(/\.[0-9a-f]{8}\.css$/, ".css");

function isSame(one, other) {
  if (one.html !== other.html || one.parts?.length !== other.parts?.length) return false;
  return (one.parts ?? []).every((part, at) => isSame(part, other.parts[at]));
}

// Makes the children of a container those of another; `gone` and `came` get the blocks.
function merge(was, now, gone, came) {
  let at = 0;
  const fresh = new Set();
  const parts = now.parts.map((part) => {
    const known = was.parts.slice(at).findIndex((old) => old.html === part.html && !old.parts === !part.parts);
    if (known < 0) {
      fresh.add(part);
      return part;
    }
    const old = was.parts[at + known];
    at += known + 1;
    if (part.parts) merge(old, part, gone, came);
    return old;
  });
  const kept = new Set(parts);
  const old = was.parts.filter((part) => !kept.has(part));
  for (const part of [...old, ...fresh]) {
    if (part.parts || (was.node === document.body && !part.node.matches?.(DATA))) throw new Error("another layout");
  }
  for (const { node } of old) {
    if (node.parentNode !== was.node) throw new Error("somebody else has exchanged it");
  }
  let next = null;
  for (const part of [...parts].reverse()) {
    if (fresh.has(part)) was.node.insertBefore(part.node, next);
    if (part.node.parentNode === was.node) next = part.node;
  }
  gone.push(...old);
  came.push(...fresh);
  was.parts = parts;
}

// Finds the elements of blocks that went and those that stand for them now, if they are as many.
const within = (selector, parts) =>
  parts.flatMap(({ node }) => (node.matches ? [node, ...node.querySelectorAll(selector)] : [])).filter((each) => each.matches(selector));
function pairs(selector, gone, came) {
  const [old, now] = [within(selector, gone), within(selector, came)];
  return old.length === now.length ? old.map((each, at) => [each, now[at]]) : [];
}

// What the reader has opened or closed stays so, unless the source says something new of it.
function keepOpen(gone, came) {
  const sent = document.createElement("template");
  sent.innerHTML = gone.map(({ html }) => html).join("");
  const before = [...sent.content.querySelectorAll("details")];
  for (const [at, [old, now]] of pairs("details", gone, came).entries()) {
    if (before[at]?.open === now.open) now.open = old.open;
  }
}

// Makes `was`, the description of this document, that of `now`. Throws where a reload is due: what
// has been done by then does not matter.
function exchange(was, now) {
  if (was.fixed !== now.fixed || !was.isText || !now.isText) throw new Error("another kind of page");
  const gone = [];
  const came = [];
  const focused = document.activeElement;
  const meta = [];
  merge(was.head, now.head, meta, []);
  merge(was.body, now.body, gone, came);
  const sides = within(SIDES, gone).map((side) => side.scrollTop);
  const kind = focused === document.body ? "" : focused.localName;
  const place = kind ? within(kind, gone).indexOf(focused) : -1;
  keepOpen(gone, came);
  [...meta, ...gone].forEach(({ node }) => node.remove());
  const blocks = came.map(({ node }) => node).filter((node) => node.nodeType === Node.ELEMENT_NODE);
  const news = new CustomEvent("sg-content", { cancelable: true, detail: blocks });
  if (document.dispatchEvent(news)) throw new Error("nobody prepares it");
  for (const [old, tab] of pairs(".sg-tabs[data-group=''] > [role='tablist'] > button", gone, came)) {
    if (old.getAttribute("aria-selected") === "true") tab.click();
  }
  if (place >= 0) within(kind, came)[place]?.focus({ preventScroll: true });
  within(SIDES, came).forEach((side, at) => side.scrollTo({ top: sides[at] ?? 0, behavior: "instant" }));
}

// Exchanges stylesheets under the page as it stands.
function restyle(fresh) {
  for (const link of fresh.querySelectorAll("link[rel='stylesheet']")) {
    const href = link.getAttribute("href");
    const sheets = [...document.querySelectorAll("link[rel='stylesheet']")];
    const old = sheets.filter((each) => plain(each.getAttribute("href")) === plain(href));
    if (!old.length || old.at(-1).getAttribute("href") === href) continue;
    const now = old.at(-1).cloneNode();
    now.setAttribute("href", href);
    // The old ones stay until the new one is there, also one that itself was still on its way.
    const settle = () => old.forEach((each) => each.remove());
    now.addEventListener("load", settle);
    now.addEventListener("error", settle);
    old.at(-1).after(now);
  }
}

// Images, sounds and films keep their names when they change, so addresses get a version besides.
const PLACES = ["src", "srcset", "poster"];
const pictures = () =>
  [...document.querySelectorAll("main :is([src], [srcset], [poster]):not(iframe)")].flatMap((node) =>
    PLACES.filter((name) => node.hasAttribute(name)).map((name) => [node, name]),
  );
// One address, or several with what they are for: "a.png 1x, b.png 2x".
const addresses = (value) => value.split(", ").map((each) => new URL(each.trim().split(" ")[0], location.href));
const pathOf = ({ origin, pathname }) => (origin === location.origin ? decodeURIComponent(pathname.slice(1)) : "");
const shownPaths = () => new Set(pictures().flatMap(([node, name]) => addresses(node.getAttribute(name)).map(pathOf)));

function repaint(versions) {
  for (const [node, name] of pictures()) {
    const value = node.getAttribute(name).split(", ").map((each) => {
      const [address, ...more] = each.trim().split(" ");
      const url = new URL(address, location.href);
      const version = versions[pathOf(url)];
      if (!version) return each;
      url.searchParams.set("preview", version);
      return [url.href, ...more].join(" ");
    });
    if (value.join(", ") === node.getAttribute(name)) continue;
    node.setAttribute(name, value.join(", "));
    if (node.parentNode.localName === "video" || node.parentNode.localName === "audio") node.parentNode.load();
  }
}
