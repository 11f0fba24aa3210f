import './calendars.css';
import { CalendarImported, type CalendarItem, CalendarPreview, type CalendarTold, largestCalendar } from '@sidekick/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiProblem, ask, bodyOf } from '../../api/ask.ts';
import { useSession, useToast } from '../../app/session.tsx';
import { ulid } from '../../app/ulid.ts';
import { SelectField, TextField } from '../../staffing/fields.tsx';
import { count, dayRangeWithYear, percent } from '../../staffing/format.ts';
import { usePeople } from '../../staffing/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { toldWords } from './told-words.ts';

type Read = Exclude<CalendarPreview, { refused: unknown }>;
interface File64 {
  name: string;
  bytes: string;
}

/** Whoever an event names. */
const byEvent = 'by-event';

/** Leave out of an .ics file: a look at what it would be, then one change. */
export function BringIn({ onClose }: { onClose: () => void }) {
  const { is, me } = useSession();
  const manager = is('manager');
  const people = usePeople();
  const toast = useToast();
  const [file, setFile] = useState<File64 | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [person, setPerson] = useState<string>(byEvent);
  const [words, setWords] = useState('');
  const [out, setOut] = useState<ReadonlySet<string>>(new Set());
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const wanted = () => ({
    file: file as File64,
    person: manager ? (person === byEvent ? null : person) : (me?.person ?? null),
    words: words.split(',').flatMap((word) => word.trim() || []),
  });
  const preview = useMutation<CalendarPreview, ApiProblem>({
    mutationFn: () => ask(CalendarPreview, '/calendars/preview', { method: 'POST', body: bodyOf('previewCalendar', wanted()) }),
    onSuccess: (shown) => {
      if (!('items' in shown)) return;
      setGone(new Set());
      setOut(new Set(shown.items.flatMap(({ key, uid, what }) => (what === 'new' && wasRemoved(shown.told, uid) ? [key] : []))));
    },
  });
  const read = preview.data && 'items' in preview.data ? preview.data : null;
  const bring = useMutation<CalendarImported, ApiProblem, Read>({
    mutationFn: ({ digest }) => {
      const left = { id: ulid(), digest, without: [...out], remove: [...gone] };
      return ask(CalendarImported, '/calendars/import', { method: 'POST', body: bodyOf('importCalendar', { ...wanted(), ...left }) });
    },
    onSuccess: ({ made, changed, removed }) => {
      const parts = [made > 0 && `${made} made`, changed > 0 && `${changed} changed`, removed > 0 && `${removed} removed`].filter(Boolean);
      toast(parts.length === 0 ? 'Nothing was to be done' : `Leave: ${parts.join(', ')}`);
      onClose();
    },
  });
  const again = () => {
    preview.reset();
    bring.reset();
  };
  const choose = async (chosen: File | undefined) => {
    again();
    setTrouble(null);
    setFile(null);
    if (!chosen) return;
    if (chosen.size > largestCalendar) return setTrouble('A calendar holds at most 5 MB here. Export fewer years of it');
    setFile({ name: chosen.name, bytes: base64(new Uint8Array(await chosen.arrayBuffer())) });
  };
  const nameOf = (id: string) => people.data?.find((one) => one.id === id)?.private.name ?? '';
  const doing = read ? read.items.filter(({ key, what }) => what !== 'same' && !out.has(key)).length + gone.size : 0;
  return (
    <Sheet title="Bring in leave from a calendar" onClose={onClose} size={560}>
      <div className="fm">
        <div className="fd">
          <label htmlFor="ics">Calendar file (.ics)</label>
          <input
            id="ics"
            type="file"
            accept=".ics,text/calendar"
            aria-invalid={trouble ? true : undefined}
            onChange={({ target }) => void choose(target.files?.[0])}
          />
          {trouble && (
            <p className="fe" role="alert">
              {trouble}
            </p>
          )}
          <p className="xs">Export it from your calendar program. Its words stay with you: only the days come in.</p>
        </div>
        {manager && (
          <SelectField
            label="Whose leave it is"
            value={person}
            onChange={(value) => {
              setPerson(value);
              again();
            }}
            options={[
              { value: byEvent, label: 'Whoever an event names, by e-mail or name' },
              ...(people.data ?? []).map(({ id, private: { name } }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <TextField
          label="Only events whose name has one of these words"
          value={words}
          onChange={(value) => {
            setWords(value);
            again();
          }}
          help="With commas between them, such as: leave, holiday. Empty: every event"
        />
        {!read && (
          <Button look="primary" disabled={!file} busy={preview.isPending} onClick={() => preview.mutate()}>
            Look at it
          </Button>
        )}
        {preview.error && <ProblemNote error={preview.error} what="The calendar was not read" />}
        {preview.data && 'refused' in preview.data && (
          <p className="fe" role="alert">
            {preview.data.words}
          </p>
        )}
        {read && (
          <>
            <Items items={read.items} nameOf={manager ? nameOf : null} out={out} onChange={setOut} />
            <Vanished vanished={read.vanished} nameOf={manager ? nameOf : null} gone={gone} onChange={setGone} />
            <Told told={read.told} more={read.more} />
            {bring.error && <ProblemNote error={bring.error} what="Nothing was brought in" done="it was brought in" />}
            <div className="acts">
              <Button look="primary" disabled={doing === 0} busy={bring.isPending} onClick={() => bring.mutate(read)}>
                {doing === 0 ? 'Nothing to do' : manager ? `Bring in ${count(doing, 'change')}` : `Ask for ${count(doing, 'change')}`}
              </Button>
              <Button onClick={() => preview.mutate()} busy={preview.isPending}>
                Look again
              </Button>
            </div>
          </>
        )}
      </div>
    </Sheet>
  );
}

const wasRemoved = (told: readonly CalendarTold[], uid: string): boolean =>
  told.some((one) => one.why === 'removed-here' && one.uid === uid);

/** In parts: a call takes some thousand arguments. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}

const toggled = (set: ReadonlySet<string>, one: string): ReadonlySet<string> => {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
};

interface Days {
  from: string;
  to: string;
  amount: CalendarItem['amount'];
}
const daysOf = ({ from, to, amount }: Days): string => {
  const part = 'hours' in amount ? `, ${amount.hours} h a day` : amount.portion < 1 ? `, ${percent(amount.portion)} of each day` : '';
  return `${dayRangeWithYear(from, to)}${part}`;
};

type NameOf = ((id: string) => string) | null;

function Items(props: {
  items: readonly CalendarItem[];
  nameOf: NameOf;
  out: ReadonlySet<string>;
  onChange: (out: ReadonlySet<string>) => void;
}) {
  const { items, nameOf, out, onChange } = props;
  const fresh = items.filter(({ what }) => what !== 'same');
  const same = items.length - fresh.length;
  return (
    <section aria-label="What becomes leave">
      <h3>What becomes leave</h3>
      {fresh.length === 0 && <p className="mid">{same > 0 ? 'All of it is here already.' : 'Nothing in this calendar becomes leave.'}</p>}
      <ul className="cal-i">
        {fresh.map((item) => (
          <li key={item.key}>
            <label>
              <input type="checkbox" checked={!out.has(item.key)} onChange={() => onChange(toggled(out, item.key))} />
              <span>
                {nameOf && <b>{nameOf(item.person)}: </b>}
                {daysOf(item)}
                {item.before && `, was ${daysOf(item.before)}`}
                <small>
                  <bdi>{item.summary ?? 'without a name'}</bdi>
                </small>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {fresh.length > 0 && same > 0 && <p className="xs">{count(same, 'more', 'more')} of it is here already.</p>}
    </section>
  );
}

function Vanished(props: {
  vanished: Read['vanished'];
  nameOf: NameOf;
  gone: ReadonlySet<string>;
  onChange: (gone: ReadonlySet<string>) => void;
}) {
  const { vanished, nameOf, gone, onChange } = props;
  if (vanished.length === 0) return null;
  return (
    <section aria-label="Not in the calendar any more">
      <h3>Not in the calendar any more</h3>
      <p className="xs">Tick what is to be removed here too.</p>
      <ul className="cal-i">
        {vanished.map((one) => (
          <li key={one.id}>
            <label>
              <input type="checkbox" checked={gone.has(one.id)} onChange={() => onChange(toggled(gone, one.id))} />
              <span>
                {nameOf && <b>{nameOf(one.person)}: </b>}
                {daysOf(one)}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Told({ told, more }: { told: readonly CalendarTold[]; more: number }) {
  if (told.length === 0) return null;
  return (
    <section aria-label="What did not, or not as it stands">
      <h3>What did not, or not as it stands</h3>
      <ul className="cal-t">
        {told.map(({ why, uid, summary }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an event is told as often as something is to be said of it
          <li key={at} title={uid ?? undefined}>
            <bdi>{summary ?? uid ?? 'An event without a name'}</bdi>: {toldWords[why]}
          </li>
        ))}
      </ul>
      {more > 0 && <p className="xs">And {count(more, 'more line')} like these.</p>}
    </section>
  );
}
