// Sets the remembered look before the first paint, so that a dark page never flashes white.
(() => {
  let scheme = null;
  let look = {};
  try {
    scheme = localStorage.getItem("nexus-color-scheme");
    look = JSON.parse(localStorage.getItem("nexus-look") ?? "{}");
  } catch {
    // Storage may be blocked; the system's preferences decide then.
  }
  if (scheme !== "light" && scheme !== "dark") {
    scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  const root = document.documentElement;
  root.setAttribute("data-mantine-color-scheme", scheme);
  root.dataset.contrast =
    look.contrast ?? (matchMedia("(prefers-contrast: more)").matches ? "more" : "normal");
  root.dataset.density = look.density ?? "normal";
})();
