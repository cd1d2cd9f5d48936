// An image that cannot be had gives way to its description.
const instead = (image) => {
  if (!image.alt) image.hidden = true;
  else image.replaceWith(element("span", { class: `sg-missing ${image.className}` }, image.alt));
};
prepare((find) => find(".sg-body img").forEach((image) => {
  image.addEventListener("error", () => instead(image), { once: true });
  if (image.complete && !image.naturalWidth) image.decode().catch(() => image.isConnected && instead(image));
}));

// An image that is shown smaller than it is opens in full.
document.addEventListener("click", (event) => {
  const image = event.target.closest?.(".sg-body img");
  if (!image || image.closest("a, button") || onDisk) return;
  if (image.naturalWidth > image.clientWidth * 1.1) tool("zoom", image);
});

// Videos load when they are asked for.
document.addEventListener("click", (event) => {
  const facade = event.target.closest?.("a.sg-embed");
  if (facade?.nextElementSibling?.content && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    const frame = document.importNode(facade.nextElementSibling.content, true).firstChild;
    frame.title ||= facade.textContent.trim();
    facade.parentElement.replaceWith(frame);
    frame.focus();
    return;
  }
  const link = event.target.closest?.("a.sg-video");
  const id = link && /(?:youtu\.be\/|[?&]v=|\/embed\/)([\w-]{6,20})/.exec(link.href)?.[1];
  if (!id || onDisk || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const frame = element("iframe", {
    src: `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`, class: "sg-video-frame",
    title: link.textContent.trim() || say("Video"), allow: "autoplay; fullscreen", allowfullscreen: "",
  });
  link.replaceWith(frame);
  frame.focus();
});
