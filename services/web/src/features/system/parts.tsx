import type { PartState, PartView, SystemView } from '@sidekick/contracts';
import { atMinute } from '../../ui/instants.ts';
import { numberWords } from '../../ui/writing.ts';
import { adviceOn } from './advice.ts';
import { figuresOf, isOneProcess, size, statusesOf } from './figures-of.ts';
import { StateMark } from './state-mark.tsx';

/** Every part and what the parts need, the unwell first and open. */
export function Parts({ system }: { system: SystemView }) {
  const order: Record<PartState, number> = { down: 0, degraded: 1, ready: 2 };
  const parts = [...system.parts].sort((a, b) => order[a.state] - order[b.state]);
  return (
    <ul className="parts" aria-label="Parts">
      <li className="ph" aria-hidden="true">
        <div className="pr0">
          <span>State</span>
          <span>Part</span>
          <span>Now</span>
          <span className="num">Slowest 5 %</span>
          <span>Up since</span>
        </div>
      </li>
      {parts.map((part) => (
        <PartRow key={part.name} part={part} oneProcess={isOneProcess(system)} />
      ))}
      <Needs system={system} />
    </ul>
  );
}

function PartRow({ part, oneProcess }: { part: PartView; oneProcess: boolean }) {
  const statuses = statusesOf(part);
  const slowest = Math.max(-1, ...statuses.flatMap((status) => status.slowest ?? []));
  const since = statuses.map(({ startedAt }) => startedAt).sort()[0];
  return (
    <li>
      <div className="pr0">
        <span className="c1">
          <StateMark state={part.state} />
        </span>
        <b>{part.name}</b>
        <span className="c3">{nowOf(part)}</span>
        <span className="c4 num">{slowest < 0 ? '–' : `${numberWords(slowest < 10 ? slowest : Math.round(slowest))} ms`}</span>
        <span className="c5">{since ? atMinute(since) : '–'}</span>
      </div>
      {part.replicas.length > 1 && <Replicas part={part} />}
      {part.state !== 'ready' && <PartAdvice part={part} oneProcess={oneProcess} />}
    </li>
  );
}

const many = (count: number, one: string, more = `${one}s`): string => `${numberWords(count)} ${count === 1 ? one : more}`;

/** One line of what a part does now; what it misses comes first. */
function nowOf(part: PartView): string {
  const [status] = statusesOf(part);
  if (part.missing.length > 0) return part.missing.map((what) => (what === 'answer' ? 'no answer' : `misses ${what}`)).join(', ');
  if (!status) return 'answers, and does not say more';
  const { streams, imports, head, oldestUnsent, index } = status;
  const words = [
    ...(streams === undefined ? [] : [many(streams, 'live stream')]),
    ...(imports === undefined ? [] : [imports.running > 0 ? `${many(imports.running, 'import')} running` : 'no import running']),
    ...(head === undefined ? [] : [`log at ${numberWords(head)}${oldestUnsent === 0 ? ', all sent' : ''}`]),
    ...(index === undefined ? [] : [many(index.documents, 'document')]),
    ...(index?.rebuilding ? [`builds a new index, ${many(index.rebuilding.done, 'state')} read`] : []),
  ].join('; ');
  return words === '' ? 'answers' : words;
}

function Replicas({ part: { name, replicas } }: { part: PartView }) {
  return (
    <ul className="reps" aria-label={`Replicas of ${name}`}>
      {replicas.map(({ address, state, missing, status }) => (
        <li key={address}>
          <StateMark state={state} />
          <span className="mono">{address}</span>
          <span className="mid">
            {missing.length > 0 && `misses ${missing.join(', ')}; `}
            {status ? `release ${status.release}, ${size(status.memory)}, up since ${atMinute(status.startedAt)}` : 'does not say more'}
          </span>
        </li>
      ))}
    </ul>
  );
}

function PartAdvice({ part, oneProcess }: { part: PartView; oneProcess: boolean }) {
  const { happened, notice, todo } = adviceOn(part, oneProcess);
  return (
    <div className="pd">
      <div className={part.state === 'down' ? 'in3 bad1' : 'in3'}>
        <section>
          <h3>What happened</h3>
          <p className="mid">{happened.join(' ')}</p>
        </section>
        <section>
          <h3>What people notice</h3>
          <p className="mid">{notice.join(' ')}</p>
        </section>
        <section>
          <h3>What to do</h3>
          <ol>
            {todo.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
      </div>
    </div>
  );
}

/** What parts need, under which names they miss it, and which parts that is. Search keeps its index in a file of its own. */
const needs: [name: string, missing: readonly string[], parts: readonly string[]][] = [
  ['store', ['store'], ['gateway', 'content', 'staffing']],
  ['bus', ['bus'], ['gateway', 'content', 'search', 'staffing']],
  ['cache', ['cache', 'limits'], ['gateway', 'content', 'staffing']],
];

/** Store, bus and cache as the parts see them. */
function Needs({ system }: { system: SystemView }) {
  const { waiting } = figuresOf(system);
  return needs.map(([name, words, of]) => {
    const asked = system.parts.filter((part) => of.includes(part.name) && part.replicas.some((one) => !one.missing.includes('answer')));
    const without = asked.filter(({ missing }) => missing.some((one) => words.includes(one))).map((part) => part.name);
    const state = without.length === 0 ? 'ready' : without.length < asked.length ? 'degraded' : 'down';
    const now = name === 'bus' ? (waiting === 0 ? 'nothing waits' : `${many(waiting, 'event')} wait`) : 'answers every part';
    return (
      <li key={name}>
        <div className="pr0">
          <span className="c1">
            <StateMark state={state} />
          </span>
          <b>{name}</b>
          <span className="c3">{without.length > 0 ? `does not answer ${without.join(', ')}` : now}</span>
        </div>
      </li>
    );
  });
}
