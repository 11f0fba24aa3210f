import { Me, type Reading } from '@sidekick/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { type ApiProblem, ask, bodyOf } from '../../api/ask.ts';
import { meQuery, useStillMe } from '../../app/session.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { exampleOf, writeFor } from '../../ui/writing.ts';

/** Regions whose writing of dates and numbers differs, or whose readers look for their own; others come with the browser. */
const languages = [
  ...['ar-EG', 'cs-CZ', 'da-DK', 'de-AT', 'de-CH', 'de-DE', 'en-AU', 'en-CA', 'en-GB', 'en-IE', 'en-IN', 'en-NZ', 'en-US', 'en-ZA'],
  ...['es-ES', 'es-MX', 'fi-FI', 'fr-CA', 'fr-CH', 'fr-FR', 'he-IL', 'hi-IN', 'hu-HU', 'it-IT', 'ja-JP', 'ko-KR', 'lt-LT', 'nb-NO'],
  ...['nl-NL', 'pl-PL', 'pt-BR', 'pt-PT', 'ro-RO', 'sv-SE', 'tr-TR', 'uk-UA', 'zh-CN'],
];
const days = [
  ['monday', 'Monday'],
  ['sunday', 'Sunday'],
  ['saturday', 'Saturday'],
] as const;
const browsers: Reading = { language: null, firstDay: null };

const names = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });
const nameOf = (language: string): string => names.of(language) ?? language;

/** How dates and numbers are written, and where a week begins in a calendar: as the browser has it until something is chosen. */
export function OwnReading({ reading = browsers }: { reading: Reading | undefined }) {
  const [languageId, dayId] = [useId(), useId()];
  const client = useQueryClient();
  const stillMe = useStillMe();
  const save = useMutation<Me, ApiProblem, Reading>({
    mutationFn: (next) => ask(Me, '/me/reading', { method: 'PUT', body: bodyOf('changeReading', next) }),
    onSuccess: (me) => {
      if (!stillMe()) return;
      writeFor(me.reading);
      client.setQueryData(meQuery.queryKey, me);
    },
  });
  const shown = save.isPending ? save.variables : reading;
  const offered = shown.language === null || languages.includes(shown.language) ? languages : [...languages, shown.language];
  return (
    <section className="tokens" aria-label="Dates and numbers">
      <div className="sec">
        <h2>Dates and numbers</h2>
        <span className="muted">for you alone, wherever you sign in; the words stay English</span>
      </div>
      {save.error && <ProblemNote error={save.error} what="It stays as it was" done="it was changed" />}
      <form className="fm own">
        <div className="fd">
          <label htmlFor={languageId}>Written as in</label>
          <select
            id={languageId}
            value={shown.language ?? ''}
            disabled={save.isPending}
            aria-describedby={`${languageId}-help`}
            onChange={({ target }) => save.mutate({ ...reading, language: target.value || null })}
          >
            <option value="">As the browser has it</option>
            {offered
              .map((language) => [language, nameOf(language)] as const)
              .sort(([, a], [, b]) => a.localeCompare(b, 'en'))
              .map(([language, name]) => (
                <option key={language} value={language}>
                  {name}
                </option>
              ))}
          </select>
          <p className="xs" id={`${languageId}-help`} aria-live="polite">
            {exampleOf(shown)}
          </p>
        </div>
        <div className="fd">
          <label htmlFor={dayId}>A week in a calendar begins on</label>
          <select
            id={dayId}
            value={shown.firstDay ?? ''}
            disabled={save.isPending}
            aria-describedby={`${dayId}-help`}
            onChange={({ target }) => save.mutate({ ...reading, firstDay: (target.value || null) as Reading['firstDay'] })}
          >
            <option value="">As the browser has it</option>
            {days.map(([day, name]) => (
              <option key={day} value={day}>
                {name}
              </option>
            ))}
          </select>
          <p className="xs" id={`${dayId}-help`}>
            Where you pick days. Weeks of staffing are those of ISO, from Monday, with their number.
          </p>
        </div>
      </form>
    </section>
  );
}
