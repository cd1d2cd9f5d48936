// Code: a copy button, without prompts and outputs when the page knows them.
const copy = async (text, done) => {
  try {
    await navigator.clipboard.writeText(text);
    live.textContent = done;
    return true;
  } catch { return false; }
};
const source = (figure) => {
  if (figure.dataset.copy !== undefined) return figure.dataset.copy;
  const code = figure.querySelector("pre").cloneNode(true);
  for (const prompt of all(".gp", code)) prompt.remove();
  return code.textContent.replace(/\n$/, "");
};
// Long lines can be wrapped; whether there are any is looked at when somebody comes near.
const wrapping = (figure, before) => {
  const look = () => {
    const pre = figure.querySelector("pre");
    if (pre.scrollWidth <= pre.clientWidth) return;
    const button = element("button", { type: "button", class: "sg-wrap", "aria-pressed": "false", "aria-label": say("Wrap lines"), title: say("Wrap lines") });
    button.addEventListener("click", () => button.setAttribute("aria-pressed", figure.toggleAttribute("data-wrap")));
    before.before(button);
  };
  let looked = false;
  const once = () => { if (!looked) { looked = true; look(); } };
  figure.addEventListener("pointerenter", once);
  figure.addEventListener("focusin", once);
};
if (navigator.clipboard) {
  prepare((find) => find(".sg-code").forEach((figure) => {
    const button = element("button", { type: "button", class: "sg-copy", "aria-label": say("Copy code"), title: say("Copy") });
    figure.append(button);
    wrapping(figure, button);
    button.addEventListener("click", async () => {
      if (!(await copy(source(figure), say("Code copied")))) return;
      button.dataset.done = "";
      setTimeout(() => delete button.dataset.done, 1600);
    });
  }));
  document.addEventListener("click", (event) => {
    const anchor = event.target.closest?.(".sg-anchor");
    if (anchor) copy(anchor.href, say("Link copied"));
  });
}
