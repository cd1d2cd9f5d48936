const PARTS = 4; // parts of a large index that one query loads

// Headings: a script, since a page on a disk may load nothing else.
let delivered = null;
globalThis.sitegenHeadings = (value) => { delivered = value; };
const script = (url) => new Promise((resolve, reject) => {
  const made = Object.assign(document.createElement("script"), { src: url });
  made.addEventListener("load", () => { made.remove(); resolve(delivered); });
  made.addEventListener("error", () => { made.remove(); reject(new Error(url)); });
  document.head.append(made);
});
const once = (make, keyOf = (value) => value) => {
  const kept = new Map();
  document.addEventListener("sg-content", () => kept.clear()); // an edit may have changed the index
  return (value) => {
    const key = keyOf(value);
    if (!kept.has(key)) kept.set(key, make(value).catch((error) => { kept.delete(key); throw error; }));
    return kept.get(key);
  };
};
const anchorOf = (text) => text.toLowerCase().replaceAll(" ", "-").replace(/[^\w-]/g, "");
const address = (path, anchor) => {
  const url = new URL(onDisk ? `${path}index.html` : path, root);
  url.hash = anchor;
  return url.href;
};
const known = (title) => ({ title, words: [...new Set([...words(title), ...capitals(title)])], solid: squeezed(title), spaced: ` ${words(title).join(" ")} ` });
const read = ({ crumbs, pages }) => pages.flatMap(([path, title, crumb, headings]) => {
  const page = known(title);
  const place = known(`${crumbs[crumb]} ${path}`);
  const entry = (heading, anchor) => ({ heading, page, place, path, anchor, crumbs: crumbs[crumb] });
  return [entry(page, ""), ...headings.map((each) => {
    const [text, anchor] = typeof each === "string" ? [each, anchorOf(each)] : each;
    return entry(known(text), anchor);
  })];
});
const head = once(() => script(place.href).then((value) => ({ ...value, entries: value.table && read(value.table) })));
const part = once(async (number) => {
  const { version } = await head();
  return read((await script(`${place.href.replace(/\.js$/, "")}/${number}.js?v=${version}`)).table);
});
const bucket = (key, count) => [...key].reduce((at, letter) => (at * 31 + letter.codePointAt(0)) % 65521, 0) % count;
const isIn = (section) => ({ crumbs = "" }) => !section || crumbs === section || crumbs.startsWith(`${section} › `);
const headings = async (query, section) => {
  const { entries, parts } = await head();
  if (entries) return entries.filter(isIn(section));
  const byLength = words(query).sort((a, b) => b.length - a.length);
  const keys = byLength.flatMap((word) => (isSolid(word) ? [...word] : [[...word].slice(0, 2).join("")]));
  const wanted = [...new Set(keys.map((key) => bucket(key, parts)))].slice(0, PARTS);
  const found = new Map((await Promise.all(wanted.map(part))).flat().map((each) => [`${each.path}#${each.anchor}`, each]));
  return [...found.values()].filter(isIn(section));
};
