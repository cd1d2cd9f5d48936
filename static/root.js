// The page for what is not there is shown at any depth, and its site may be elsewhere than it was
// built for: this script is asked for below each folder of the address, and the first that is found
// tells the root.
(() => {
  if (globalThis.sitegenRoot) return;
  const given = document.body.dataset.root;
  const root = globalThis.sitegenRoot = new URL("..", document.currentScript.src).pathname;
  if (root === given) return;
  const moved = (addresses) => addresses.split(" ").map((each) => (each.startsWith(given) && each[1] !== "/" ? root + each.slice(given.length) : each)).join(" ");
  for (const [name, value] of Object.entries(document.body.dataset)) document.body.dataset[name] = moved(value);
  for (const name of ["href", "src", "data-index"]) {
    for (const each of document.querySelectorAll(`[${name}^="${given}"]`)) {
      const to = moved(each.getAttribute(name));
      if (each.localName === "script") each.replaceWith(Object.assign(document.createElement("script"), { src: to, async: false }));
      else each.setAttribute(name, to);
    }
  }
})();
