// Sections that are elsewhere now are led on here: no server sees what follows "#".
{
  const follow = () => {
    let anchor = location.hash.slice(1);
    try { anchor = decodeURIComponent(anchor); } catch { /* odd name */ }
    const section = document.getElementById(anchor);
    const link = section?.matches(".sg-moved") ? section.querySelector("a") : document.querySelector(".sg-goal");
    if (!link) return;
    const goal = new URL(link.href);
    if (link.matches(".sg-goal")) goal.hash ||= location.hash;
    location.replace(goal);
  };
  follow();
  addEventListener("hashchange", follow);
}
