import type { SystemView } from '@sidekick/contracts';
import { Icon } from '../../ui/icons.tsx';
import { atMinute } from '../../ui/instants.ts';
import { alarms, figuresOf, span, troublesOf, unsentOf } from './figures-of.ts';

/** The whole in one sentence. */
export function Banner({ system }: { system: SystemView }) {
  const named = (state: string) => system.parts.filter((part) => part.state === state).map(({ name }) => name);
  const [down, degraded] = [named('down'), named('degraded')];
  const troubles = troublesOf(figuresOf(system));
  const [tone, head] =
    down.length > 0
      ? ['conf bad0', `${down.join(', ')} ${down.length === 1 ? 'is' : 'are'} down.`]
      : degraded.length > 0
        ? ['conf', `Running, ${degraded.length === 1 ? 'one part' : `${degraded.length} parts`} degraded: ${degraded.join(', ')}.`]
        : troubles.length > 0
          ? ['conf', 'Running, with something to look at.']
          : ['conf good0', 'Everything runs.'];
  return (
    <div className={tone} role="status">
      <Icon name={tone === 'conf good0' ? 'check' : 'warn'} />
      <span>
        <b>{head}</b>{' '}
        {troubles.length > 0 ? troubles.join(' ') : down.length + degraded.length > 0 ? 'Nothing is lost.' : 'Nothing waits too long.'}
      </span>
    </div>
  );
}

export function Figures({ system }: { system: SystemView }) {
  const { unsent, behind, dead, waiting, backup } = figuresOf(system);
  const waits = waiting === 1 ? '1 event waits' : `${waiting} events wait`;
  const byPart = unsentOf(system).map(({ part, seconds }) => `${part} ${span(seconds)}`);
  return (
    <div className="figs sf">
      <Figure
        name="Oldest unsent event"
        value={unsent === null ? '–' : unsent === 0 ? 'none' : span(unsent)}
        warn={(unsent ?? 0) > alarms.unsent}
      >
        {byPart.length > 0 ? `${byPart.join(', ')}; ` : 'no part says; '}alarm at 60 s
      </Figure>
      <Figure name="Search index behind" value={behind === null ? '–' : span(behind)} warn={(behind ?? 0) > alarms.behind}>
        {behind === null ? 'search does not say; ' : `${waits}; `}alarm at 5 min
      </Figure>
      <Figure name="Dead letters" value={dead === null ? '–' : String(dead)} warn={(dead ?? 0) >= alarms.dead}>
        {dead === null ? 'the bus does not answer; ' : 'kept for 90 days; '}alarm at 1
      </Figure>
      <Figure
        name="Last good backup"
        value={backup === null ? 'none' : span(backup)}
        after={backup === null ? '' : 'ago'}
        warn={backup === null || backup > alarms.backup}
      >
        {system.backup ? `${atMinute(system.backup.at)}; ` : 'none was made yet; '}alarm at 26 h
      </Figure>
    </div>
  );
}

function Figure(props: { name: string; value: string; after?: string; warn: boolean; children: React.ReactNode }) {
  return (
    <div>
      <div className="k">{props.name}</div>
      <div className={props.warn ? 'v warn' : 'v'}>
        {props.value}
        {props.after && <small> {props.after}</small>}
      </div>
      <div className="d">{props.children}</div>
    </div>
  );
}
