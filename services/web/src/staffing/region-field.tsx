import './region-field.css';
import { useEffect, useId, useRef, useState } from 'react';
import { composing } from '../app/input-method.ts';
import { Field } from './fields.tsx';
import { type Region, regionsLike, typedRegion, useRegions } from './regions.ts';

interface Props {
  /** The code that is chosen, or what is typed while it is none. */
  value: string;
  onChange: (value: string) => void;
  error: string | null | undefined;
  label?: string;
}

const shownAtMost = 50;

/** A region of holidays out of those there are, found by code or name. */
export function RegionField({ value, onChange, error, label = 'Region of holidays' }: Props) {
  const regions = useRegions();
  const list = regions.data?.items ?? [];
  const found = typedRegion(value, list);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const id = useId();
  const hits = open ? regionsLike(found && value === found.code ? '' : value, list, shownAtMost) : [];
  const pick = (code: string) => {
    onChange(code);
    setOpen(false);
  };
  return (
    <Field
      label={label}
      error={error}
      help={found ? found.name : regions.error ? 'The regions did not load' : 'A country or a part of it; blank has no holidays'}
    >
      {(ids) => (
        <div className="cbx">
          <input
            {...ids}
            role="combobox"
            aria-expanded={open}
            aria-controls={id}
            aria-autocomplete="list"
            aria-activedescendant={open && hits[at] ? `${id}-${hits[at].code}` : undefined}
            autoComplete="off"
            // Escape closes the list first, and only then the form: Mantine's dialogs look at this alone.
            data-mantine-stop-propagation={open || undefined}
            placeholder="Such as Portugal or US-CA"
            value={value}
            onChange={(event) => {
              onChange(event.currentTarget.value);
              setAt(0);
              setOpen(true);
            }}
            onFocus={({ currentTarget }) => currentTarget.select()}
            onClick={() => setOpen(true)}
            onBlur={() => {
              setOpen(false);
              if (found && found.code !== value) onChange(found.code);
            }}
            onKeyDown={(event) => {
              if (composing(event)) return;
              const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
              if (step !== 0) {
                event.preventDefault();
                setOpen(true);
                setAt(open ? Math.max(0, Math.min(hits.length - 1, at + step)) : 0);
              } else if (event.key === 'Enter' && open && hits[at]) {
                event.preventDefault();
                pick(hits[at].code);
              } else if (event.key === 'Escape') setOpen(false);
            }}
          />
          {open && <Regions id={id} hits={hits} at={at} onPick={pick} />}
        </div>
      )}
    </Field>
  );
}

/** What is found, below the field; the one that Enter takes stays in view. */
function Regions({ id, hits, at, onPick }: { id: string; hits: readonly Region[]; at: number; onPick: (code: string) => void }) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the one that is marked is another
  useEffect(() => {
    // Not in jsdom.
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView?.({ block: 'nearest' });
  }, [at, hits.length]);
  return (
    <div ref={list} id={id} role="listbox" aria-label="Regions" className="cbx-l">
      {hits.map(({ code, name, calendar }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
        <div
          key={code}
          id={`${id}-${code}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(code)}
        >
          <span>{name}</span>
          <small>{calendar ? code : `${code}, holidays by hand`}</small>
        </div>
      ))}
      {hits.length === 0 && <p className="muted">No region is called so</p>}
      {hits.length === shownAtMost && <p className="muted">Type more of the name to see others</p>}
    </div>
  );
}
