/** Whether a dialog or menu is open: single keys then belong to it, not to the page. */
export function isOverlayOpen(): boolean {
  const layers = document.querySelectorAll('[role="dialog"], [role="menu"]');
  return [...layers].some((layer) => layer.checkVisibility());
}
