let live = false;
/** Whether live events come in now. */
export const isLive = (): boolean => live;
export const setLive = (next: boolean): void => {
  live = next;
};
