import type { CandidatesAnswer } from '@sidekick/contracts';
import { number } from '../../staffing/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { type Candidate, freeRange, offerWords, orderWords } from './candidate-words.ts';

interface TableProps {
  answer: CandidatesAnswer;
  chosen: string | null;
  onPick: (person: string) => void;
  name: (person: string) => string;
}

/** Who could take the slot, in the order that is said. */
export function CandidateTable({ answer, chosen, onPick, name }: TableProps) {
  const { candidates } = answer;
  if (candidates.length === 0) return <p className="b">Nobody can take all of it.</p>;
  return (
    <table className="score">
      <caption className="muted">{orderWords(answer)}</caption>
      <thead>
        <tr>
          <th>{candidates.length === 1 ? '1 can do it' : `${candidates.length} can do it`}</th>
          <th className="hide-s">Skill</th>
          <th className="num hide-s">Knows it</th>
          <th className="num">Free a week</th>
        </tr>
      </thead>
      <tbody>
        {candidates.slice(0, 8).map((one) => (
          <tr key={one.person} className={one.person === chosen ? 'cand on' : 'cand'} onClick={() => onPick(one.person)}>
            <td>
              <label className="who1">
                <input type="radio" name="candidate" checked={one.person === chosen} onChange={() => onPick(one.person)} />
                <Avatar name={name(one.person)} />
                <bdi className="nw b">{name(one.person)}</bdi>
                {one.volunteered && <span className="tag a">Volunteered</span>}
              </label>
            </td>
            <td className="sk0 hide-s">{[...one.skills.map(skillWords), ...offerWords({ wishes: one.wishes })].join(', ') || '–'}</td>
            <td className="num hide-s">{one.knowledge >= 0.5 ? `${number(Math.round(one.knowledge))} h, ${one.knowledgeState}` : '–'}</td>
            <td className="num b">{freeRange(one)}</td>
          </tr>
        ))}
        {candidates.length > 8 && (
          <tr>
            <td colSpan={4} className="muted">
              and {candidates.length - 8} more in the form
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

const skillWords = ({ skill, level, required }: Candidate['skills'][number]): string =>
  `${skill} ${level}${level < required ? ` of ${required}` : ''}`;
