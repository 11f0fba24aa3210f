import { Question } from '@sidekick/contracts';

/**
 * A question as an address holds it: `remaining person=01… days=2026-12-07,2026-12-27`. A figure that is opened is a link, as every panel
 * is.
 */
export function figureText({ what, args }: Question): string {
  const parts = Object.entries(args).flatMap(([key, value]) =>
    value === undefined || value === false ? [] : [`${key}=${Array.isArray(value) ? value.join(',') : value === true ? 'yes' : value}`],
  );
  return [what, ...parts].join(' ');
}

const lists = new Set(['weeks', 'days']);

/** The question of an address; null where it is none. */
export function readFigure(text: string | null): Question | null {
  if (text === null) return null;
  const [what, ...parts] = text.split(' ');
  const args = parts.map((part) => {
    const [key = '', value = ''] = part.split('=', 2);
    return [key, lists.has(key) ? value.split(',') : value === 'yes' ? true : value] as const;
  });
  return Question.safeParse({ what, args: Object.fromEntries(args) }).data ?? null;
}
