// On this page: mark the section that is being read.
const toc = document.getElementById("sg-toc");
const entries = new Map();
for (const link of toc ? all("li > a", toc) : []) {
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
