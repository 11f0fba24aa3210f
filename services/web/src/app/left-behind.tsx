import { Button } from '../ui/button.tsx';
import { atMinute } from '../ui/instants.ts';
import type { LeftBehind } from './unsaved.ts';

interface Props<T> {
  texts: LeftBehind<T>[];
  /** Puts it into the form. */
  take: (value: T) => void;
  /** What it was about, where one form may find several, such as a title. */
  about?: (value: T) => string;
}

/** Offers what closed tabs left behind unsaved. What the form holds just now is set aside when another is taken, never lost. */
export function LeftBehindNote<T>({ texts, take, about }: Props<T>) {
  return texts.map((text) => (
    <div className="conf" key={text.at} role="status">
      <span>
        Unsaved text from {atMinute(text.at)}
        {about?.(text.value) && `: ${about(text.value)}`}
      </span>
      <Button
        onClick={() => {
          const taken = text.take();
          if (taken !== null) take(taken);
        }}
      >
        Take it
      </Button>
      <Button onClick={text.discard}>Discard</Button>
    </div>
  ));
}
