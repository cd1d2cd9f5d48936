// Marks: the words of the query by which a reader came, without a change to the page.
(() => {
  const say = globalThis.sitegenSay;
  const live = document.getElementById("sg-live");
  const address = new URL(location);
  const query = address.searchParams.get("highlight") ?? "";
  const body = document.querySelector(".sg-body");
  // The address that is copied or kept is the page's own.
  address.searchParams.delete("highlight");
  history.replaceState(history.state, "", address);
  if (!query || !body || !globalThis.Highlight || !CSS.highlights) return;

  const phrase = /^\s*"(.+)"\s*$/.exec(query)?.[1];
  const words = query.match(/[\p{L}\p{N}]+(?:\+\+|#)?/gu) ?? [];
  // Of a sentence the short words say nothing.
  const telling = words.length > 4 ? words.filter((word) => word.length > 3) : words;
  const sought = phrase ? [phrase.trim()] : [query.trim(), ...telling];
  const escaped = [...new Set(sought)].filter(Boolean).map((word) => {
    const pattern = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
    // Short words are marked where they stand alone, longer ones also at the beginning of others.
    return /^[\x21-\x7e]+$/.test(word) ? `(?<![\\p{L}\\p{N}])${pattern}${word.length < 4 ? "(?![\\p{L}\\p{N}])" : ""}` : pattern;
  });
  const wanted = new RegExp(escaped.join("|"), "giu");
  const ranges = [];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && ranges.length < 2000) {
    const { currentNode: node } = walker;
    for (const found of node.data.matchAll(wanted)) {
      const range = new Range();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      ranges.push(range);
    }
  }
  if (!ranges.length) return;
  CSS.highlights.set("sg-found", new Highlight(...ranges));
  live.textContent = say(ranges.length === 1 ? "1 place marked; Esc removes the marks" : "{} places marked; Esc removes the marks", ranges.length);
  const remove = (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    CSS.highlights.delete("sg-found");
    live.textContent = say("Marks removed");
    document.removeEventListener("keydown", remove);
  };
  document.addEventListener("keydown", remove);
})();
