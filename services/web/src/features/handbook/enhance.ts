import { toast } from '../../ui/toast.tsx';

/** Adds what needs a script: copy buttons, boxes that scroll around tables written as HTML, names for the boxes of task lists. */
export function enhance(root: HTMLElement): () => void {
  for (const pre of root.querySelectorAll('pre')) if (!pre.classList.contains('mermaid')) addCopy(pre);
  for (const table of root.querySelectorAll('table')) if (!table.closest('.scroll')) frameTable(table);
  for (const box of root.querySelectorAll<HTMLInputElement>('input[type=checkbox]')) {
    box.setAttribute('aria-label', box.closest('li')?.textContent?.trim().slice(0, 120) || 'Task');
  }
  const copy = (event: Event) => void copyFrom(event.target);
  root.addEventListener('click', copy);
  return () => root.removeEventListener('click', copy);
}

function addCopy(pre: HTMLPreElement): void {
  const frame = pre.closest('.code') ?? wrap(pre, 'code');
  if (frame.querySelector('.copy')) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn quiet copy';
  button.textContent = 'Copy';
  frame.append(button);
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
  const box = wrap(table, 'scroll');
  box.tabIndex = 0;
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', table.caption?.textContent ?? 'Table');
}

function wrap(inner: HTMLElement, className: string): HTMLElement {
  const box = document.createElement('div');
  box.className = className;
  inner.replaceWith(box);
  box.append(inner);
  return box;
}
