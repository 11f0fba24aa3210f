import './meanwhile.css';
import { useQuery } from '@tanstack/react-query';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import type { Meanwhile } from './form-types.ts';
import { whoChanged } from './who-changed.ts';

/** What somebody else changed while the form was open: kept beside the own changes, or, in the same field, both values to choose from. */
export function MeanwhileNote({ meanwhile: { id, theirs, conflicts } }: { meanwhile: Meanwhile }) {
  const { data: who = 'Somebody' } = useQuery({
    queryKey: ['staffing', 'who-changed', id],
    queryFn: ({ signal }) => whoChanged(id, signal),
  });
  if (theirs.length === 0 && conflicts.length === 0) return null;
  return (
    <div className="fd">
      {theirs.length > 0 && (
        <div className="conf" role="status">
          <Icon name="info" />
          <span>
            <b>
              <bdi>{who}</bdi> changed this while you had it open.
            </b>{' '}
            Saving keeps it:
            <ul className="rules">
              {theirs.map(({ key, label, was, now }) => (
                <li key={key}>
                  {label}: <bdi>{now}</bdi>, was <bdi>{was}</bdi>
                </li>
              ))}
            </ul>
          </span>
        </div>
      )}
      {conflicts.map(({ key, label, was, mine, now, choose }) => (
        <section key={key} className="conf bad0 both" aria-label={`${label}: both of you changed it`} data-ask>
          <b>{label}: both of you changed it. Which one stays?</b>
          <dl>
            <dt>Mine</dt>
            <dd>
              <bdi>{mine}</bdi>
            </dd>
            <dd>
              <Button onClick={() => choose('mine')}>Keep mine</Button>
            </dd>
            <dt>
              <bdi>{who}</bdi>
            </dt>
            <dd>
              <bdi>{now}</bdi>
            </dd>
            <dd>
              <Button onClick={() => choose('theirs')}>Take theirs</Button>
            </dd>
          </dl>
          <small>
            It was <bdi>{was}</bdi>
          </small>
        </section>
      ))}
    </div>
  );
}
