import '@mantine/core/styles/Popover.css';
import '../../ui/form.css';
import './people-filter.css';
import { Popover } from '@mantine/core';
import { addDays, mondayOf } from '@sidekick/calendar/iso';
import { distinctNames } from '@sidekick/contracts';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { RangeField, rangeText, readRange } from '../../staffing/date-fields.tsx';
import { Choice, TextField } from '../../staffing/fields.tsx';
import { editable } from '../../staffing/format.ts';
import { useToday } from '../../staffing/today.ts';
import { typedNumber } from '../../staffing/typed-hours.ts';
import { Button } from '../../ui/button.tsx';
import type { Records } from './bars.ts';
import {
  type FreeAsked,
  freeAsked,
  freeWords,
  mostDays,
  mostFree,
  mostOverlap,
  type OverlapAsked,
  overlapAsked,
  overlapWords,
  zoneOf,
} from './people-asked.ts';

/** Filters of people that are more than one choice: free hours between two days, working hours shared with a place. */
export function PeopleFilter({ records }: { records: Records }) {
  const [params] = useAddress();
  const free = freeAsked(params);
  const overlap = overlapAsked(params, records.people.values());
  const unclear = 'In the address, but not understood';
  return (
    <>
      <Opening label="Free hours" words={free && (free === 'unclear' ? unclear : freeWords(free))} wrong={free === 'unclear'}>
        {(close) => <FreeForm asked={free === 'unclear' ? null : free} close={close} />}
      </Opening>
      <Opening
        label="Working hours"
        words={overlap && (overlap === 'unclear' ? unclear : overlapWords(overlap))}
        wrong={overlap === 'unclear'}
      >
        {(close) => <OverlapForm asked={overlap === 'unclear' ? null : overlap} records={records} close={close} />}
      </Opening>
    </>
  );
}

interface OpeningProps {
  label: string;
  /** What is asked; null for nothing. */
  words: string | null;
  wrong: boolean;
  children: (close: () => void) => ReactNode;
}

function Opening({ label, words, wrong, children }: OpeningProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus shadow="md" position="bottom-start" withinPortal zIndex={70}>
      <Popover.Target>
        <Button className={wrong ? 'ask bad' : 'ask'} aria-pressed={words !== null} onClick={() => setOpened(!opened)}>
          {words === null ? label : `${label}: ${words}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="askp">{opened && children(() => setOpened(false))}</Popover.Dropdown>
    </Popover>
  );
}

interface FormProps {
  label: string;
  onSend: () => void;
  onClear: (() => void) | null;
  children: ReactNode;
}

function AskForm({ label, onSend, onClear, children }: FormProps) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSend();
  };
  return (
    <form className="fm" aria-label={label} noValidate onSubmit={send}>
      {children}
      <div className="acts">
        <Button look="primary" type="submit">
          Show
        </Button>
        {onClear && (
          <Button look="quiet" onClick={onClear}>
            Do not ask
          </Button>
        )}
      </div>
    </form>
  );
}

function FreeForm({ asked, close }: { asked: FreeAsked | null; close: () => void }) {
  const [, patch] = useAddress();
  const { today } = useToday();
  const monday = mondayOf(today);
  const [least, setLeast] = useState(asked ? editable(asked.hours) : '16');
  const [each, setEach] = useState<'week' | 'all'>(asked && !asked.each ? 'all' : 'week');
  const [days, setDays] = useState(asked ? rangeText(asked.from, asked.to) : rangeText(monday, addDays(monday, 27)));
  const [tried, setTried] = useState(false);
  const hours = typedNumber(least, 0, mostFree);
  const range = readRange(days, today);
  const isLong = range.ok && range.to !== null && range.to > addDays(range.from, mostDays - 1);
  const put = (changes: Record<string, string | null>) => {
    patch({ filter: '1', ...changes }, { replace: true });
    close();
  };
  const send = () => {
    setTried(true);
    if (!hours || !range.ok || range.to === null || isLong) return;
    put({ left: String(hours), each: each === 'week' ? 'week' : null, between: `${range.from}..${range.to}` });
  };
  const wrongRange = range.ok ? (isLong ? 'At most 104 weeks' : null) : range.message;
  return (
    <AskForm label="Free hours" onSend={send} onClear={asked && (() => put({ left: null, each: null, between: null }))}>
      <TextField
        label="Hours at least"
        type="number"
        autoFocus
        value={least}
        onChange={setLeast}
        error={tried && !hours ? `“${least.trim()}” is no number of hours we know. Try 16` : null}
        help="Net − operations − confirmed work"
      />
      <Choice
        label="They are"
        value={each}
        onChange={setEach}
        options={[
          { value: 'week', label: 'In each week' },
          { value: 'all', label: 'In all' },
        ]}
      />
      <RangeField label="Between" text={days} onText={setDays} today={today} error={tried ? wrongRange : null} />
    </AskForm>
  );
}

function OverlapForm({ asked, records, close }: { asked: OverlapAsked | null; records: Records; close: () => void }) {
  const [, patch] = useAddress();
  const list = useId();
  const people = [...records.people.values()];
  const [least, setLeast] = useState(asked ? editable(asked.hours) : '4');
  const [place, setPlace] = useState(asked?.place ?? '');
  const [tried, setTried] = useState(false);
  const hours = typedNumber(least, 0, mostOverlap);
  const zone = zoneOf(place, people);
  const put = (changes: Record<string, string | null>) => {
    patch({ filter: '1', ...changes }, { replace: true });
    close();
  };
  const send = () => {
    setTried(true);
    if (hours && zone !== null) put({ overlap: String(hours), place: place.trim() });
  };
  const words =
    place.trim() === '' ? 'Say a place, such as Lisbon' : `No region or time zone is called “${place.trim()}”. Try Europe/Lisbon`;
  return (
    <AskForm label="Working hours" onSend={send} onClear={asked && (() => put({ overlap: null, place: null }))}>
      <TextField
        label="Shared hours at least"
        type="number"
        autoFocus
        value={least}
        onChange={setLeast}
        error={tried && !hours ? `“${least.trim()}” is no number of hours between 0 and ${mostOverlap}` : null}
        help="A working day is taken as 9 to 17 by the clock of each place, summer time as it is in the weeks shown"
      />
      <TextField
        label="With people in"
        value={place}
        onChange={setPlace}
        list={list}
        error={tried && zone === null ? words : null}
        help={zone !== null && zone !== place.trim() ? `Time zone ${zone}` : 'A region, a time zone or its town'}
      />
      <datalist id={list}>
        {distinctNames([...people.map(({ region }) => region ?? ''), ...people.map(({ timeZone }) => timeZone)].filter(Boolean)).map(
          (one) => (
            <option key={one} value={one} />
          ),
        )}
      </datalist>
    </AskForm>
  );
}
