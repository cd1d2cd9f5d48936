// The text, by Pagefind: it says which pages hold a word, and we rank their sections.
const PAGES = 20; // pages looked into at first
const TERMS = 24; // words of a query that are asked one by one
const engine = once(async () => {
  const pagefind = await import(new URL("pagefind/pagefind.js", root).href);
  await pagefind.options({ baseUrl: root.pathname, ranking: { pageLength: 0.1, termFrequency: 0.2, termSaturation: 3, metaWeights: { title: 6, crumbs: 0 } } });
  await pagefind.init();
  const { full } = await head(); // true, or the number of the indexes of a large site
  for (let part = 1; part < Number(full); part += 1) {
    await pagefind.mergeIndex(new URL(`pagefind/${part}/`, root).href, { baseUrl: root.pathname });
  }
  return pagefind;
});
// The index holds the characters of scripts without spaces one by one, and those that Pagefind would
// take for others, which then stand in no phrase, as letters of a script that nobody writes.
const KANA = 0x3040;
const LINEAR_A = 0x10600;
const coded = (text) => text.replace(/[\u3040-\u30ff]/g, (kana) => (kana.normalize("NFD") === kana ? kana : String.fromCodePoint(kana.charCodeAt(0) - KANA + LINEAR_A)));
const decoded = (text) => text.replace(/[\u{10600}-\u{106bf}]/gu, (letter) => String.fromCodePoint(letter.codePointAt(0) - LINEAR_A + KANA));
const apart = (text) => text.replace(new RegExp(SOLID, "gu"), " $& ").replace(/\s+/g, " ").trim();
const joined = (text) => text.replace(new RegExp(`(${SOLID.source}) (?=${SOLID.source})`, "gu"), "$1");
const asked = async (query) => (await (await engine()).search(coded(query))).results;
const exactly = (term) => asked(`"${apart(term)}"`);

// Words of a query with the pages that hold them. A run of characters is sought by its words, or by
// its pairs where no page holds it; a word that stands nowhere by what begins with it.
const spread = async (query) => {
  const found = async (word) => ({ word, term: words(word)[0], results: await exactly(word) });
  const all = await Promise.all([...new Set(written(query))].slice(0, TERMS).map(found));
  const parts = await Promise.all(all.map(async (each) => {
    if (!SOLID.test(each.term)) return [each.results.length || !(await isHeld(each.word)) ? each : { ...each, results: await asked(each.word) }];
    const own = await Promise.all(segments(each.term).map(found));
    if (own.some(({ results }) => results.length)) return own;
    return each.results.length ? [each] : Promise.all(pairs(each.term).map(found));
  }));
  return parts.flat().slice(0, 2 * TERMS);
};
const everyPage = once(async () => (await (await engine()).search(null)).results.length);
// Whether the text knows a word, or one that begins with it: who types is not done yet.
const isHeld = async (word) => {
  if ((await exactly(word)).length) return true;
  const [first] = await asked(word);
  return Boolean(first) && plain(decoded((await first.data()).content)).toLowerCase().includes(stem(bare(word)));
};

// What few pages hold tells more, and what every question begins with tells nothing.
const HOLLOW = {
  en: "a about also am an and any are as at be been but by can could did do does else for from get got had has have how i if in into is it its just me my no not of on one or other others our own should so some such than that the their them then there these they this those to too us was we were what when where which who whom whose why will with would you your",
  ar: "أريد أن أي أين إلى التي الذي عن على في كم كيف لا لماذا ليس ما ماذا متى مع من هذا هذه هل هو هي يجب يمكن يمكنني",
  de: "das dem den der die ein eine einen für gibt ich im ist kann man mein mit nicht sich und von wann warum was welche welcher welches wie wo zu",
  es: "como con cuál cuando cuándo cómo de del donde dónde el en es hay la las lo los mi no para por puedo que qué se si un una y",
  fr: "au avec ce comment dans de des du en est et faire il je la le les ma mon ne où par pas peut peux pour pourquoi que quel quelle quels qui sur un une à",
  hi: "और का कि की के को कैसे क्या क्यों कहाँ पर में मैं से है हैं",
  it: "che come con cosa da dei del di dove e il in la le lo mio non per perché posso quale quando si su un una è",
  ja: "から が こと した したい して する ため たい ついて て で でき できます できる です と どう どうやって どこ どの ない なぜ に の は へ ます ません も や を 何 方法",
  ko: "것 그 나 내 때 무엇 방법 수 어디 어디서 어떤 어떻게 언제 왜 이 있나요 하나요 하는 할",
  pt: "as com como da de do e em eu meu no não o onde os para por porque posso qual quando que se um uma é",
  ru: "в где для и из как какая какие какой когда мне мой можно на не о по почему с у что это я",
  zh: "了 什么 从 何 其 到 办 可以 吗 呢 和 哪 哪里 哪些 在 如何 对 将 得 怎么 怎么办 怎样 想 我 把 是 有 为 为什么 的 能 被 要",
};
const hollow = new Set(`${HOLLOW.en} ${HOLLOW[document.documentElement.lang.slice(0, 2)] ?? ""}`.split(" "));
// A word that neither a text nor a heading has is a word that no section can be right about.
const weighed = (found, total, entries = [], less = new Set()) => found.map(({ word, term, results }) => {
  const isKnown = results.length || entries.some(({ heading }) => has(heading, term));
  const rarity = Math.max(Math.log(total / Math.max(results.length, 1)), 0.05);
  return { term, results, weight: hollow.has(word) || !isKnown ? 0.02 : (less.has(term) ? 0.3 : 1) * rarity };
});

// Pages that hold all words of the query; then those that hold most of them, rare ones counting more.
const candidates = async (query, sought, total, most) => {
  const whole = SOLID.test(query) && !/[\s"]/.test(query) ? `"${apart(query)}"` : apart(query);
  const pages = new Map();
  const take = (results, full) => {
    const top = Math.max(...results.map((each) => each.score), 1e-9);
    for (const each of results) if (!pages.has(each.id)) pages.set(each.id, { result: each, worth: full + (0.7 * each.score) / top });
  };
  take(await asked(whole), 1);
  // A part of an identifier (`generation_prompt`) begins no word: its own words are sought too.
  const loose = apart(query.replace(/[_.]+/g, " "));
  if (loose !== whole && !phraseOf(query)) take(await asked(loose), 0.9);
  const some = new Map();
  if (pages.size < PAGES && !phraseOf(query)) {
    const order = words(query);
    const couples = order.length > 2 && !SOLID.test(query) ? order.slice(1, TERMS).map((word, at) => `${order[at]} ${word}`) : [];
    const together = await Promise.all(couples.map(async (term) => ({ term, results: await exactly(term) })));
    const all = sought.reduce((sum, each) => sum + each.weight, 0) || 1;
    for (const { results, weight } of [...sought, ...weighed(together, total)]) {
      for (const each of results) {
        const known = some.get(each.id) ?? { result: each, worth: 0 };
        some.set(each.id, { ...known, worth: known.worth + weight / all });
      }
    }
  }
  const rest = [...some.values()].sort((a, b) => b.worth - a.worth).slice(0, most);
  for (const each of rest) if (!pages.has(each.result.id)) pages.set(each.result.id, each);
  return [...pages.values()].sort((a, b) => b.worth - a.worth).slice(0, most);
};
