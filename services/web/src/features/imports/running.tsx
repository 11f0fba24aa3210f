import type { ImportView } from '@sidekick/contracts';
import { Icon } from '../../ui/icons.tsx';

/** What a running import is at. */
export function Running({ view: { state, done, total, rows } }: { view: ImportView }) {
  const share = total > 0 ? done / total : 0;
  const unpacking = total === 0;
  const reading = state === 'running' && (unpacking || done < total);
  const steps: [string, string, 'ok' | 'on' | 'no'][] = [
    ['Received', unpacking ? 'being unpacked' : `${total} files`, unpacking ? 'on' : 'ok'],
    [
      'Reading and writing',
      unpacking ? 'pages appear as they are written' : `${done} of ${total}; pages appear as they are written`,
      unpacking || state === 'waiting' ? 'no' : reading ? 'on' : 'ok',
    ],
    ['Links, moved, archived', 'checked when all pages are known', reading || state === 'waiting' ? 'no' : 'on'],
  ];
  return (
    <div className="run" role="status">
      <div className="rnh">
        <b>{state === 'waiting' ? 'Waits for its turn: other imports run' : unpacking ? 'Unpacking' : `${done} of ${total} files`}</b>
        <span className="grow" />
        <span className="mono muted">{rows.at(-1)?.path}</span>
      </div>
      <span className="prog w" role="progressbar" aria-label="Files handled" aria-valuemin={0} aria-valuemax={total} aria-valuenow={done}>
        <i style={{ width: `${share * 100}%` }} />
      </span>
      <ol className="stps">
        {steps.map(([title, detail, is]) => (
          <li key={title} className={is}>
            {is === 'ok' ? <Icon name="check" /> : <span className={is === 'on' ? 'dot' : 'dot o'} />}
            <span>
              <b>{title}</b>
              <small>{detail}</small>
            </span>
            <span className="sr">{{ ok: 'done', on: 'running', no: 'not yet' }[is]}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
