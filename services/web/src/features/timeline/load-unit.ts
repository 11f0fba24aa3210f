import { useSession } from '../../app/session.tsx';
import { useAddress } from '../../staffing/address.ts';

/** What load is told in. */
export type LoadUnit = 'percent' | 'hours';

const keyOf = (account: string) => `sidekick-load-in:${account}`;

function kept(account: string | undefined): LoadUnit {
  try {
    return account && localStorage.getItem(keyOf(account)) === 'hours' ? 'hours' : 'percent';
  } catch {
    return 'percent';
  }
}

function keep(account: string | undefined, unit: LoadUnit): void {
  try {
    if (account) localStorage.setItem(keyOf(account), unit);
  } catch {
    // A browser without storage knows it from the address alone.
  }
}

/** As the address says; where it says nothing, as this account chose last in this browser. */
export function useLoadUnit(): [LoadUnit, (unit: LoadUnit) => void] {
  const [params, patch] = useAddress();
  const { me } = useSession();
  const account = me?.account;
  const asked = params.get('load');
  const unit = asked === 'hours' || asked === 'percent' ? asked : kept(account);
  const tellIn = (next: LoadUnit) => {
    keep(account, next);
    patch({ load: next }, { replace: true });
  };
  return [unit, tellIn];
}
