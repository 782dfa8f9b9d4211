/** Whether a dialog or menu was open when a key went down: the key then belongs to it, not to the page. */

let open = false;

// Looks before any dialog hears the key: one that Escape closes may be gone when the page hears it.
window.addEventListener(
  "keydown",
  () => {
    const layers = document.querySelectorAll('[role="dialog"], [role="menu"]');
    open = [...layers].some((layer) => layer.checkVisibility());
  },
  { capture: true },
);

export const isOverlayOpen = (): boolean => open;
