// Keeps a page of the preview as its source is: added by the server on the way, never on the disk.
const script = document.currentScript;
const stream = "/__livereload";
let number = script.dataset.number;
let page = script.dataset.page;
let contents = Number(script.dataset.contents);
const versions = {}; // of images and the like that have changed under this page, by path
let busy = false;
let next = null;
const shown = describe(document); // before the theme's scripts come to it

// Shows what is wrong over the last good page; all of it as text.
function show(message) {
  document.getElementById("sg-preview-error")?.remove();
  if (!message) return;
  const box = document.createElement("div");
  box.id = "sg-preview-error";
  box.setAttribute("role", "alert");
  box.style.cssText =
    "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:2147483647;" +
    "box-sizing:border-box;padding:1rem 1.25rem;background:#2b0d0d;color:#ffe9e6;" +
    "border-top:4px solid #ff6b57;font:14px/1.5 ui-monospace,monospace;white-space:pre-wrap";
  const title = document.createElement("strong");
  title.textContent = "The site cannot be built as it is now. This page is of the last good one.\n\n";
  box.append(title, message);
  (document.body ?? document.documentElement).append(box);
}
async function ask() {
  const answer = await fetch(`${stream}/state`, { cache: "no-store" });
  return answer.json();
}
async function explain() {
  const { error, warnings } = await ask();
  show(error);
  list(warnings);
}

// Notes which images have changed since this page came for them.
async function look(last) {
  const { read, changed } = (await ask()).contents;
  for (const path of shownPaths()) {
    const at = changed[path] ?? read;
    if (at > contents) versions[path] = at;
  }
  contents = last;
}

// Brings this document to what the server would send now.
function become(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const now = describe(fresh);
  const parts = (page) => ({ html: page.fixed, parts: [page.head, page.body] });
  if (!isSame(parts(shown), parts(now))) exchange(shown, now);
  restyle(fresh);
  repaint(versions);
}

async function follow(to) {
  if (to === number) return;
  if (busy) {
    next = to;
    return;
  }
  busy = true;
  try {
    const headers = page ? { "If-None-Match": `"${page}"` } : {};
    const answer = await fetch(location.pathname, { headers, cache: "no-store" });
    const etag = (answer.headers.get("ETag") ?? "").replaceAll('"', "");
    // Of a page that cannot be laid out now the last good one stays.
    const isAsBefore = answer.status === 304 || answer.status >= 500 || etag === page;
    const [seen, wrong, last, warned] = (answer.headers.get("Sitegen-Preview") ?? `${to} 0 ${contents} 0`).split(" ");
    number = seen;
    if (Number(last) > contents) await look(Number(last));
    if (!isAsBefore) {
      try {
        if (!page || answer.redirected) throw new Error("another page");
        become(await answer.text());
      } catch {
        again();
        return;
      }
      page = etag;
    } else {
      repaint(versions);
    }
    if (wrong === "1" || warned !== "0") {
      await explain();
    } else {
      show("");
      list([]);
    }
  } catch {
    // The server has stopped; the stream says when it is back.
  } finally {
    busy = false;
  }
  if (next !== null) {
    const last = next;
    next = null;
    follow(last);
  }
}

const place = `sg-preview-scroll ${location.pathname}`;
function again() {
  sessionStorage.setItem(place, `${scrollX} ${scrollY}`);
  location.reload();
}
function recall() {
  const kept = sessionStorage.getItem(place);
  if (kept === null) return;
  sessionStorage.removeItem(place);
  const [x, y] = kept.split(" ").map(Number);
  if (Math.abs(scrollY - y) > 1) scrollTo({ left: x, top: y, behavior: "instant" });
}
if (document.readyState === "complete") recall();
else addEventListener("load", recall);

// One tab of a browser listens and tells the others: browsers allow six connections a host.
const others = new BroadcastChannel("sg-preview");
let source = null;
function listen() {
  source = new EventSource(stream);
  source.onmessage = (event) => {
    others.postMessage(event.data);
    follow(event.data);
  };
}
function hush() {
  source?.close();
  source = null;
}
let release = null;
function take() {
  if (navigator.locks) {
    navigator.locks.request("sg-preview", () => {
      listen();
      return new Promise((done) => (release = done));
    });
  } else if (!document.hidden) {
    listen(); // no locks without TLS beyond this machine: only tabs in sight listen
  }
}
addEventListener("pagehide", () => {
  hush();
  release?.();
  release = null;
});
addEventListener("pageshow", (event) => event.persisted && take());
if (!navigator.locks) {
  document.addEventListener("visibilitychange", () => (document.hidden ? hush() : take()));
}
// The theme's scripts come after this one: only then can they prepare what is exchanged.
addEventListener("DOMContentLoaded", () => {
  others.onmessage = (event) => follow(event.data);
  take();
});
if (script.dataset.error === "1" || script.dataset.warnings !== "0") explain();
