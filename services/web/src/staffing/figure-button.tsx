import './figure.css';
import type { Question } from '@sidekick/contracts';
import type { ReactNode } from 'react';
import { useAddress } from './address.ts';
import { figureText } from './figure-question.ts';

interface Props {
  question: Question;
  /** What is read out where the figure alone says too little. */
  label?: string;
  title?: string;
  className?: string;
  children: ReactNode;
}

/** A figure that opens: its formula and the rows that it is made of. */
export function FigureButton({ question, label, title = 'What it is made of', className, children }: Props) {
  const [, patch] = useAddress();
  return (
    <button
      type="button"
      className={['figb', className].filter(Boolean).join(' ')}
      aria-haspopup="dialog"
      aria-label={label}
      title={title}
      onClick={(event) => {
        // What it stands in opens something else.
        event.stopPropagation();
        patch({ figure: figureText(question) });
      }}
    >
      {children}
    </button>
  );
}
