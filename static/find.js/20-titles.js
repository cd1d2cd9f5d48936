// `skipping` is `skip`, `rotation` is `rotate`: what words of one family begin with.
const stem = (term) => term
  .replace(/(?<=\w{2}([bdgmnprt]))\1(?:ing|ed|er)$/, "")
  .replace(/(?<=.{5})(?:ations?|ions?)$|(?<=.{4})(?:ing|ed|es|s|e|ly)$|(?<=.{3})(?:ات|ها|ون|ين|ان|ية|[ةهي])$/, "");
// How well a title has a term: as a word, as the beginning of one, by its stem, or somewhere inside.
const has = (title, term) => {
  if (isSolid(term)) return title.solid.includes(term) ? 1 : 0;
  if (title.words.includes(term)) return 1;
  if (title.words.some((word) => word.startsWith(term))) return term.length > 3 ? 0.9 : 0.6;
  if (term.length < 4) return 0;
  const family = stem(term);
  const kin = title.words.filter((word) => word.startsWith(family));
  if (kin.some((word) => stem(word) === family)) return 0.85;
  return (term.length > 4 && kin.length) || title.solid.includes(term) ? 0.7 : 0;
};
// How much of a title was asked for: of two that hold the query, the one that says nothing else is meant.
const fit = (title, sought) => {
  const stems = sought.map(stem).filter((each) => each.length > 2);
  return title.words.filter((word) => stems.some((each) => word.startsWith(each))).length / Math.max(title.words.length, 1);
};
const alike = (title, whole) => {
  if (title.solid === whole) return 2;
  return whole.length > 3 && title.solid.includes(whole) ? 0.4 + (0.6 * whole.length) / title.solid.length : 0;
};
// Who types the address of a page means that page, whatever it calls itself.
const isAt = (place, path, whole) => whole.length > 3 && place.solid.endsWith(whole) && squeezed(path) === whole;
const phraseOf = (query) => /^\s*"(.+)"\s*$/.exec(query)?.[1].trim().toLowerCase();

// By headings alone: what is rare in the query counts more than what every page has.
const byHeadings = (query, entries) => {
  const sought = [...new Set(terms(query))];
  const phrase = phraseOf(query);
  const whole = squeezed(query);
  const near = [];
  for (const entry of entries) {
    const isMeant = !entry.anchor && isAt(entry.place, entry.path, whole);
    const own = sought.map((term) => (isMeant ? 1 : has(entry.heading, term)));
    if (own.some(Boolean) && (!phrase || entry.heading.title.toLowerCase().includes(phrase))) near.push({ entry, own, isMeant });
  }
  const rarity = sought.map((_, at) => Math.log(1 + entries.length / (1 + near.filter(({ own }) => own[at]).length)));
  const all = rarity.reduce((sum, each) => sum + each, 0) || 1;
  const covered = (values) => values.reduce((sum, value, at) => sum + value * rarity[at], 0) / all;
  const found = near.map(({ entry, own, isMeant }) => {
    const first = entry.anchor === "";
    const above = sought.map((term) => Math.max(first ? 0 : has(entry.page, term), 0.8 * has(entry.place, term)));
    const cover = covered(own.map((value, at) => Math.max(value, 0.8 * above[at])));
    return { entry, isMeant, cover, score: 2 * Math.max(alike(entry.heading, whole), isMeant) + (2 + (isMeant ? 1 : fit(entry.heading, sought))) * covered(own) + cover + 0.6 * covered(above) + (first ? 0.3 : 0) };
  });
  const best = Math.max(...found.map(({ cover }) => cover), 0);
  return found.filter(({ cover }) => cover >= 0.6 * best).sort((a, b) => b.score - a.score).map(({ entry, isMeant, score }) => ({
    title: entry.heading.title, page: entry.page.title, url: address(entry.path, entry.anchor), excerpt: [], crumbs: entry.crumbs, first: entry.anchor === "", isMeant, score, entry,
  }));
};
