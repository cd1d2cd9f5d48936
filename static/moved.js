// A page at an old address: no server sees what follows "#", so single sections are led on here.
{
  let anchor = location.hash.slice(1);
  try { anchor = decodeURIComponent(anchor); } catch { /* odd name */ }
  const section = document.getElementById(anchor)?.querySelector("a");
  const goal = new URL((section ?? document.querySelector("main a")).href);
  if (!section) goal.hash ||= location.hash;
  location.replace(goal);
}
