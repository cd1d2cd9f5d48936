const shortcut = opener?.querySelector("kbd");
if (shortcut && /Mac|iP/.test(navigator.platform)) shortcut.textContent = "⌘ K";
// Keys: single ones only where nobody writes, and only until they are turned off (WCAG 2.1.4).
const single = onDisk ? {} : {
  "?": () => tool("help"),
  "y": () => tool("copySection"),
  "Y": () => tool("copySectionText"),
  "[": () => document.querySelector("a[rel='prev']")?.click(),
  "]": () => document.querySelector("a[rel='next']")?.click(),
};
if (opener) single["/"] = openSearch;
if (document.getElementById("sg-chunks") && !onDisk) single.i = () => tool("chunks");
// On a Cyrillic or an Arabic keyboard the key of K is another letter; with Shift it is the browser's.
const isK = ({ key, code, shiftKey }) => !shiftKey && (/^k$/i.test(key) || (code === "KeyK" && !/^[a-z]$/i.test(key)));
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey) return;
  const command = event.ctrlKey || event.metaKey;
  if (command && isK(event) && opener) {
    event.preventDefault();
    openSearch();
    return;
  }
  const writing = event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]");
  if (command || writing || !Object.hasOwn(single, event.key) || remembered("localStorage", "keys") === "off") return;
  event.preventDefault();
  single[event.key]();
});
