import { useAddress } from '../../staffing/address.ts';
import { useToday } from '../../staffing/today.ts';
import { Button } from '../../ui/button.tsx';
import { currencyName } from './amounts.ts';
import { CurrencyForm } from './forms.tsx';
import { useCurrency } from './queries.ts';

/** Names the currency that amounts are in, and leads to another. `?currency=edit` opens it. */
export function CurrencyWord() {
  const { settings, currency } = useCurrency();
  const { today } = useToday();
  const [params, patch] = useAddress();
  if (currency === undefined || settings === undefined) return null;
  return (
    <>
      <p className="muted cur">
        Amounts are in {currency} ({currencyName(currency)}).{' '}
        <Button look="quiet" onClick={() => patch({ currency: 'edit' })}>
          Change the currency
        </Button>
      </p>
      {params.get('currency') === 'edit' && (
        <CurrencyForm settings={settings} currency={currency} today={today} onClose={() => patch({ currency: null }, { replace: true })} />
      )}
    </>
  );
}
