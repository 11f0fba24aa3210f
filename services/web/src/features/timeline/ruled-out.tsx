import type { CandidatesAnswer } from '@sidekick/contracts';
import { offerWords } from './candidate-words.ts';

/** Who cannot take the slot, each with the rule that removed them. */
export function RuledOut({ ruledOut, name }: { ruledOut: CandidatesAnswer['ruledOut']; name: (person: string) => string }) {
  if (ruledOut.length === 0) return null;
  return (
    <details className="ruled">
      <summary>{ruledOut.length === 1 ? '1 other is ruled out' : `${ruledOut.length} others are ruled out`}</summary>
      <ul className="why">
        {ruledOut.map(({ person, message, ...said }) => (
          <li key={person}>
            <bdi className="b">{name(person)}</bdi>
            <span>{[...offerWords(said), message].join(' · ')}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
