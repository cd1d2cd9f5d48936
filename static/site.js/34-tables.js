// Tables: one that fits its column stands free, and its head stays below the page's header.
const boxes = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    const fits = target.firstElementChild.scrollWidth <= target.clientWidth;
    target.toggleAttribute("data-fits", fits);
    target.tabIndex = fits ? -1 : 0;
  }
});
prepare((find) => {
  for (const box of find(".sg-table")) boxes.observe(box);
  // A formula may be wider than a phone: it scrolls, and so does a paragraph that holds one.
  for (const box of find("math[display='block'], p:has(> math)")) {
    if (!box.closest(".sg-math") && box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
});
