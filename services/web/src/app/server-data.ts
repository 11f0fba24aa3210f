import { PageData } from '@sidekick/contracts';

/**
 * What the gateway sent with the page; null without. It is taken from one place alone, a script element that is a child of
 * `body`: content holds no script and stands inside `#sk-root`, so that nothing of a page is ever believed to be the server's.
 */
export function serverData({ body }: Document): PageData | null {
  const text = [...body.children].find(({ id, localName }) => localName === 'script' && id === 'sk-page-data')?.textContent;
  try {
    return text ? (PageData.safeParse(JSON.parse(text)).data ?? null) : null;
  } catch {
    return null;
  }
}
