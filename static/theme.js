(root => {
  root.dataset.js = "";
  try {
    const theme = localStorage.getItem("sg-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (localStorage.getItem("sg-wide")) root.dataset.wide = "";
  } catch { /* storage is forbidden: follow the system */ }
})(document.documentElement);
