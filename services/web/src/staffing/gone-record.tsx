import { Link } from 'react-router-dom';
import { Empty } from '../ui/empty.tsx';
import { ProblemNote } from '../ui/problem.tsx';
import { Lines } from '../ui/skeleton.tsx';
import { History } from './history.tsx';
import type { Known } from './links.tsx';
import { useChangesAbout } from './queries.ts';

interface Props {
  id: string;
  what: 'person' | 'project';
  names: Known;
  /** Where all of them stand. */
  list: string;
  canEdit: boolean;
}

const isId = (id: string): boolean => /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id);

/** In the place of a page whose record is not there: it was removed, and by whom is told, or there never was one. */
export function GoneRecord({ id, ...rest }: Props) {
  return isId(id) ? <Looked id={id} {...rest} /> : <NeverHere {...rest} />;
}

function Looked({ id, what, names, list, canEdit }: Props) {
  const { sets, isLoading, error, retry } = useChangesAbout(id);
  if (isLoading) return <Lines count={4} label="Looking what became of it" />;
  if (error) return <ProblemNote error={error} retry={retry} what="What became of it did not load" />;
  if (sets.length === 0) return <NeverHere what={what} list={list} />;
  return (
    <>
      <Empty icon={what === 'person' ? 'users' : 'folder'} title={`This ${what} is not here any more`} action={<All list={list} />}>
        It was removed. Below stands who did that and what was known of it; Undo brings it back while nothing depends on that.
      </Empty>
      <History about={id} names={names} canEdit={canEdit} />
    </>
  );
}

const NeverHere = ({ what, list }: Pick<Props, 'what' | 'list'>) => (
  <Empty icon="page" title={`No ${what} lives at this address`} action={<All list={list} />}>
    The address may have a typing error.
  </Empty>
);

const All = ({ list }: { list: string }) => (
  <Link className="btn" to={list}>
    {list === '/people' ? 'All people' : 'All projects'}
  </Link>
);
