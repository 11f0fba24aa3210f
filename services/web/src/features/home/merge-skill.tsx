import type { Decision } from '@sidekick/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, becameOf, bodyOf } from '../../api/ask.ts';
import { useToast } from '../../app/session.tsx';
import { ulid } from '../../app/ulid.ts';
import { useUndo, wordsOf } from '../../staffing/changes.ts';
import { followingOf, Written } from '../../staffing/following.ts';
import { Button } from '../../ui/button.tsx';

/** Writes a skill that is kept in several spellings in one of them, everywhere; Undo brings them back. */
export function MergeSkill({ decision: { skill, spellings } }: { decision: Extract<Decision, { kind: 'skill-spellings' }> }) {
  const client = useQueryClient();
  const undo = useUndo();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const merge = async () => {
    setBusy(true);
    const said = `${spellings.join(', ')} ${spellings.length === 1 ? 'is' : 'are'} written ${skill} everywhere`;
    try {
      const body = bodyOf('mergeSkills', { id: ulid(), skill, spellings });
      const answer = await followingOf(client).write((follow) => ask(Written, '/skills/merge', { method: 'POST', body, follow }), true);
      toast(said, { action: { label: 'Undo', run: () => void undo(answer.number, said) } });
    } catch (error) {
      toast(becameOf(error, 'Not merged', 'they were merged'), { tone: 'bad', detail: wordsOf(error) });
    }
    setBusy(false);
  };
  return (
    <Button busy={busy} onClick={() => void merge()}>
      Write {skill} everywhere
    </Button>
  );
}
