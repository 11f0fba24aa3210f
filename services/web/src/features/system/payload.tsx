import type { DeadLetterView } from '@sidekick/contracts';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { size } from './figures-of.ts';
import { useLetterBody } from './queries.ts';

/** What a dead letter says, as it was received. */
export function Payload({ letter }: { letter: DeadLetterView }) {
  const body = useLetterBody(letter);
  const [copied, setCopied] = useState(false);
  if (body.error) return <ProblemNote error={body.error} retry={() => void body.refetch()} what="The payload did not load" />;
  if (!body.data) return <Lines count={5} label="Loading the payload" />;
  const { body: text, cut } = body.data;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div className="pay">
      <div className="hd">
        <span>
          Payload, {size(letter.size)}
          {cut && ', the first 200,000 characters'}
        </span>
        <Button look="quiet" icon="copy" onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{letter.event && text.length < 20_000 ? <Json text={text} /> : text}</pre>
    </div>
  );
}

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b|\btrue\b|\bfalse\b|\bnull\b)/g;

/** JSON with its keys, texts and numbers in the colours of code. */
function Json({ text }: { text: string }) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(token)) {
    const [, quoted, colon, plain] = found;
    parts.push(text.slice(end, found.index));
    parts.push(
      <span key={found.index} className={quoted === undefined ? 'n' : colon === undefined ? 's' : 'k'}>
        {quoted ?? plain}
      </span>,
      colon ?? '',
    );
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
}
