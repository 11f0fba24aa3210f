import type { BrokenRule } from '@sidekick/contracts';
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { OrphanedDraftNote } from '../app/orphaned-drafts.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { ProblemNote } from '../ui/problem.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { BrokenRules, ReasonField } from './consequences.tsx';
import type { FormFrame } from './form-types.ts';
import { rulesOf } from './guarded-save.ts';
import { MeanwhileNote } from './meanwhile.tsx';

interface Props {
  title: ReactNode;
  frame: FormFrame;
  /** Rules that saving would break, where a preview knows; else those of the last try. */
  broken?: BrokenRule[];
  /** Null: no save, such as for a reader. */
  onSubmit: (() => void) | null;
  saveLabel: string;
  onRemove?: (() => void) | null;
  children: ReactNode;
  size?: number;
}

/** The frame of every record's form: fields, what stands in the way of saving, and the buttons. */
export function RecordForm({ title, frame, broken = frame.guarded.refused, onSubmit, saveLabel, onRemove, children, size = 520 }: Props) {
  const { guarded } = frame;
  const form = useRef<HTMLFormElement>(null);
  useAskedInView(form, frame);
  return (
    <Sheet title={title} onClose={frame.leave} size={size}>
      <form
        ref={form}
        className="fm"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit?.();
        }}
      >
        <KeptNote kept={frame.kept} />
        <OpenedAt />
        {children}
        <Verdict frame={frame} broken={broken} />
        <span className="gap" />
        <div className="sht-f">
          {onSubmit && !frame.gone && (
            <Button look="primary" type="submit" busy={guarded.busy}>
              {rulesOf(broken).length > 0 ? 'Save anyway' : saveLabel}
            </Button>
          )}
          {frame.gone && <GoneWord />}
          <Button look="quiet" onClick={frame.cancel}>
            {onSubmit ? 'Cancel' : 'Close'}
          </Button>
          <span className="grow" />
          {onRemove && !frame.gone && (
            <Button look="quiet" icon="trash" busy={guarded.busy} onClick={onRemove}>
              {removeLabel(frame)}
            </Button>
          )}
        </div>
      </form>
    </Sheet>
  );
}

/** A form opened at one of its parts (`?at=skills`) begins there: the focus goes to its first field. */
function OpenedAt() {
  const [params] = useSearchParams();
  const at = params.get('at');
  const mark = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const parts = mark.current?.closest('form')?.querySelectorAll<HTMLElement>('[data-at]') ?? [];
    const part = [...parts].find((one) => one.dataset['at'] === at);
    // The drawer puts the focus there itself, once it is drawn.
    part?.querySelector('input:not(:disabled), select, textarea, button')?.setAttribute('data-autofocus', 'true');
    // Not in jsdom.
    part?.scrollIntoView?.({ block: 'start' });
  }, [at]);
  return <span ref={mark} hidden />;
}

/** In the place of Save: the whole sentence may stand outside of the window, and it comes while somebody types. */
export const GoneWord = () => <b className="bad">Removed meanwhile</b>;

/** Once more than the first time it is asked for. */
export const removeLabel = ({ warned, removal }: FormFrame): string => (warned || removal.length > 0 ? 'Remove anyway' : 'Remove');

/** Says that what was typed before is back, or cannot be kept. */
export function KeptNote({ kept }: { kept: FormFrame['kept'] }) {
  return (
    <>
      <OrphanedDraftNote texts={kept.orphanedDrafts} take={kept.take} about={kept.about} />
      {kept.restored && (
        <div className="conf fd" role="status">
          <Icon name="info" />
          <span>What you typed before is back.</span>
          <Button onClick={kept.again}>Start again</Button>
        </div>
      )}
      {!kept.safe && (
        <div className="conf fd" role="status">
          <Icon name="warn" />
          <span>This browser has no room to keep what you type. Save before you leave.</span>
        </div>
      )}
    </>
  );
}

/** What stands in the way of saving: changed meanwhile, gone, broken rules with the reason asked for, an error. */
export function Verdict({ frame, children, broken = frame.guarded.refused }: VerdictProps) {
  const { guarded, reason, removal } = frame;
  const removing = removal.length > 0;
  const shown = removing ? removal : broken;
  const asked = removing || frame.tries > 0;
  return (
    <div aria-live="polite">
      {frame.gone && (
        <div className="conf bad0 fd" data-ask>
          <Icon name="warn" />
          <span>
            <b>Somebody removed this while you had it open.</b> What you typed is still here to be copied; Undo in the history brings the
            record back.
          </span>
        </div>
      )}
      {guarded.stale && !frame.meanwhile && !frame.gone && (
        <div className="conf fd" role="status" data-ask>
          <Icon name="info" />
          <span>Somebody changed this while you were typing. What you typed is still here: save again to see what is different.</span>
        </div>
      )}
      {frame.meanwhile && <MeanwhileNote meanwhile={frame.meanwhile} />}
      {frame.warned && !frame.gone && (
        <div className="conf fd" data-ask>
          <Icon name="warn" />
          <span>It was changed since you opened it, so it is not removed yet. Remove it as it is now?</span>
        </div>
      )}
      {shown.length > 0 && (
        <div className="fd" data-ask>
          <BrokenRules broken={shown} />
        </div>
      )}
      {rulesOf(shown).length > 0 && (
        <ReasonField
          label={removing ? 'Why remove anyway?' : 'Why save anyway?'}
          value={reason}
          onChange={frame.onReason}
          error={asked && reason.trim() === '' ? 'Say why: the rule refuses this without a reason' : null}
        />
      )}
      {children}
      {guarded.error && (
        <div data-ask>
          <ProblemNote error={guarded.error} what="This was not saved" done="this was saved" />
        </div>
      )}
    </div>
  );
}
interface VerdictProps {
  frame: FormFrame;
  children?: ReactNode;
  broken?: BrokenRule[];
}

/**
 * After every try to save or remove that did not go, the view and the focus go once to what is asked: the first field that is wrong,
 * the reason, or the words that say why. What comes without a try, such as somebody else's change, leaves them to who is typing.
 */
export function useAskedInView(form: RefObject<HTMLElement | null>, { asked, guarded, gone, warned, removal, meanwhile }: FormFrame): void {
  const { busy, refused, error } = guarded;
  const answered = useRef(0);
  const asks = gone || warned || error !== null || refused.length + removal.length > 0 || (meanwhile?.conflicts.length ?? 0) > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked may be drawn after the try has ended
  useEffect(() => {
    if (busy || answered.current === asked) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid=true], .fe');
    const words = form.current?.querySelector<HTMLElement>('[data-ask]');
    const target = wrong ?? words;
    if (!target) return;
    answered.current = asked;
    if (!target.matches('input, textarea, select, button, [tabindex]')) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    // Not in jsdom.
    (target.closest('.fd') ?? target).scrollIntoView?.({ block: 'center' });
  }, [asked, busy, asks]);
}
