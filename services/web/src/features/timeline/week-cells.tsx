import { mondayOfWeek } from '@sidekick/calendar/iso';
import { type ClipboardEvent, type CSSProperties, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { shortDay } from '../../staffing/format.ts';
import { pastedCells, type WeekSheetState } from './use-week-sheet.ts';

interface Props {
  sheet: WeekSheetState;
  /** Where each week stands on the grid, in weeks; null in a panel, where they follow each other. */
  placeOf: ((week: string) => number) | null;
  /** Where Tab goes on from the last cell; null where the panel follows anyway. */
  after: (() => HTMLElement | null | undefined) | null;
  /** The week that the focus goes to first. */
  first: string | null;
  onTold: (words: string | null) => void;
}

/**
 * The weeks of a bar as cells of a sheet: Tab and, at the end of what stands in one, the arrows go on; Enter saves, Escape takes
 * everything back.
 */
export function WeekCells({ sheet, placeOf, after, first, onTold }: Props) {
  const own = useRef<HTMLFieldSetElement>(null);
  const [start] = useState(first ?? sheet.cells[0]?.week);
  useLayoutEffect(() => {
    const inputs = [...(own.current?.querySelectorAll('input') ?? [])];
    (inputs.find(({ dataset }) => dataset['cell'] === start) ?? inputs[0])?.focus();
  }, [start]);
  const { busy } = sheet.guarded;
  const beside = (input: HTMLInputElement, way: 1 | -1) => {
    const inputs = [...(own.current?.querySelectorAll('input') ?? [])];
    return inputs[inputs.indexOf(input) + way];
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    const input = event.currentTarget;
    const { selectionStart: from, selectionEnd: to, value } = input;
    const isAll = from === 0 && to === value.length;
    if (event.key === 'Enter') void sheet.save();
    else if (event.key === 'Escape') {
      if (!busy) sheet.cancel();
    } else if (event.key === 'ArrowLeft' && (isAll || to === 0)) beside(input, -1)?.focus();
    else if (event.key === 'ArrowRight' && (isAll || from === value.length)) beside(input, 1)?.focus();
    else if (event.key === 'Tab' && !event.shiftKey && after && !beside(input, 1)) after()?.focus();
    else return;
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>, week: string) => {
    const values = pastedCells(event.clipboardData.getData('text'));
    if (!values || busy) return;
    event.preventDefault();
    onTold(sheet.paste(week, values));
  };
  return (
    <fieldset
      ref={own}
      className={placeOf ? 'wcs inrow' : 'wcs'}
      aria-label="Hours by week"
      // A cell that is disabled would lose the focus, and with it the way back into what was not saved.
      aria-busy={busy}
      // The grid draws and drags from here otherwise.
      onPointerDown={(event) => event.stopPropagation()}
    >
      {sheet.cells.map(({ week, text, label, part, error, isTyped }) => (
        <label key={week} style={placeOf ? ({ '--l': placeOf(week) } as CSSProperties) : undefined} title={error ?? label}>
          {!placeOf && (
            <small>
              {shortDay(mondayOfWeek(week))}
              {part && <i>{part}</i>}
            </small>
          )}
          <input
            data-cell={week}
            data-autofocus={week === start || undefined}
            value={text}
            readOnly={busy}
            inputMode="decimal"
            autoComplete="off"
            aria-label={label}
            aria-invalid={error ? true : undefined}
            className={[part && 'part', isTyped && 'typed'].filter(Boolean).join(' ') || undefined}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => {
              onTold(null);
              sheet.type(week, event.currentTarget.value);
            }}
            onPaste={(event) => onPaste(event, week)}
            onKeyDown={onKeyDown}
          />
        </label>
      ))}
    </fieldset>
  );
}
