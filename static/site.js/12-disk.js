// From a disk there is no server to turn a folder into its index.html.
const onDisk = location.protocol === "file:";
const fixLinks = (from) => {
  if (!onDisk) return;
  for (const link of all("a[href]", from)) {
    if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  }
};
fixLinks(document);
