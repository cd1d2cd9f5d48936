((root) => {
  root.dataset.js = "";
  // Keys that come before the script that knows them wait for it.
  const early = window.sitegenKeys = [];
  onkeydown = (event) => {
    early.push(event);
    if (event.key === (event.ctrlKey || event.metaKey ? "k" : "/")) event.preventDefault();
  };
  // Where storage is forbidden, the theme is the system's.
  try {
    const theme = localStorage["sg-theme"];
    if (theme) root.dataset.theme = theme;
    if (localStorage["sg-wide"]) root.dataset.wide = "";
  } catch {}
})(document.documentElement);
