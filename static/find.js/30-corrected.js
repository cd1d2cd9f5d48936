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
// A word that nothing begins with is taken for a misspelling of the nearest that headings have, the
// commonest first. Names, and what is long enough to be pasted or asked, are as they were meant.
const isName = (token) => /\p{L}[_./:\\=(-]*[_./:\\=(]|[\p{N}_@/\\=]|\p{Ll}\p{Lu}|\p{Lu}\p{Lu}\p{Ll}|^--/u.test(token.replace(/[.,:;!?]+$/, ""));
const MOST_WORDS = 4;
const corrected = async (query, entries, isHeld) => {
  const tokens = query.split(/(\s+)/);
  if (/^\s*".+"\s*$/.test(query) || query.trim().split(/\s+/).length > MOST_WORDS) return query;
  const counts = new Map();
  for (const { heading } of entries) for (const word of heading.words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const vocabulary = [...counts.keys()].filter((word) => word.length > 3).sort((a, b) => counts.get(b) - counts.get(a));
  const nearest = async (word) => {
    const lower = plain(word).toLowerCase();
    if (isSolid(word) || vocabulary.some((each) => each.startsWith(lower)) || entries.some(({ heading }) => heading.solid.includes(lower))) return word;
    let [best, least] = [word, lower.length < 6 ? 2 : 3];
    for (const each of vocabulary) {
      const edits = distance(lower, each, least - 1);
      if (edits < least) [best, least] = [each, edits];
    }
    return best === word || (await isHeld?.(lower)) ? word : best;
  };
  const better = await Promise.all(tokens.map(async (token) => {
    if (isName(token)) return token;
    const pieces = token.split(/(\p{L}{4,})/u);
    return (await Promise.all(pieces.map((piece) => (/^\p{L}{4,}$/u.test(piece) ? nearest(piece) : piece)))).join("");
  }));
  return better.join("");
};
