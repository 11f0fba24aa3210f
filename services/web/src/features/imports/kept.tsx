import { type ImportView, PageView, SourceVersion } from '@sidekick/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { type ApiProblem, ask, bodyOf } from '../../api/ask.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { changesOf, linesOf } from '../editor/index.ts';
import { hrefOf } from '../handbook/index.ts';

/** Pages that stayed as they are here; where the source says something else, both texts a click away. */
export function Kept({ report: { kept, sourceVersions } }: Pick<ImportView, 'report'>) {
  const pages = new Map(sourceVersions.map(({ path, page }) => [path, page]));
  return (
    <ul className="pgs why0">
      {kept.map(({ path, reason }) => (
        <li key={path}>
          <Icon name="chat" />
          <div>
            <b className="mono">{path}</b>
            <div>{reason}</div>
            {pages.has(path) && <Choice path={path} page={pages.get(path) ?? ''} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Choice({ path, page }: { path: string; page: string }) {
  const [open, setOpen] = useState(false);
  const [settled, setSettled] = useState<{ words: string; at: string } | null>(null);
  if (settled) {
    return (
      <p className="mid" role="status">
        {settled.words}{' '}
        <Link className="link" to={hrefOf(settled.at)}>
          Read the page
        </Link>
      </p>
    );
  }
  return (
    <>
      <Button look="quiet" aria-expanded={open} aria-label={`Compare ${path} with the source`} onClick={() => setOpen(!open)}>
        {open ? 'Hide the texts' : 'Compare with the source'}
      </Button>
      {open && <BothTexts page={page} settled={setSettled} />}
    </>
  );
}

function BothTexts({ page, settled }: { page: string; settled: (done: { words: string; at: string }) => void }) {
  const client = useQueryClient();
  const path = `/pages/${page}/source-version`;
  const both = useQuery<SourceVersion, ApiProblem>({
    queryKey: ['content', 'source-version', page],
    queryFn: () => ask(SourceVersion, path),
  });
  const settle = useMutation<PageView, ApiProblem, { take: 'source' | 'here'; version: number }>({
    mutationFn: ({ take, version }) => ask(PageView, path, { method: 'POST', version, body: bodyOf('settleSourceVersion', { take }) }),
    onSuccess: (view, { take }) => {
      settled({ words: take === 'source' ? 'The text of the source was taken.' : 'The text of here stays.', at: view.path });
      void client.invalidateQueries({ queryKey: ['content'] });
    },
    onError: () => void both.refetch(),
  });
  if (both.error?.status === 404) return <p className="mid">This was settled already: the page and the source say the same.</p>;
  if (both.error) return <ProblemNote error={both.error} retry={() => void both.refetch()} />;
  if (!both.data) return <Lines count={4} />;
  const { here, theirs, version } = both.data;
  const marks = marked(here.body, theirs.body);
  return (
    <div className="twotx">
      <Text title={`Here, by ${here.by}`} lines={marks.left} />
      <Text title="In the source" lines={marks.right} />
      <div className="acts">
        <Button look="primary" busy={settle.isPending} onClick={() => settle.mutate({ take: 'source', version })}>
          Take the text of the source
        </Button>
        <Button busy={settle.isPending} onClick={() => settle.mutate({ take: 'here', version })}>
          Keep the text of here
        </Button>
        <Link className="btn quiet" to={hrefOf(both.data.path)}>
          Open the page
        </Link>
      </div>
      {settle.error && <ProblemNote error={settle.error} what="Nothing was changed" done="it was changed" />}
    </div>
  );
}

/** Lines of both texts, those marked that the other lacks in this place; none where too much differs to be told. */
function marked(left: string, right: string) {
  const [a, b] = [linesOf(left), linesOf(right)];
  const [onlyLeft, onlyRight] = [new Set<number>(), new Set<number>()];
  for (const { at, length, to, lines } of changesOf(a, b) ?? []) {
    for (let n = 0; n < length; n++) onlyLeft.add(at + n);
    for (let n = 0; n < lines.length; n++) onlyRight.add(to + n);
  }
  return {
    left: a.map((text, at) => ({ text, only: onlyLeft.has(at) })),
    right: b.map((text, at) => ({ text, only: onlyRight.has(at) })),
  };
}

function Text({ title, lines }: { title: string; lines: { text: string; only: boolean }[] }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
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
