import { PreviewPage } from '@sidekick/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask, bodyOf } from '../../api/ask.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { Prose } from '../handbook/index.ts';

/** Milliseconds without a key before what is written is rendered again. */
const pause = 250;

/** The text as readers will see it, rendered by content itself; the last rendering stays until the next one comes. */
export function Preview({ body, path }: { body: string; path: string }) {
  const settled = useSettled(body, pause);
  const shown = useQuery({
    queryKey: ['content', 'preview', path, settled],
    queryFn: ({ signal }) =>
      ask(PreviewPage, '/pages/preview', { method: 'POST', body: bodyOf('previewPage', { body: settled, path }), signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
    enabled: settled.trim() !== '',
  });
  if (settled.trim() === '') return <p className="muted">What you write shows here as readers will see it.</p>;
  if (shown.error) return <ProblemNote error={shown.error} retry={() => void shown.refetch()} what="The preview did not come" />;
  return shown.data ? <Prose html={shown.data.html} /> : <Lines count={6} label="Rendering" />;
}
