// Compiles Markdown with mdsvex, as doc-builder does: lines of JSON in, lines of JSON out.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.cwd()}/`);
const { compile } = await import(pathToFileURL(require.resolve("mdsvex")));
for await (const line of createInterface({ input: process.stdin })) {
  const { id, text } = JSON.parse(line);
  let html = "";
  let error = "";
  try {
    html = (await compile(text, { highlight: false, smartypants: false }))?.code ?? "";
  } catch (reason) {
    error = String(reason);
  }
  console.log(JSON.stringify({ id, html, error }));
}
