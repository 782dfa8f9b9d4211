// Sets the remembered colour scheme before the first paint, so that a dark page never flashes white.
(() => {
  let scheme = null;
  try {
    scheme = localStorage.getItem("nexus-color-scheme");
  } catch {
    // Storage may be blocked; the system preference decides then.
  }
  if (scheme !== "light" && scheme !== "dark") {
    scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
})();
