// Lists the warnings of the preview beside its pages: a line that opens, all of it as text.
const opened = "sg-preview-warnings";
function list(warnings) {
  document.getElementById(opened)?.remove();
  if (!warnings.length) return;
  const box = document.createElement("details");
  box.id = opened;
  box.lang = "en"; // whatever the page is written in
  box.dir = "ltr";
  box.open = sessionStorage.getItem(opened) === "1";
  box.style.cssText =
    "position:fixed;inset:auto 1rem 1rem auto;max-width:min(40rem,calc(100vw - 2rem));max-height:50vh;" +
    "overflow:auto;z-index:2147483646;box-sizing:border-box;padding:.5rem .875rem;background:#2b2408;" +
    "color:#fff4cf;border:1px solid #d9a514;border-radius:.5rem;font:14px/1.5 system-ui,sans-serif";
  box.addEventListener("toggle", () => sessionStorage.setItem(opened, box.open ? "1" : "0"));
  const title = document.createElement("summary");
  title.textContent = warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`;
  title.style.cursor = "pointer";
  const items = document.createElement("ol");
  items.style.cssText = "margin:.5rem 0;padding-inline-start:1.5rem";
  items.append(...warnings.map(described));
  box.append(title, items);
  (document.body ?? document.documentElement).append(box);
}

// One warning: its words, its place - a link where that is a page - and what to do.
function described({ message, place, help, page }) {
  const item = document.createElement("li");
  const where = document.createElement(page ? "a" : "span");
  if (page) where.href = page;
  where.textContent = place;
  where.style.cssText = "display:block;color:#ffd866;font-family:ui-monospace,monospace;overflow-wrap:anywhere";
  const remedy = document.createElement("span");
  remedy.textContent = help;
  item.append(message, where, remedy);
  return item;
}
