// Find sections, of one section of the site if it is named. A word that nobody knows is asked as the
// nearest that headings have; where the text is not known, that query is only `suggested`.
const find = async (written, section = "", { asWritten = false, reach = PAGES } = {}) => {
  const query = written.normalize("NFC");
  const full = (await head()).full && !onDisk;
  const entries = await headings(query, section);
  const better = asWritten ? query : await corrected(query, entries, full ? isHeld : null);
  if (!full) return { query, sections: byHeadings(query, entries), full, more: false, suggested: better === query ? "" : better };
  return { query: better, ...(await byText(better, section, entries, reach)), full, suggested: "" };
};
const prepare = async () => { if ((await head()).full && !onDisk) await engine(); };
const sections = async () => (await head()).sections;
globalThis.sitegenFind = { find, sections, prepare, PAGES };
