import { CompletionsAnswer, PagePath, PageView } from '@sidekick/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId } from 'react';
import { ask } from '../../api/ask.ts';
import { Field } from '../../ui/field.tsx';
import { usePage } from '../handbook/index.ts';
import { isOpen, openPrefix } from './draft.ts';

interface Props {
  /** Id of a page, null, or an address still to be found. */
  value: string | null;
  error: string | undefined;
  change: (parent: string | null) => void;
}

const keyOf = (id: string | null) => ['content', 'page-by-id', id];
const usePageById = (id: string | null) =>
  useQuery({ queryKey: keyOf(id), queryFn: () => ask(PageView, `/pages/${id}`), enabled: id !== null, staleTime: 60_000 });

/** The title of a page above. */
export function ParentName({ id }: { id: string }) {
  const page = usePageById(id === '' ? null : id);
  return id === '' ? 'none' : (page.data?.title ?? id);
}

/** The page that this one stands below in the tree, by its address; pages are offered while one types. */
export function ParentField({ value, error, change }: Props) {
  const client = useQueryClient();
  const list = useId();
  const typed = value !== null && isOpen(value) ? value.slice(openPrefix.length) : null;
  const path = typed?.trim().replace(/^\/?p\//, '') ?? '';
  const found = usePage(path, typed !== null && PagePath.safeParse(path).success);
  const known = usePageById(typed === null ? value : null);
  const offered = useQuery({
    queryKey: ['search', 'completions', typed],
    queryFn: ({ signal }) => ask(CompletionsAnswer, '/search/completions', { query: { q: typed }, signal }),
    enabled: (typed?.trim().length ?? 0) > 1,
    staleTime: 60_000,
  });
  useEffect(() => {
    if (typed === null || !found.data) return;
    client.setQueryData(keyOf(found.data.id), found.data);
    change(found.data.id);
  });
  const shown = typed ?? (value === null ? '' : (known.data?.path ?? ''));
  const missing = typed !== null && found.data === null ? 'There is no page at this address' : undefined;
  return (
    <>
      <Field
        label="Below the page at the address"
        list={list}
        value={shown}
        error={error ?? missing ?? (known.error ? 'The page above is not there any more: name another, or none' : undefined)}
        help={known.data ? `Stands below “${known.data.title}” in the tree.` : 'Empty: stands where its own address says.'}
        onChange={({ target }) => change(target.value === '' ? null : openPrefix + target.value)}
      />
      <datalist id={list}>
        {offered.data?.items
          .filter(({ type }) => type === 'section')
          .map(({ id, path, text }) => (
            <option key={`${id} ${path}`} value={path.split('#')[0]}>
              {text}
            </option>
          ))}
      </datalist>
    </>
  );
}
