// Sections: beside a heading's permalink comes a button that copies the section as Markdown.
if (navigator.clipboard && !onDisk && document.querySelector("link[type='text/markdown']")) {
  const offer = ({ target }) => {
    const heading = target.closest?.(".sg-body :is(h2, h3, h4)[id]");
    if (!heading || heading.querySelector(".sg-copy-section")) return;
    const label = say("Copy section as Markdown");
    const button = element("button", { type: "button", class: "sg-copy-section", "aria-label": label, title: label });
    button.addEventListener("click", () => tool("copySectionText", heading, button));
    heading.append(button);
  };
  document.addEventListener("pointerover", offer, { passive: true });
  document.addEventListener("focusin", offer);
}
