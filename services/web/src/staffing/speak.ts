import { onForget } from '../app/forget.ts';

onForget(() => document.getElementById('sk-spoken')?.replaceChildren());

/** Says a sentence to screen readers, politely; the same sentence twice is said twice. */
export function speak(sentence: string): void {
  if (typeof document === 'undefined') return;
  let region = document.getElementById('sk-spoken');
  if (!region) {
    region = document.createElement('div');
    region.id = 'sk-spoken';
    region.className = 'sr';
    region.setAttribute('role', 'status');
    region.setAttribute('aria-live', 'polite');
    document.body.append(region);
  }
  const line = document.createElement('p');
  line.textContent = sentence;
  region.replaceChildren(line);
}
