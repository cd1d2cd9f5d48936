// Finding: sections by their headings and, where there is an index of it, by their text. The files
// of this folder are one script, in the order of their names.
const onDisk = location.protocol === "file:";
const root = new URL(document.body.dataset.root, document.baseURI);
const place = new URL(document.body.dataset.headings, document.baseURI);

// Words. `add_generation_prompt` is three, `BertModel` is one and its two; accents do not count.
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
const written = (text) => plain(text).toLowerCase().match(/[\p{L}\p{N}]+(?:\+\+|#(?![\p{L}\p{N}]))?/gu) ?? [];
// Arabic is written with and without its article, and one letter for another.
const bare = (word) => word.replace(/[\u064b-\u065f\u0640]/g, "").replace(/[أإآ]/g, "ا").replace(/ى$/, "ي").replace(/^(?:[وف]?(?:ال|بال|كال|لل))(?=...)/, "");
const ARABIC = /[\u0621-\u064a]/;
const words = (text) => (ARABIC.test(text) ? written(text).map(bare) : written(text));
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
// The words of a run without spaces, as the browser's own dictionary knows them; else its pairs.
const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter(document.documentElement.lang || undefined, { granularity: "word" });
const segments = (run) => {
  if (!segmenter || !SOLID.test(run)) return [];
  const parts = [];
  for (const { segment } of segmenter.segment(run)) {
    // A word that the dictionary lacks comes in single characters.
    if (/^\p{Script=Han}$/u.test(segment) && /^\p{Script=Han}+$/u.test(parts.at(-1)?.alone ?? "")) parts.at(-1).alone += segment;
    else parts.push([...segment].length > 1 ? { word: segment } : { alone: segment });
  }
  return parts.length > 1 ? parts.map(({ word, alone }) => word ?? alone) : [];
};
const terms = (query) => words(query).flatMap((word) => (isSolid(word) ? pairs(word) : [word]));
// `TypeError:`, `npm ERR!`, `[WARN]`: what a message calls itself before it says what is wrong.
const labels = (query) => new Set((query.match(/[\p{L}\p{N}_.]*(?:err|error|exception|warn|warning|fatal)(?=[\]!]|\s?:)/giu) ?? []).flatMap(words));
// Codes that name one thing alone: `ERR_INVALID_ARG`, `E501`, `__dirname`.
const codes = (query) => [...new Set(query.match(/(?<![\p{L}\p{N}_])(?:\p{Lu}[\p{Lu}\p{N}]*(?:_[\p{Lu}\p{N}]+)+_?|\p{Lu}{1,6}\d{2,}|__\w+)(?![\p{L}\p{N}_])/gu) ?? [])];
