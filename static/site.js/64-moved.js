// A section that is on another page now: whoever comes for it is led on.
const followMoved = () => {
  let moved = null;
  try { moved = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { /* odd id */ }
  if (moved?.matches(".sg-moved")) location.replace(moved.querySelector("a").href);
};
followMoved();
addEventListener("hashchange", followMoved);
