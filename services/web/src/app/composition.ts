/**
 * Keys that belong to an input method (Enter takes its suggestion, Escape drops it) reach no handler of the app, the app's own
 * and those of its libraries alike. Called before anything else listens. Some browsers send the key that ends a composition
 * after its end, marked by the key code 229 alone (UI Events, section 5.3.3).
 */
export function quietWhileComposing(window: Window): void {
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
    },
    true,
  );
}
