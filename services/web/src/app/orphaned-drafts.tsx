import { Button } from '../ui/button.tsx';
import { atMinute } from '../ui/instants.ts';
import { toast } from '../ui/toast.tsx';
import type { OrphanedDraft } from './unsaved.ts';

interface Props<T> {
  texts: OrphanedDraft<T>[];
  /** Puts it into the form. */
  take: (value: T) => void;
  /** What it was about, where one form may find several, such as a title. */
  about?: (value: T) => string;
}

const notTaken = 'Another tab has it, or what stands here now could not be kept in this browser: save that first.';

/** Offers what closed tabs left behind unsaved. What the form holds just now is set aside when another is taken, never lost. */
export function OrphanedDraftNote<T>({ texts, take, about }: Props<T>) {
  return texts.map((text) => (
    <div className="conf" key={text.id} role="status">
      <span>
        Unsaved text from {atMinute(text.at)}
        {about?.(text.value) && `: ${about(text.value)}`}
      </span>
      <Button
        onClick={() => {
          const taken = text.take();
          if (taken !== null) take(taken);
          else toast('It was not taken', { tone: 'bad', detail: notTaken });
        }}
      >
        Take it
      </Button>
      <Button
        onClick={() => {
          const back = text.discard();
          toast('Unsaved text is discarded', { action: { label: 'Undo', run: back } });
        }}
      >
        Discard
      </Button>
    </div>
  ));
}
