import type { RefObject } from 'react';
import { PersonLink, ProjectLink } from '../../staffing/links.tsx';
import { Button } from '../../ui/button.tsx';
import type { Bar, Records } from './bars.ts';
import { Pop } from './pop.tsx';

interface Props {
  bar: Bar;
  records: Records;
  anchor: () => HTMLElement | null;
  scroller: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** What a bar's tooltip says, for those who read with a finger or by keyboard and may not change it. */
export function BarPopover({ bar, records, anchor, scroller, onClose }: Props) {
  const [name = '', ...facts] = bar.title.split(' · ');
  return (
    <Pop label={bar.title} anchor={anchor} scroller={scroller} small onClose={onClose}>
      <div className="pop-h">
        <h2>
          <PersonLink id={bar.assignment.person} people={records.people} unknown={name} /> on{' '}
          <ProjectLink id={bar.assignment.project} projects={records.projects} />
        </h2>
        <Button look="quiet" icon="x" aria-label="Close" onClick={onClose} data-autofocus />
      </div>
      <div className="bd">
        <ul className="mid">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
          {bar.note !== null && (
            <li>
              Note: <bdi>{bar.note}</bdi>
            </li>
          )}
          {bar.notches.map(({ key, title }) => (
            <li key={key}>{title}</li>
          ))}
        </ul>
      </div>
    </Pop>
  );
}
