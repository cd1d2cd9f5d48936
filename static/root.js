// The page for what is not there is shown at any depth and does not know where its site is: it asks
// for this script below each folder of its address, and where it is found is the root.
(() => {
  if (globalThis.sitegenRoot) return;
  const root = globalThis.sitegenRoot = new URL("..", document.currentScript.src).pathname;
  if (root === "/") return;
  const moved = (address) => address.replace(/(^|\s)\/(?!\/)/g, `$1${root}`);
  for (const [name, value] of Object.entries(document.body.dataset)) document.body.dataset[name] = moved(value);
  for (const name of ["href", "src", "data-index"]) {
    for (const each of document.querySelectorAll(`[${name}^="/"]`)) {
      const to = moved(each.getAttribute(name));
      if (each.localName === "script") each.replaceWith(Object.assign(document.createElement("script"), { src: to, async: false }));
      else each.setAttribute(name, to);
    }
  }
})();
