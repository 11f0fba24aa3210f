type Pressed = { isComposing: boolean; keyCode: number };

/** Whether a key belongs to an input method. Some browsers send the key that ends a composition after its end, marked by the key code 229 alone (UI Events, section 5.3.3). */
export const composing = (event: Pressed | { nativeEvent: Pressed }): boolean => {
  const { isComposing, keyCode } = 'nativeEvent' in event ? event.nativeEvent : event;
  return isComposing || keyCode === 229;
};

/**
 * Keys that belong to an input method (Enter takes its suggestion, Escape drops it) reach no handler of the app, the app's own
 * and those of its libraries alike. Called before anything else listens.
 */
export function quietWhileComposing(window: Window): void {
  window.addEventListener(
    'keydown',
    (event) => {
      if (composing(event)) event.stopImmediatePropagation();
    },
    true,
  );
}
