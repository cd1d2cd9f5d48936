// On this page: mark the section that is being read.
const entries = new Map();
let marked = null;
// In a long list only the section that is read shows what is below it.
const LONG = 30;
let leads = new Map();
const unfold = (current) => leads.forEach((lead, item) => { item.hidden = lead !== item && lead !== leads.get(current.parentNode); });
const mark = () => {
  if (!entries.size) return;
  const line = innerHeight * 0.25;
  const atEnd = innerHeight + scrollY >= root.scrollHeight - 2 && scrollY > 0;
  const headings = [...entries.keys()];
  const passed = headings.filter((heading) => heading.getClientRects().length && heading.getBoundingClientRect().top <= (atEnd ? innerHeight : line));
  const link = entries.get(passed.at(-1) ?? headings[0]);
  if (link === marked) return;
  marked?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "location");
  marked = link;
  unfold(link);
  const toc = link.closest("#sg-toc");
  const { top, bottom } = link.getBoundingClientRect();
  const box = toc.getBoundingClientRect();
  if (top < box.top || bottom > box.bottom) toc.scrollTop += top - box.top - box.height / 2;
};
// Headings crossing a line wake us: no work on every scroll event.
const headingsSeen = new IntersectionObserver(mark, { rootMargin: "0px 0px -75% 0px", threshold: [0, 1] });
addEventListener("scrollend", mark, { passive: true });
prepare(() => {
  headingsSeen.disconnect();
  entries.clear();
  for (const link of all("#sg-toc li > a")) {
    let heading = null;
    try { heading = document.getElementById(decodeURIComponent(link.hash.slice(1))); } catch { /* odd id */ }
    if (!heading) continue;
    entries.set(heading, link);
    headingsSeen.observe(heading);
  }
  const items = all("#sg-toc li");
  let lead = null;
  leads = new Map(items.length > LONG ? items.map((item) => [item, lead = item.className === "sg-level-2" ? item : lead ?? item]) : []);
  if (marked) unfold(marked);
});

// Popovers of the narrow screen close on the way out, and when the screen becomes wide.
const closeSides = () => all(".sg-side:popover-open").forEach((side) => side.hidePopover());
document.addEventListener("click", (event) => {
  if (event.target.closest?.(".sg-side a")) closeSides();
  for (const menu of all(":is(.sg-pop, .sg-languages)[open]")) if (!menu.contains(event.target)) menu.open = false;
});
for (const width of ["58rem", "80rem"]) matchMedia(`(width >= ${width})`).addEventListener("change", closeSides);
