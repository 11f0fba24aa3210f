import type { SearchHit, Snippet } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { hrefOf } from '../handbook/index.ts';

const icons: Record<SearchHit['type'], IconName> = { section: 'page', person: 'users', project: 'folder' };

/** Where a hit leads. */
export function targetOf(hit: SearchHit): string {
  if (hit.type === 'section') return hrefOf(hit.path, hit.anchor);
  return `/${hit.type === 'person' ? 'people' : 'projects'}/${hit.id}`;
}

export const keyOf = (hit: SearchHit): string => (hit.type === 'section' ? `${hit.id}#${hit.anchor}` : `${hit.type}:${hit.id}`);

/** Text whose matching parts are marked. */
function Marked({ snippet }: { snippet: Snippet }) {
  return snippet.map(({ text, hit }, at) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts are a text cut in order, they have no other name
    return hit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>;
  });
}

/** More sections of the page that match, each a link. */
export function OtherSections({ hit }: { hit: SearchHit }) {
  if (hit.type !== 'section' || hit.more.length === 0) return null;
  return (
    <p className="hit-more">
      Also:{' '}
      {hit.more.map(({ anchor, title }, at) => (
        <span key={anchor}>
          {at > 0 && ' · '}
          <Link className="link" to={hrefOf(hit.path, anchor)}>
            <Marked snippet={title} />
          </Link>
        </span>
      ))}
    </p>
  );
}

/** What a hit shows: where it is, its heading, the words around the match. */
export function HitBody({ hit }: { hit: SearchHit }) {
  const trail = hit.type === 'section' ? hit.trail.join(' / ') : '';
  return (
    <>
      <Icon name={icons[hit.type]} />
      <span>
        {trail !== '' && (
          <span className="p" title={trail}>
            {trail}
          </span>
        )}
        <span className="t">
          <Marked snippet={hit.title} />
        </span>
        {hit.snippet.length > 0 && (
          <span className="sn">
            <Marked snippet={hit.snippet} />
          </span>
        )}
      </span>
    </>
  );
}
