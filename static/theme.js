((root) => {
  root.dataset.js = "";
  // Keys that come before the script that knows them wait for it.
  window.sitegenKeys = [];
  onkeydown = (event) => {
    sitegenKeys.push(event);
    // On the key of K are these in Cyrillic, Greek, Hebrew and Arabic.
    if ((event.ctrlKey || event.metaKey ? "kлκלن" : "/").includes(event.key)) event.preventDefault();
  };
  // Where storage is forbidden, the theme is the system's.
  try {
    const theme = localStorage["sg-theme"];
    if (theme) root.dataset.theme = theme;
    if (localStorage["sg-wide"]) root.dataset.wide = "";
  } catch {}
})(document.documentElement);
