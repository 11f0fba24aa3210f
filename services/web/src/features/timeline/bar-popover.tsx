import type { RefObject } from 'react';
import { Button } from '../../ui/button.tsx';
import type { Bar } from './bars.ts';
import { Pop } from './pop.tsx';

interface Props {
  bar: Bar;
  anchor: () => HTMLElement | null;
  scroller: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** What a bar's tooltip says, for those who read with a finger or by keyboard and may not change it. */
export function BarPopover({ bar, anchor, scroller, onClose }: Props) {
  const [name = '', ...facts] = bar.title.split(' · ');
  return (
    <Pop label={bar.title} anchor={anchor} scroller={scroller} small onClose={onClose}>
      <div className="pop-h">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <Button look="quiet" icon="x" aria-label="Close" onClick={onClose} data-autofocus />
      </div>
      <div className="bd">
        <ul className="mid">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
          {bar.notches.map(({ key, title }) => (
            <li key={key}>{title}</li>
          ))}
        </ul>
      </div>
    </Pop>
  );
}
