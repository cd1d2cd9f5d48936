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
const press = (event) => {
  const command = event.ctrlKey || event.metaKey;
  const act = command ? isK(event) && opener && openSearch : Object.hasOwn(single, event.key) && single[event.key];
  if (!act || event.altKey) return false;
  if (!command && (event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]") || remembered("localStorage", "keys") === "off")) return false;
  act();
  return true;
};
document.addEventListener("keydown", (event) => {
  if (!event.defaultPrevented && press(event)) event.preventDefault();
});
// What was typed before this script came, theme.js has kept: behind what opens search, what is sought.
window.onkeydown = null;
for (const event of window.sitegenKeys ?? []) {
  const { key } = event;
  const field = dialog?.open && dialog.querySelector("input");
  if (!field) press(event);
  else if (event.ctrlKey || event.metaKey || event.altKey) continue;
  else if (key.length < 2) field.value += key;
  else if (key === "Backspace") field.value = field.value.slice(0, -1);
  else field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}
