// Sections of the pages that hold the query, ranked by what their headings and their text say.
const EXCERPT = 22; // words
const LOOKED_AT = 24; // of the best are looked into for what stands close together

// A long section holds more words by chance: `terse` is what one of them counts.
const readable = (text) => {
  const spaced = ` ${words(text).join(" ")} `;
  return { spaced, solid: spaced.replaceAll(" ", ""), raw: text.toLowerCase(), terse: 1 / (1 + 0.1 * Math.log2(1 + spaced.length / 2500)) };
};
// A page's sections: headings with the words up to the next, and the headings that each stands under.
// A query in the making asks again and again.
const SIGNS = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };
const sectionsOf = once(async (data) => {
  const said = decoded(data.raw_content).replace(/&(?:lt|gt|quot|#39|amp);/g, (sign) => SIGNS[sign]).split(/\s+/);
  const marks = data.anchors.filter((each) => /^h[1-6]$/.test(each.element)).sort((a, b) => a.location - b.location);
  const starts = marks.length && !marks[0].location ? marks : [{ id: "", text: "", location: 0 }, ...marks];
  const under = []; // the heading in force of each level
  return starts.map(({ id, text: title, location, element = "h1" }, at) => {
    const heading = decoded(title ?? "").replace(/\s+/g, " ").trim();
    under.length = Number(element[1]);
    const above = known(joined(under.filter(Boolean).join(" ")));
    under.push(heading);
    const own = said.slice(location, starts[at + 1]?.location);
    const body = own.slice(own.join(" ").startsWith(heading) ? heading.split(/\s+/).filter(Boolean).length : 0);
    const text = joined(body.join(" "));
    return { anchor: id, above, heading: joined(heading), text, body: readable(text) };
  });
}, (data) => data.raw_url);
// How well a text has a term: as a word, as the beginning of one, or by its stem.
const holds = ({ spaced, solid }, term) => {
  if (isSolid(term)) return solid.includes(term) ? 1 : 0;
  if (spaced.includes(` ${term} `)) return 1;
  if (term.length > 3 && spaced.includes(` ${term}`)) return 0.8;
  return term.length > 4 && spaced.includes(` ${stem(term)}`) ? 0.7 : 0;
};

// How much of what is sought stands close together somewhere in a text: a long section has all words.
const NEAR = 30; // words
const closeness = ({ spaced }, sought) => {
  const places = [];
  spaced.trim().split(" ").forEach((word, at) => sought.forEach(({ term, weight }, which) => {
    if (word === term || (term.length > 3 && word.startsWith(stem(term)))) places.push({ at, which, weight });
  }));
  const inside = new Map();
  let [best, sum, start] = [0, 0, 0];
  for (const place of places) {
    if (!inside.get(place.which)) sum += place.weight;
    inside.set(place.which, (inside.get(place.which) ?? 0) + 1);
    for (; places[start].at < place.at - NEAR; start += 1) {
      const { which, weight } = places[start];
      inside.set(which, inside.get(which) - 1);
      if (!inside.get(which)) sum -= weight;
    }
    best = Math.max(best, sum);
  }
  return best;
};

// The words around the first of the most of what is sought, as pieces; every other one is marked.
const patternOf = (term) => {
  const own = stem(term).replace(/[+#]/g, "\\$&");
  if (SOLID.test(term)) return own;
  if (ARABIC.test(term)) return `(?<!\\p{L})[وفبكل]?(?:ال|لل)?${own.replaceAll("ا", "[اأإآ]")}\\p{L}*`;
  return `(?<![\\p{L}\\p{N}])${own}${term.length > 3 ? "[\\p{L}\\p{N}]*" : "(?![\\p{L}\\p{N}])"}`;
};
const excerptOf = (text, terms) => {
  if (!terms.length) return [];
  const isPart = terms.some((term) => SOLID.test(term));
  const units = (some) => (isPart ? [...some] : some.split(" "));
  const length = isPart ? 3 * EXCERPT : EXCERPT;
  const patterns = terms.map(patternOf);
  const found = patterns.map((pattern) => text.search(new RegExp(pattern, "iu"))).filter((at) => at >= 0);
  const places = found.map((at) => units(text.slice(0, at)).length - 1).sort((a, b) => a - b);
  const inside = (start) => places.filter((at) => at >= start && at < start + length - 4).length;
  const best = places.reduce((kept, at) => (inside(at) > inside(kept) ? at : kept), places[0] ?? 0);
  const all = units(text);
  const start = Math.max(0, Math.min(best - 4, all.length - length));
  return all.slice(start, start + length).join(isPart ? "" : " ").split(new RegExp(`(${patterns.join("|")})`, "giu"));
};

// A page that lists releases holds every word some time: that it does tells nothing.
const RELEASE = /(?:^|[\s[(v])\d+\.\d+(?:\.\d+)*(?![\p{L}\p{N}])/u;
const isHistory = (held) => {
  const releases = held.filter(({ heading }) => RELEASE.test(heading)).length;
  return releases > 2 && releases >= held.length / 4;
};
// A page that is there for changes, as its address says, names much that others explain; in
// English we know when they are asked for.
const CHANGES = /(?:^|[/_-])(releases?|changelogs?|changes|history|news|migrat\w+|upgrad\w+|deprecat\w+|blog|breaking)(?=$|[/_.-])/i;
const ASKS = /releas|chang|migrat|upgrad|deprecat|updat|new|version|\d\.\d|from .* to /i;
const isOfChanges = (path, query) => {
  const [, word] = /^en|^$/.test(document.documentElement.lang) && !ASKS.test(query) ? CHANGES.exec(path) ?? [] : [];
  return Boolean(word) && !query.toLowerCase().includes(word.slice(0, 5).toLowerCase());
};
// What headings say counts most, then how much of the query stands in a section and how much of it
// as it was written, then the page.
const ranked = (query, pages, titled, sought) => {
  const heaviest = Math.max(...sought.map((each) => each.weight), 0);
  const marked = sought.filter((each) => each.weight >= 0.2 * heaviest).map((each) => each.term);
  const all = sought.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const covered = (value) => sought.reduce((sum, { term, weight }) => sum + value(term) * weight, 0) / all;
  const whole = squeezed(query);
  const raw = query.trim().toLowerCase();
  const isIdentifier = /[\p{L}\p{N}][_.:/-]+[\p{L}\p{N}]/u.test(raw);
  const identified = /\s/.test(raw) ? 0.8 : 1.6; // who asks for a name alone wants it as it is
  const asked = sought.map((each) => each.term);
  const order = words(query);
  const couples = order.slice(1).map((word, at) => ` ${order[at]} ${word} `);
  const named = codes(query).map((code) => [squeezed(code), code.toLowerCase()]);
  const isNamed = (heading) => Math.max(0, ...named.map(([solid, code]) => (heading.solid === solid ? 4 : Number(heading.title.toLowerCase().includes(code)))));
  const title = (heading, { page, above, place }, first, isMeant) => 2 * Math.max(alike(heading, whole), isMeant) + (isMeant ? 3 : (2 + fit(heading, asked)) * covered((term) => has(heading, term)))
    + (first ? 0.3 + 0.6 * covered((term) => has(place, term)) : 1.2 * covered((term) => Math.max(has(page, term), above ? 0.8 * has(above, term) : 0)));
  const sections = [];
  const seen = new Set();
  for (const { data, worth, held } of pages) {
    const page = known(joined(decoded(data.meta.title ?? "")));
    const path = data.url.slice(root.pathname.length);
    const place = known(`${data.meta.crumbs ?? ""} ${path}`);
    const told = (isHistory(held) && !RELEASE.test(query) ? 0 : worth) - (isOfChanges(path, query) ? 0.8 : 0);
    for (const { anchor, above, heading, text, body } of held) {
      const own = heading ? known(heading) : page;
      const first = own.title === page.title;
      const url = new URL(data.url, location.href);
      url.hash = anchor;
      const name = isNamed(own);
      const isMeant = first && isAt(place, path, whole);
      const cover = name || isMeant ? 1 : covered((term) => Math.max(holds(body, term), has(own, term)));
      if (!cover) continue;
      seen.add(url.href).add(first ? url.href.replace(/#.*/, "") : url.href);
      const inOrder = couples.length ? couples.filter((couple) => body.spaced.includes(couple) || own.spaced.includes(couple)).length / couples.length : 0;
      const asWritten = body.solid.includes(whole) && (isSolid(whole) || body.spaced.includes(` ${order.join(" ")}`));
      sections.push({
        body, title: own.title, page: page.title, url: url.href, get excerpt() { return excerptOf(text, marked); }, crumbs: data.meta.crumbs ?? "", first, cover, asWritten: asWritten || alike(own, whole) > 0,
        score: title(own, { page, above, place }, first, isMeant) + name + told + 0.9 * cover + 0.9 * body.terse * covered((term) => holds(body, term)) + 1.2 * inOrder
          + (asWritten ? 0.6 + (isSolid(whole) ? 2 / Math.max(segments(whole).length - 1, 1) : 0) : 0) + (isIdentifier && body.raw.includes(raw) ? identified : 0),
      });
    }
  }
  for (const each of titled) {
    const { entry: { heading }, isMeant } = each;
    const cover = isMeant ? 1 : covered((term) => has(heading, term));
    if (!seen.has(each.url)) sections.push({ ...each, excerpt: [], cover, asWritten: alike(heading, whole) > 0, score: title(heading, each.entry, each.first, isMeant) + isNamed(heading) + 0.9 * cover });
  }
  const phrase = phraseOf(query) && sections.some((each) => each.asWritten);
  const least = 0.4 * Math.max(...sections.map((each) => each.cover), 0);
  const found = sections.filter((each) => (phrase ? each.asWritten : each.cover >= least)).sort((a, b) => b.score - a.score);
  for (const each of found.slice(0, LOOKED_AT)) if (each.body) each.score += (0.6 * closeness(each.body, sought)) / all;
  return found.sort((a, b) => b.score - a.score);
};

// `reach` is how many pages are looked into; `more` says whether others are left.
const byText = async (query, section, entries, reach) => {
  const total = await everyPage(); // of the reader's language
  const sought = weighed(await spread(query), total, entries, labels(query));
  // Where the search is kept to a section, more is looked at: an index with filters would be another.
  const results = await candidates(query, sought, total, (section ? 3 : 1) * reach);
  const titled = byHeadings(query, entries).slice(0, 6);
  // Pages of good headings are looked into as well: they hold what the heading says.
  const names = [...codes(query), ...titled.map((each) => each.title)];
  const named = (await Promise.all(names.map(exactly))).flatMap((each) => each.slice(0, 2));
  const taken = new Set(results.map((each) => each.result.id));
  const more = named.filter(({ id }) => !taken.has(id) && taken.add(id)).map((result) => ({ result, worth: 0 }));
  const loaded = async ({ result, worth }) => {
    const data = await result.data();
    return { worth, data, held: await sectionsOf(data) };
  };
  const here = (await Promise.all([...results, ...more].map(loaded))).filter(({ data }) => isIn(section)(data.meta)).slice(0, reach + more.length);
  return { sections: ranked(query, here, titled, sought), more: results.length >= reach };
};
