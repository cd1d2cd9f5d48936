// Tabs. Groups of one name go together; the choice stays in the address and in storage.
// Addresses of doc-builder's sites name a framework in short: ?fw=pt.
const FRAMEWORKS = { pt: "PyTorch", tf: "TensorFlow", jax: "JAX", flax: "Flax" };
const asked = (name) => {
  const value = new URLSearchParams(location.search).get(name) ?? "";
  return FRAMEWORKS[value] ?? value;
};
const framework = asked("fw").toLowerCase();
let groups = [];
const choose = (tabs, index, { focus = false } = {}) => {
  tabs.panels.forEach((panel, at) => {
    const chosen = at === index;
    if (chosen) panel.removeAttribute("hidden");
    else panel.setAttribute("hidden", "until-found");
    tabs.buttons[at].setAttribute("aria-selected", chosen);
    tabs.buttons[at].tabIndex = chosen ? 0 : -1;
    if (chosen && focus) tabs.buttons[at].focus();
  });
};
const chooseEverywhere = (tabs, index, { focus = false, keep = true } = {}) => {
  const button = tabs.buttons[index];
  const top = button.getBoundingClientRect().top;
  const label = tabs.labels[index];
  choose(tabs, index, { focus });
  if (!tabs.name) return;
  for (const other of groups) {
    const at = other.labels.indexOf(label);
    if (other !== tabs && other.name === tabs.name && at >= 0) choose(other, at);
  }
  // Groups above may have changed their height: what was clicked stays where it was.
  if (keep) {
    window.scrollBy({ top: button.getBoundingClientRect().top - top, behavior: "instant" });
    remember("localStorage", `tab-${tabs.name}`, label);
    try {
      const address = new URL(location);
      address.searchParams.set(tabs.name, label);
      history.replaceState(history.state, "", address);
    } catch { /* an address on a disk cannot be changed in every browser */ }
  }
};
let count = 0;
const upgrade = (box) => {
  const panels = all(":scope > .sg-tab", box);
  if (!panels.length) return;
  const labels = panels.map((panel) => panel.dataset.tab || "");
  const tabs = { name: box.dataset.group || "", panels, labels, buttons: [] };
  const number = count++;
  const list = element("div", { role: "tablist", class: "sg-tablist", "aria-label": tabs.name || say("Variants") });
  panels.forEach((panel, at) => {
    const id = `sg-tab-${number}-${at}`;
    panel.id ||= `${id}-panel`;
    const button = element("button", { type: "button", role: "tab", id, "aria-controls": panel.id }, labels[at]);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", id);
    panel.addEventListener("beforematch", () => chooseEverywhere(tabs, at, { keep: false }));
    button.addEventListener("click", () => chooseEverywhere(tabs, at));
    tabs.buttons.push(button);
    list.append(button);
  });
  list.addEventListener("keydown", (event) => {
    const last = panels.length - 1;
    const at = tabs.buttons.indexOf(event.target);
    const forward = getComputedStyle(list).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const step = event.key === forward ? 1 : -1;
    const goal = { Home: 0, End: last, ArrowLeft: (at + step + last + 1) % (last + 1) };
    goal.ArrowRight = goal.ArrowLeft;
    if (at < 0 || !(event.key in goal) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    chooseEverywhere(tabs, goal[event.key], { focus: true });
  });
  box.prepend(list);
  const wanted = [asked(tabs.name), framework, remembered("localStorage", `tab-${tabs.name}`) ?? ""];
  const small = labels.map((label) => label.toLowerCase());
  const first = wanted.map((label) => small.indexOf(label.toLowerCase())).find((at) => at >= 0) ?? 0;
  choose(tabs, first);
  box.dataset.ready = "";
  groups.push(tabs);
};
prepare((find) => {
  for (const box of framework ? find(".sg-framework") : []) {
    const its = all(":scope > .sg-framework", box.parentElement);
    if (its.some((each) => each.dataset.framework === framework)) box.open = box.dataset.framework === framework;
  }
  groups = groups.filter(({ panels }) => panels[0].isConnected);
  find(".sg-tabs").forEach(upgrade);
});

// A fragment may lie in a panel or in a block that is closed.
const reveal = () => {
  let id = "";
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  const target = id && document.getElementById(id);
  if (!target) return;
  let hidden = false;
  for (let at = target; at; at = at.parentElement) {
    if (at.tagName === "DETAILS" && !at.open) { at.open = true; hidden = true; }
    const tabs = at.hidden && groups.find((group) => group.panels.includes(at));
    if (tabs) { chooseEverywhere(tabs, tabs.panels.indexOf(at), { keep: false }); hidden = true; }
  }
  if (hidden) target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();
