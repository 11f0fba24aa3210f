import '@mantine/core/styles/Popover.css';
import { Popover } from '@mantine/core';
import { daysBetween, weekOf } from '@sidekick/calendar/iso';
import { lazy, type ReactNode, Suspense, type SyntheticEvent, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { dayWords } from '../ui/writing.ts';
import { Field } from './fields.tsx';
import { dayRangeWithYear, number, shortWeekday, weekdayAndDay, weekNumber } from './format.ts';
import { exampleDay, exampleRange, type Typed, typedDay, typedRange } from './typed-dates.ts';

// The calendar is the heaviest part of a form and seldom opened.
const DayPicker = lazy(() => import('./calendar.tsx').then(({ DayPicker }) => ({ default: DayPicker })));
const RangePicker = lazy(() => import('./calendar.tsx').then(({ RangePicker }) => ({ default: RangePicker })));

interface RangeProps {
  label: ReactNode;
  /** What is typed; kept as it is, so that nothing typed is lost. */
  text: string;
  onText: (text: string) => void;
  today: string;
  /** An end that stays open is allowed. */
  open?: boolean;
  error?: string | null | undefined;
  autoFocus?: boolean;
}

/** A range in the words of a form: how it was understood, or what is wrong. */
export function readRange(text: string, today: string, open = false): Typed {
  const typed = typedRange(text, today);
  if (typed.ok && typed.to === null && !open) return { ok: false, message: `Say when it ends too, such as ${exampleRange()}` };
  return typed;
}

/** The text that a range is edited as. */
export function rangeText(from: string, to: string | null): string {
  return to === null ? `from ${dayText(from)}` : from === to ? dayText(from) : `${dayText(from)} – ${dayText(to)}`;
}

function understood(typed: Typed): string {
  if (!typed.ok) return typed.message;
  const { from, to } = typed;
  const weeks = weekNumber(weekOf(from)) + (to && weekOf(to) !== weekOf(from) ? ` – ${weekNumber(weekOf(to))}` : '');
  if (to === null) return `From ${weekdayAndDay(from)} ${from.slice(0, 4)}, no end · ${weeks}`;
  if (to === from) return `${weekdayAndDay(from)} ${from.slice(0, 4)} · 1 day · ${weeks}`;
  const days = daysBetween(from, to) + 1;
  const length = days % 7 === 0 ? `${number(days / 7)} ${days === 7 ? 'week' : 'weeks'}` : `${days} days`;
  return `${shortWeekday(from)} – ${shortWeekday(to)}, ${dayRangeWithYear(from, to)} · ${length} · ${weeks}`;
}

/** Both ends of a range, typed or picked. */
export function RangeField({ label, text, onText, today, open = false, error, autoFocus }: RangeProps) {
  const typed = readRange(text, today, open);
  const [touched, setTouched] = useState(false);
  const wrong = error ?? (touched && !typed.ok ? typed.message : null);
  return (
    <Field label={label} error={wrong} help={typed.ok ? understood(typed) : `For example ${exampleRange()}, or 3 weeks from Monday`}>
      {(ids) => (
        <div className="dfd">
          <input
            {...ids}
            value={text}
            autoComplete="off"
            data-autofocus={autoFocus || undefined}
            onChange={(event) => onText(event.currentTarget.value)}
            onBlur={() => setTouched(text.trim() !== '')}
            onKeyDown={({ key }) => key === 'Enter' && setTouched(text.trim() !== '')}
          />
          <Calendar label="Pick days">
            {(close) => (
              <RangePicker
                near={today}
                value={typed.ok ? typed : null}
                onPick={(from, to) => {
                  onText(rangeText(from, to));
                  close();
                }}
              />
            )}
          </Calendar>
        </div>
      )}
    </Field>
  );
}

interface DayProps {
  label: ReactNode;
  text: string;
  onText: (text: string) => void;
  today: string;
  help?: string;
  error?: string | null | undefined;
  /** Blank is allowed. */
  blank?: boolean;
  autoFocus?: boolean;
}

/** A day as typed: null when blank, undefined when it is no day. */
export const readDay = (text: string, today: string): string | null | undefined =>
  text.trim() === '' ? null : (typedDay(text, today) ?? undefined);

export const dayText = (day: string | null): string => (day === null ? '' : dayWords(day, null));

/** One day, typed or picked. */
export function DayField({ label, text, onText, today, help, error, blank = false, autoFocus }: DayProps) {
  const day = readDay(text, today);
  const [touched, setTouched] = useState(false);
  const wrong = error ?? (touched && day === undefined ? `“${text.trim()}” is no day we know. Try ${exampleDay()}` : null);
  const heard = day
    ? `${weekdayAndDay(day)} ${day.slice(0, 4)}`
    : (help ?? (blank ? 'Leave blank for none' : `For example ${exampleDay()}`));
  return (
    <Field label={label} error={wrong} help={heard}>
      {(ids) => (
        <div className="dfd">
          <input
            {...ids}
            value={text}
            autoComplete="off"
            data-autofocus={autoFocus || undefined}
            onChange={(event) => onText(event.currentTarget.value)}
            onBlur={() => setTouched(true)}
            onKeyDown={({ key }) => key === 'Enter' && setTouched(true)}
          />
          <Calendar label="Pick a day">
            {(close) => (
              <DayPicker
                near={today}
                value={day ?? null}
                onPick={(picked) => {
                  onText(dayText(picked));
                  close();
                }}
              />
            )}
          </Calendar>
        </div>
      )}
    </Field>
  );
}

const keep = (event: SyntheticEvent) => event.stopPropagation();

function Calendar({ label, children }: { label: string; children: (close: () => void) => ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus shadow="md" position="bottom-end" withinPortal zIndex={70}>
      <Popover.Target>
        <Button icon="cal" look="quiet" aria-label={label} onClick={() => setOpened(!opened)} />
      </Popover.Target>
      {/* Until the calendar is here the focus is on the panel: Escape there is its own too. A press in it is none outside of what it opened from. */}
      <Popover.Dropdown className="cal" data-mantine-stop-propagation onMouseDown={keep} onTouchStart={keep}>
        {opened && <Suspense fallback={null}>{children(() => setOpened(false))}</Suspense>}
      </Popover.Dropdown>
    </Popover>
  );
}
