// Keeps a page of the preview as its source is: added by the server on the way, never on the disk.
"use strict";
(() => {
  const script = document.currentScript;
  const stream = "/__livereload";
  let number = script.dataset.number;
  let page = script.dataset.page;
  let busy = false;
  let next = null;

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
    title.textContent = "The site cannot be built as it is now. Below is the last good one.\n\n";
    box.append(title, message);
    (document.body ?? document.documentElement).append(box);
  }

  // Exchanges stylesheets under the page as it stands.
  function restyle(html) {
    const name = (href) => href.replace(/\.[0-9a-f]{8}\.css$/, ".css");
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const link of fresh.querySelectorAll('link[rel="stylesheet"]')) {
      const href = link.getAttribute("href");
      for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
        if (name(old.getAttribute("href")) !== name(href) || old.getAttribute("href") === href) {
          continue;
        }
        const now = old.cloneNode();
        now.setAttribute("href", href);
        now.addEventListener("load", () => old.remove());
        now.addEventListener("error", () => old.remove());
        old.after(now);
      }
    }
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
      const [answer, state] = await Promise.all([
        fetch(location.pathname, { headers, cache: "no-store" }),
        fetch(`${stream}/state`, { cache: "no-store" }).then((r) => r.json()),
      ]);
      number = to;
      const etag = (answer.headers.get("ETag") ?? "").replaceAll('"', "");
      if (answer.status !== 304 && etag !== page) {
        if (!page || etag.split("-")[0] !== page.split("-")[0]) {
          remember();
          location.reload();
          return;
        }
        restyle(await answer.text());
        page = etag;
      }
      show(state.error);
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
  function remember() {
    sessionStorage.setItem(place, `${scrollX} ${scrollY}`);
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
  others.onmessage = (event) => follow(event.data);
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
  take();
  if (script.dataset.error === "1") {
    fetch(`${stream}/state`, { cache: "no-store" })
      .then((answer) => answer.json())
      .then((state) => show(state.error));
  }
})();
