// A page is fetched when its link is about to be followed, unless the reader saves data.
if (!onDisk && !navigator.connection?.saveData) {
  const asked = new Set([location.pathname]);
  const fetchSoon = ({ target, type }) => {
    const link = target.closest?.("a[href]");
    if (!link || link.origin !== location.origin || !link.pathname.endsWith("/")) return;
    const now = () => {
      if (asked.has(link.pathname)) return;
      asked.add(link.pathname);
      document.head.append(element("link", { rel: "prefetch", href: link.pathname }));
    };
    if (type === "pointerdown") now();
    else setTimeout(() => link.matches(":hover") && now(), 80);
  };
  for (const type of ["pointerover", "pointerdown"]) document.addEventListener(type, fetchSoon, { passive: true });
}
