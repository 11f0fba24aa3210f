import type { PlacingState } from './use-placing.ts';

/** At the pointer while a new bar is drawn or dragged in: the days, who has how many hours left, what lacks cover, and what would break. */
export function PlacingHint({ placing: { hint, words } }: { placing: PlacingState }) {
  return (
    <div ref={hint} className="drop" hidden={words === null}>
      {words && (
        <>
          <b>{words.title}</b>
          {words.bad.length > 0 && (
            <ul>
              {words.bad.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          {words.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </>
      )}
    </div>
  );
}
