// Theme: system, light, dark, and round again.
const themes = ["system", "light", "dark"];
const toggle = document.querySelector(".sg-theme");
const showTheme = () => {
  const label = say(`Theme: ${root.dataset.theme || "system"}`);
  toggle.setAttribute("aria-label", label);
  toggle.title = label;
  return label;
};
if (toggle) {
  showTheme();
  toggle.addEventListener("click", () => {
    const next = themes[(themes.indexOf(root.dataset.theme || "system") + 1) % themes.length];
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    remember("localStorage", "theme", root.dataset.theme);
    live.textContent = showTheme();
  });
}

// Wide text, for screens that have the room.
const wide = document.querySelector(".sg-wide");
wide?.setAttribute("aria-pressed", "wide" in root.dataset);
wide?.addEventListener("click", () => {
  const on = root.toggleAttribute("data-wide");
  wide.setAttribute("aria-pressed", on);
  remember("localStorage", "wide", on && "on");
});
