(root => {
  root.dataset.js = "";
  try {
    const theme = localStorage.getItem("sg-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch { /* storage is forbidden: follow the system */ }
})(document.documentElement);
