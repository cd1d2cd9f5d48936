// What is wanted now and then comes when it is wanted.
const load = (name) => import(new URL(document.body.dataset[name], document.baseURI).href);
const opener = document.querySelector(".sg-search");
const searchPage = document.getElementById("sg-search-page");
// Search comes as plain scripts, one after another: from a disk a page can load no modules.
const script = (src) => new Promise((resolve, reject) => {
  const made = element("script", { src });
  made.onload = resolve;
  made.onerror = reject;
  document.head.append(made);
});
let searching = null;
const search = () => searching ??= document.body.dataset.search.split(" ")
  .reduce((before, src) => before.then(() => script(src)), Promise.resolve())
  .then(() => window.sitegenSearch);
// The field is there at once, whatever the network does: what is typed waits for what searches, and
// so do the keys that choose a result.
let dialog = null;
let pressed = [];
const openSearch = () => {
  const label = say("Search the documentation");
  const input = dialog?.querySelector("input") ?? element("input", { type: "search", "aria-label": label, placeholder: label, autocomplete: "off" });
  if (!dialog) {
    dialog = element("dialog", { class: "sg-dialog sg-search-dialog", "aria-label": say("Search") });
    dialog.append(element("div", { class: "sg-search-field" }));
    dialog.firstChild.append(input);
    document.body.append(dialog);
    // A search field takes the first Esc to empty itself: here it closes.
    dialog.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (/^(Enter|Arrow|Page)/.test(event.key)) pressed.push(event.key);
      if (event.key !== "Escape") return;
      event.preventDefault();
      dialog.close();
    });
  }
  if (dialog.open) return;
  pressed = [];
  dialog.showModal();
  input.select();
  search().then((made) => made.open(dialog, pressed)).catch(() => { location.href = `${opener.href}?q=${encodeURIComponent(input.value)}`; });
};
const tool = (name, ...values) => load("tools").then((tools) => tools[name](...values)).catch(() => {
  live.textContent = say("That could not be loaded.");
});
if (searchPage) search().then((made) => made.mount(searchPage)).catch(() => {}); // the page says what else there is
if (document.body.dataset.marks && new URLSearchParams(location.search).has("highlight")) script(document.body.dataset.marks);
for (const each of all(".sg-search")) each.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openSearch();
});
prepare((find) => {
  for (const button of find("[data-tool]")) {
    if (button.closest(".sg-body")) continue; // not of ours: content may carry any data-*
    button.hidden = onDisk;
    button.addEventListener("click", () => tool(button.dataset.tool, button));
  }
});
if (!onDisk) {
  const chunk = new URLSearchParams(location.search).get("chunk");
  if (chunk) tool("showChunk", chunk);
  else if (remembered("localStorage", "chunks") === "on" && document.getElementById("sg-chunks")) tool("chunks");
  if (document.getElementById("sg-find-chunk")) tool("findChunk");
  if (document.getElementById("sg-near")) tool("near");
}
