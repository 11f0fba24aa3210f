const frameUrl = '/mermaid.html';
/** A drawing taller than this scrolls inside its box. */
const most = 1_200;
/** A drawing is shrunk to this width to fit its box, and no further: then the box scrolls. `code.css` begins with it. */
const narrowest = 480;

/**
 * Draws every Mermaid block in a sandboxed frame: Mermaid needs inline styles, which the page's CSP forbids, and its input is
 * somebody's text. A block that cannot be drawn stays readable as text, with the reason.
 */
export function drawDiagrams(root: HTMLElement, theme: 'light' | 'dark'): () => void {
  const frames = new Map<string, HTMLElement>();
  for (const [at, pre] of [...root.querySelectorAll<HTMLElement>('pre.mermaid')].entries()) frames.set(`diagram-${at}`, boxOf(pre));
  const send = (frame: HTMLIFrameElement, id: string, box: HTMLElement) =>
    frame.contentWindow?.postMessage({ id, text: box.querySelector('pre')?.textContent ?? '', theme }, '*');
  const hear = ({ data, source }: MessageEvent<Drawn & { ready?: boolean; id?: string }>) => {
    for (const [id, box] of frames) {
      const frame = box.querySelector('iframe');
      if (!frame || frame.contentWindow !== source) continue;
      if (data?.ready) send(frame, id, box);
      else if (data?.id === id) settle(box, frame, data);
    }
  };
  window.addEventListener('message', hear);
  for (const [id, box] of frames) {
    const frame = box.querySelector('iframe');
    if (frame?.dataset['drawn']) send(frame, id, box);
  }
  return () => window.removeEventListener('message', hear);
}

interface Drawn {
  height?: number;
  /** At its own size. */
  width?: number;
  error?: string;
}

function boxOf(pre: HTMLElement): HTMLElement {
  const known = pre.closest<HTMLElement>('.dgm');
  if (known) return known;
  const box = document.createElement('figure');
  box.className = 'dgm';
  box.tabIndex = 0;
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', 'Diagram');
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.title = 'Diagram';
  frame.src = frameUrl;
  pre.replaceWith(box);
  box.append(frame, pre);
  return box;
}

function settle(box: HTMLElement, frame: HTMLIFrameElement, { height, width, error }: Drawn): void {
  if (error !== undefined) {
    box.classList.add('failed');
    box.dataset['error'] = `This diagram cannot be drawn: ${error.split('\n')[0]}`;
    return;
  }
  frame.dataset['drawn'] = 'yes';
  frame.style.height = `${Math.min(most, Math.max(40, height ?? 0))}px`;
  // A frame wider than the drawing would have it off centre in a box that is narrower than both.
  if (width) frame.style.minWidth = `${Math.min(narrowest, width)}px`;
  box.classList.add('drawn');
}
