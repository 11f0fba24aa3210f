import { toast } from '../../ui/toast.tsx';

/** Adds copy buttons, heading anchors and boxes that scroll. `title` is a first heading that repeats the page's own title: hidden. */
export function enhance(root: HTMLElement, title?: string): () => void {
  for (const pre of root.querySelectorAll('pre')) {
    if (!pre.classList.contains('mermaid') && !pre.closest('.code')) frameCode(pre);
  }
  for (const table of root.querySelectorAll('table')) if (!table.closest('.scrollx')) frameTable(table);
  for (const heading of root.querySelectorAll<HTMLElement>('h2[id],h3[id],h4[id]')) if (!heading.querySelector('.an')) addAnchor(heading);
  hideTitle(root, title);
  const copy = (event: Event) => void copyFrom(event.target);
  root.addEventListener('click', copy);
  return () => root.removeEventListener('click', copy);
}

function frameCode(pre: HTMLPreElement): void {
  const frame = element('div', 'code');
  const head = element('div', 'hd');
  const language = element('span', '');
  language.textContent = languageOf(pre);
  const button = element('button', 'btn quiet copy');
  button.setAttribute('type', 'button');
  button.textContent = 'Copy';
  head.append(language, button);
  pre.replaceWith(frame);
  pre.tabIndex = 0;
  frame.append(head, pre);
}

/** `language-sql` on the block or its code, as renderers of fenced code write it. */
function languageOf(pre: HTMLPreElement): string {
  const named = [pre, pre.querySelector('code')].map(
    (one) => one?.dataset['lang'] ?? /(?:^|\s)language-([\w+#-]+)/.exec(one?.className ?? '')?.[1],
  );
  const language = named.find(Boolean) ?? '';
  return language === 'text' || language === 'plaintext' ? '' : language;
}

async function copyFrom(target: EventTarget | null): Promise<void> {
  const button = target instanceof Element ? target.closest<HTMLButtonElement>('button.copy') : null;
  const pre = button?.closest('.code')?.querySelector('pre');
  if (!button || !pre) return;
  try {
    await navigator.clipboard.writeText((pre.textContent ?? '').replace(/\n$/, ''));
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2_000);
  } catch {
    toast('The browser did not let us copy. Select the code instead.', { tone: 'bad' });
  }
}

function frameTable(table: HTMLTableElement): void {
  const box = element('div', 'scrollx');
  box.tabIndex = 0;
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', table.caption?.textContent ?? 'Table');
  table.replaceWith(box);
  box.append(table);
}

function addAnchor(heading: HTMLElement): void {
  const anchor = element('a', 'an') as HTMLAnchorElement;
  anchor.href = `#${encodeURIComponent(heading.id)}`;
  anchor.textContent = '#';
  anchor.setAttribute('aria-label', `Link to ${heading.textContent}`);
  heading.append(anchor);
}

function hideTitle(root: HTMLElement, title?: string): void {
  const first = root.querySelector('.html')?.firstElementChild;
  if (title && first?.tagName === 'H1' && first.textContent?.trim() === title.trim()) (first as HTMLElement).hidden = true;
}

function element(name: string, className: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
