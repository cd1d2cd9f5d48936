// Finding: sections by their headings and, where there is an index of it, by their text.
(() => {
  const MOST = 24; // sections shown
  const PAGES = 20; // pages looked into
  const PARTS = 4; // parts of a large index that one query loads
  const onDisk = location.protocol === "file:";
  const root = new URL(document.body.dataset.root, document.baseURI);
  const place = new URL(document.body.dataset.headings, document.baseURI);

  // Words. `add_generation_prompt` is three, `BertModel` is one and its two; accents do not count.
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  const words = (text) => plain(text).toLowerCase().match(/[\p{L}\p{N}]+(?:\+\+|#(?![\p{L}\p{N}]))?/gu) ?? [];
  const capitals = (text) => (text.match(/[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])/g) ?? []).map((word) => word.toLowerCase());
  const squeezed = (text) => words(text).join("");
  // Scripts that put no spaces between words, as search_headings.py has them; Hangul joins words too.
  const SOLID = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const HANGUL = /[\uac00-\ud7af]/;
  const isSolid = (text) => SOLID.test(text) || HANGUL.test(text);
  const pairs = (text) => {
    const letters = [...text];
    return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => letters[at] + letter);
  };
  const terms = (query) => words(query).flatMap((word) => (isSolid(word) ? pairs(word) : [word]));

  // Headings: a script, since a page on a disk may load nothing else.
  let delivered = null;
  globalThis.sitegenHeadings = (value) => { delivered = value; };
  const script = (url) => new Promise((resolve, reject) => {
    const made = Object.assign(document.createElement("script"), { src: url });
    made.addEventListener("load", () => { made.remove(); resolve(delivered); });
    made.addEventListener("error", () => { made.remove(); reject(new Error(url)); });
    document.head.append(made);
  });
  const once = (make) => {
    const kept = new Map();
    document.addEventListener("sg-content", () => kept.clear()); // an edit may have changed the index
    return (key) => {
      if (!kept.has(key)) kept.set(key, make(key).catch((error) => { kept.delete(key); throw error; }));
      return kept.get(key);
    };
  };
  const anchorOf = (text) => text.toLowerCase().replaceAll(" ", "-").replace(/[^\w-]/g, "");
  const address = (path, anchor) => {
    const url = new URL(onDisk ? `${path}index.html` : path, root);
    url.hash = anchor;
    return url.href;
  };
  const known = (title) => ({ title, words: [...new Set([...words(title), ...capitals(title)])], solid: squeezed(title) });
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

  // Edits between two words, two letters swapped being one; more than `most` are not counted out.
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      before = last;
      last = row;
    }
    return last[b.length];
  };
  // A word that no heading begins with is taken for a misspelling of the nearest, the commonest first.
  const corrected = (query, entries) => {
    if (/^\s*".+"\s*$/.test(query)) return query;
    const counts = new Map();
    for (const { heading } of entries) for (const word of heading.words) counts.set(word, (counts.get(word) ?? 0) + 1);
    const vocabulary = [...counts.keys()].filter((word) => word.length > 3).sort((a, b) => counts.get(b) - counts.get(a));
    return query.replace(/\p{L}{4,}/gu, (word) => {
      const lower = plain(word).toLowerCase();
      if (isSolid(word) || vocabulary.some((each) => each.startsWith(lower)) || entries.some(({ heading }) => heading.solid.includes(lower))) return word;
      let [best, least] = [word, lower.length < 6 ? 2 : 3];
      for (const each of vocabulary) {
        const edits = distance(lower, each, least - 1);
        if (edits < least) [best, least] = [each, edits];
      }
      return best;
    });
  };

  // How well a title has a term: as a word, as the beginning of one, or somewhere inside.
  const has = (title, term) => {
    if (isSolid(term)) return title.solid.includes(term) ? 1 : 0;
    if (title.words.includes(term)) return 1;
    if (title.words.some((word) => word.startsWith(term))) return term.length > 3 ? 0.9 : 0.6;
    return term.length > 3 && title.solid.includes(term) ? 0.7 : 0;
  };
  const alike = (title, whole) => {
    if (title.solid === whole) return 2;
    return whole.length > 3 && title.solid.includes(whole) ? 0.4 + (0.6 * whole.length) / title.solid.length : 0;
  };
  const phraseOf = (query) => /^\s*"(.+)"\s*$/.exec(query)?.[1].trim().toLowerCase();

  // By headings alone: what is rare in the query counts more than what every page has.
  const byHeadings = (query, entries) => {
    const sought = [...new Set(terms(query))];
    const phrase = phraseOf(query);
    const whole = squeezed(query);
    const near = [];
    for (const entry of entries) {
      const own = sought.map((term) => has(entry.heading, term));
      if (own.some(Boolean) && (!phrase || entry.heading.title.toLowerCase().includes(phrase))) near.push({ entry, own });
    }
    const rarity = sought.map((_, at) => Math.log(1 + entries.length / (1 + near.filter(({ own }) => own[at]).length)));
    const all = rarity.reduce((sum, each) => sum + each, 0) || 1;
    const covered = (values) => values.reduce((sum, value, at) => sum + value * rarity[at], 0) / all;
    const found = near.map(({ entry, own }) => {
      const first = entry.anchor === "";
      const above = sought.map((term) => Math.max(first ? 0 : has(entry.page, term), 0.8 * has(entry.place, term)));
      const cover = covered(own.map((value, at) => Math.max(value, 0.8 * above[at])));
      return { entry, cover, score: 2 * alike(entry.heading, whole) + 2 * covered(own) + cover + 0.6 * covered(above) + (first ? 0.3 : 0) };
    });
    const best = Math.max(...found.map(({ cover }) => cover), 0);
    return found.filter(({ cover }) => cover >= 0.6 * best).sort((a, b) => b.score - a.score).slice(0, MOST).map(({ entry, score }) => ({
      title: entry.heading.title, page: entry.page.title, url: address(entry.path, entry.anchor), excerpt: "", crumbs: entry.crumbs, first: entry.anchor === "", score, entry,
    }));
  };

  // The text, by Pagefind.
  const engine = once(async () => {
    const pagefind = await import(new URL("pagefind/pagefind.js", root).href);
    await pagefind.options({
      baseUrl: root.pathname,
      excerptLength: 22,
      ranking: { pageLength: 0.1, termFrequency: 0.2, termSaturation: 3, metaWeights: { title: 6, crumbs: 0 } },
    });
    await pagefind.init();
    return pagefind;
  });
  // The index holds the characters of scripts without spaces one by one.
  const apart = (text) => text.replace(new RegExp(SOLID, "gu"), " $& ").replace(/\s+/g, " ").trim();
  const joined = (text) => text.replace(new RegExp(`(${SOLID.source}) (?=${SOLID.source})`, "gu"), "$1");
  const byText = async (query, section) => {
    const pagefind = await engine();
    // Pagefind's own filters would make other bytes of the same pages: more is looked at instead.
    const most = section ? 3 * PAGES : PAGES;
    const solid = SOLID.test(query);
    const asked = solid && !/[\s"]/.test(query) ? `"${apart(query)}"` : apart(query);
    const found = (await pagefind.search(asked)).results.slice(0, most);
    const whole = found.length;
    // A part of an identifier (`generation_prompt`) begins no word: its own words are sought too.
    const loose = apart(query.replace(/[_.]+/g, " "));
    if (loose !== asked && found.length < most && !phraseOf(query)) {
      const taken = new Set(found.map((result) => result.id));
      const more = (await pagefind.search(loose)).results.filter((result) => !taken.has(result.id));
      found.push(...more.slice(0, most - found.length));
    }
    const isExact = loose !== apart(query); // an identifier: pages that hold it as it is go first
    const pages = await Promise.all(found.map(async (result, at) => ({ score: result.score, data: await result.data(), holds: isExact && at < whole })));
    return pages.filter(({ data }) => isIn(section)(data.meta)).slice(0, PAGES);
  };

  // Pagefind ranks pages; we rank the sections of the best pages, and those whose headings alone
  // speak for them: what headings say counts most, then how much of the query stands in a section,
  // then the page.
  const ranked = (query, results, titled) => {
    const sought = terms(query);
    const whole = squeezed(query);
    const covered = (title) => sought.filter((term) => title.words.includes(term) || (isSolid(term) ? title.solid.includes(term) : term.length > 3 && title.words.some((word) => word.startsWith(term)))).length / Math.max(sought.length, 1);
    const worth = (title, page, place, first) => 2 * alike(title, whole) + 2 * covered(title) + (first ? 0.3 + 0.6 * covered(place) : 1.2 * covered(page));
    const top = Math.max(...results.map((result) => result.score), 1e-9);
    const sections = [];
    const seen = new Set();
    for (const { data, score, holds } of results) {
      const page = known(joined(data.meta.title ?? ""));
      const place = known(`${data.meta.crumbs ?? ""} ${data.url.slice(root.pathname.length)}`);
      for (const each of data.sub_results.length ? data.sub_results : [data]) {
        const title = each.title ? known(joined(each.title)) : page;
        const weight = (each.weighted_locations ?? []).reduce((sum, location) => sum + location.balanced_score, 0);
        const first = title.title === page.title;
        const url = new URL(each.url, location.href).href;
        seen.add(url).add(first ? url.replace(/#.*/, "") : url);
        sections.push({
          title: title.title, page: page.title, url, excerpt: each.excerpt, crumbs: data.meta.crumbs ?? "", first, weight,
          score: worth(title, page, place, first) + (0.7 * score) / top + (holds ? 0.8 : 0),
        });
      }
    }
    for (const each of titled) {
      if (!seen.has(each.url)) sections.push({ ...each, weight: 0, score: worth(each.entry.heading, each.entry.page, each.entry.place, each.first) });
    }
    const heaviest = Math.max(...sections.map((section) => section.weight), 1e-9);
    for (const section of sections) section.score += 1.2 * Math.sqrt(section.weight / heaviest);
    return sections.sort((a, b) => b.score - a.score).slice(0, MOST);
  };

  // Find sections, of one section of the site if it is named; a query of unknown words is corrected.
  const find = async (query, section = "") => {
    const full = (await head()).full && !onDisk;
    const entries = await headings(query, section);
    const better = corrected(query, entries);
    const lookUp = async (asked) => (full ? ranked(asked, await byText(asked, section), byHeadings(asked, entries).slice(0, 6)) : byHeadings(asked, entries));
    const sections = await lookUp(better);
    if (better !== query && !sections.length) return { query, sections: await lookUp(query), full };
    return { query: better, sections, full };
  };
  const prepare = async () => { if ((await head()).full && !onDisk) await engine(); };
  const sections = async () => (await head()).sections;
  globalThis.sitegenFind = { find, sections, prepare, joined, MOST };
})();
