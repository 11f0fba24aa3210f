import { afterEach, describe, expect, test } from '@jest/globals';
import { act, cleanup, render, screen } from '@testing-library/react';
import { clearToasts, Toasts, toast } from './toast.tsx';

/** Where the notices of the test stand: 400 × 60 in a window of 1,000 × 700, by their place. */
const boxes: Record<string, [left: number, top: number]> = { right: [584, 624], left: [16, 624], top: [584, 8] };

/** A page with a control of 100 × 40 at each of the places; jsdom draws nothing, so what lies where is told here. */
function aPage(taken: string[]) {
  render(
    <>
      {taken.map((place) => (
        <button key={place} type="button">
          {place}
        </button>
      ))}
      <Toasts />
    </>,
  );
  const notices = screen.getByRole('region', { name: 'Notices' });
  notices.getBoundingClientRect = () => {
    const [x, y] = boxes[notices.dataset['at'] ?? 'right'] ?? [0, 0];
    return new DOMRect(x, y, 400, 60);
  };
  const inside = (place: string, x: number, y: number) => {
    const [left, top] = boxes[place] ?? [0, 0];
    return x >= left + 290 && x <= left + 390 && y >= top + 10 && y <= top + 50;
  };
  document.elementsFromPoint = (x, y) => taken.filter((place) => inside(place, x, y)).map((place) => screen.getByText(place));
  act(() => {
    toast('Saved');
  });
  return { place: () => notices.dataset['at'], room: () => document.documentElement.style.getPropertyValue('--toasts') };
}

afterEach(() => {
  cleanup();
  clearToasts();
  Reflect.deleteProperty(document, 'elementsFromPoint');
});

describe('a notice stands over no control', () => {
  test.each([
    [[], 'right'],
    [['right'], 'left'],
    [['right', 'left'], 'top'],
  ])('with controls at %j it goes to the %s', (taken, place) => {
    const page = aPage(taken);
    expect([page.place(), page.room()]).toEqual([place, '0px']);
  });

  test('where there is no such place, the page gives it room below', () => {
    const page = aPage(['right', 'left', 'top']);
    expect([page.place(), page.room()]).toEqual(['right', '84px']);
    act(clearToasts);
    expect(page.room()).toBe('0px');
  });
});
