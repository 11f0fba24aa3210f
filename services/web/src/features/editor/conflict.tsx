import type { RevisionView } from '@sidekick/contracts';
import { useEffect, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { atMinute } from '../../ui/instants.ts';
import { lineMarks } from './line-diff.ts';

export interface Lost {
  /** What is stored now. */
  version: number;
  revision: RevisionView;
  /** The text that was sent. */
  mine: string;
}

/** Somebody saved first: both texts side by side, the lines that differ marked. Nothing is lost whichever is taken. */
export function ConflictNote({
  lost,
  overwrite,
  takeTheirs,
  busy,
}: {
  lost: Lost;
  overwrite: () => void;
  takeTheirs: () => void;
  busy: boolean;
}) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'start' });
  }, []);
  const marks = lineMarks(lost.revision.body, lost.mine);
  return (
    <section className="lost" aria-label="Two texts" tabIndex={-1} ref={box}>
      <div className="conf" role="alert">
        <Icon name="warn" />
        <span>
          <b>{lost.revision.by} saved this page while you wrote</b> ({atMinute(lost.revision.at)}). Both texts are here: bring over what you
          want to keep, then save yours, or take theirs.
        </span>
        <Button busy={busy} onClick={overwrite}>
          Save mine over it
        </Button>
        <Button onClick={takeTheirs}>Take theirs</Button>
      </div>
      <div className="both">
        <Text title={`Saved by ${lost.revision.by}`} lines={marks.left} />
        <Text title="Yours, as you sent it" lines={marks.right} />
      </div>
    </section>
  );
}

function Text({ title, lines }: { title: string; lines: { text: string; only: boolean }[] }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        {lines.map(({ text, only }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line of a text has no other name than its number
          <span key={at} className={only ? 'only' : undefined}>
            {text}
            {'\n'}
          </span>
        ))}
      </pre>
    </section>
  );
}
