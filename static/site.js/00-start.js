// Progressive parts of the theme; every page is complete without them. The files of this folder
// are one script, in the order of their names, and share what stands in this one.
const root = document.documentElement;
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const live = document.getElementById("sg-live");
// In English, or in the words of the page's language.
const say = window.sitegenSay = (phrase, ...values) => (window.sitegenStrings?.[phrase] ?? phrase).replaceAll("{}", () => values.shift());

// Storage may be forbidden (private windows, file://): then nothing is remembered.
const remembered = (area, key) => {
  try { return window[area].getItem(`sg-${key}`); } catch { return null; }
};
const remember = (area, key, value) => {
  try {
    if (value) window[area].setItem(`sg-${key}`, value);
    else window[area].removeItem(`sg-${key}`);
  } catch { /* see above */ }
};
const element = (tag, attributes, text = "") => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
};

// What content needs is a part that gets `find`. It runs for the page now, and again for each
// content that comes later: a preview exchanges what an edit has changed.
const parts = [];
const prepare = (part) => {
  parts.push(part);
  part(all);
};
document.addEventListener("sg-content", (event) => {
  event.preventDefault(); // tells the preview that somebody listens
  const find = (selector) => all(selector).filter((each) => event.detail.some((block) => block.contains(each)));
  for (const part of parts) part(find);
});
