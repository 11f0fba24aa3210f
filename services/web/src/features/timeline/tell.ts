import { speak } from '../../staffing/speak.ts';
import { toast } from '../../ui/toast.tsx';

/** Says why something was not done, to see and to hear. */
export function tell(what: string, why?: string): void {
  toast(what, { tone: 'bad', detail: why });
  speak(why ? `${what}. ${why}` : what);
}
