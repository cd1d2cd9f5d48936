// What is wanted now and then comes when it is wanted.
const load = (name) => import(new URL(document.body.dataset[name], document.baseURI).href);
const opener = document.querySelector(".sg-search");
const searchPage = document.getElementById("sg-search-page");
const openSearch = () => load("search").then((search) => search.open(), () => { location.href = opener.href; });
const tool = (name, ...values) => load("tools").then((tools) => tools[name](...values)).catch(() => {
  live.textContent = "That could not be loaded.";
});
if (searchPage && !onDisk) load("search").then((search) => search.mount(searchPage));
opener?.addEventListener("click", (event) => {
  if (onDisk || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openSearch();
});
for (const button of all("[data-tool]")) {
  if (button.closest(".sg-body")) continue; // not of ours: content may carry any data-*
  button.hidden = onDisk;
  button.addEventListener("click", () => tool(button.dataset.tool, button));
}
if (!onDisk) {
  const chunk = new URLSearchParams(location.search).get("chunk");
  if (chunk) tool("showChunk", chunk);
  else if (remembered("localStorage", "chunks") === "on" && document.getElementById("sg-chunks")) tool("chunks");
  if (document.getElementById("sg-find-chunk")) tool("findChunk");
  if (document.getElementById("sg-near")) tool("near");
}
