import type { DeadLetterView } from '@sidekick/contracts';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type ApiProblem, bodyOf, tell } from '../../api/ask.ts';
import { useToast } from '../../app/session.tsx';
import { TypedNote, useTyped } from '../../app/typed.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { addressOf } from './queries.ts';
import { keyOf } from './sent-again.ts';

/** Gives a dead letter up for good, once somebody has said why. */
export function Discard({ letter, close, done }: { letter: DeadLetterView; close: () => void; done: () => void }) {
  const typed = useTyped(`discard:${keyOf(letter)}`, { reason: '' }, { close });
  const { reason } = typed.value;
  const [asked, setAsked] = useState(false);
  const toast = useToast();
  const discard = useMutation<void, ApiProblem>({
    mutationFn: () =>
      tell(`${addressOf(letter)}/discard`, {
        method: 'POST',
        query: { replica: letter.replica },
        body: bodyOf('discardDeadLetter', { reason: reason.trim() }),
      }),
    onSuccess: () => {
      toast('Discarded. The reason is kept');
      typed.clear();
      close();
      done();
    },
  });
  const tooShort = reason.trim().length < 3;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!tooShort) discard.mutate();
  };
  return (
    <Dialog title="Discard this event for good?" onClose={typed.leave} busy={discard.isPending}>
      <form className="fm" onSubmit={send} noValidate>
        <TypedNote typed={typed} about={(one) => one.reason} />
        {discard.error && <ProblemNote error={discard.error} what="It was not discarded" done="it was discarded" />}
        <p>It cannot be brought back. Who was to read it stays without it until the next change of the same thing.</p>
        <Field
          label="Why"
          value={reason}
          maxLength={500}
          data-autofocus
          help="Kept with your name, for whoever asks later."
          error={asked && tooShort ? 'Say why: an event is not discarded without a reason' : undefined}
          onChange={({ target }) => typed.set({ reason: target.value })}
        />
        <div className="acts">
          <Button look="danger" type="submit" busy={discard.isPending}>
            Discard
          </Button>
          <Button disabled={discard.isPending} onClick={typed.cancel}>
            Keep it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
