import { useMemo } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { useTeams } from '../../staffing/queries.ts';
import { type ScreenViews, ViewNotice, ViewsMenu } from '../views/index.ts';
import type { Records } from './bars.ts';
import { addressOf, goneWords, queryOf, viewWords } from './view-query.ts';

interface Props {
  records: Records | undefined;
  today: string;
}

function useScreenViews({ records, today }: Props): ScreenViews {
  const [params] = useAddress();
  return useMemo(
    () => ({
      screen: 'timeline',
      query: queryOf(params, today),
      read: (query) => addressOf(query, today),
      tidy: (query) => queryOf(addressOf(query, today).params, today),
      words: (query) => viewWords(query, today, records),
    }),
    [params, today, records],
  );
}

/** The menu of the timeline's saved views. */
export function TimelineViews(props: Props) {
  return <ViewsMenu of={useScreenViews(props)} />;
}

/** What the view of the address asks for in vain. */
export function TimelineViewNotice(props: Props) {
  const [params] = useAddress();
  const of = useScreenViews(props);
  const teams = useTeams(params.has('view') && params.has('team'));
  const gone = props.records && params.has('view') ? goneWords(params, props.records, teams.data) : [];
  return <ViewNotice of={of} gone={gone} />;
}
