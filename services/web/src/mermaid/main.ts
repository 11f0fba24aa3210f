import './mermaid.css';
import mermaid from 'mermaid';

interface DrawRequest {
  id: string;
  text: string;
  theme: 'light' | 'dark';
}

/** Draws what the page asks for and tells it how tall the drawing is, and how wide at its own size. The frame is sandboxed: it reaches nothing of the portal. */
addEventListener('message', ({ data, source }: MessageEvent<Partial<DrawRequest>>) => {
  if (source !== parent || typeof data?.id !== 'string' || typeof data.text !== 'string') return;
  void draw({ id: data.id, text: data.text, theme: data.theme === 'dark' ? 'dark' : 'light' });
});
parent.postMessage({ ready: true }, '*');

async function draw({ id, text, theme }: DrawRequest): Promise<void> {
  const place = document.getElementById('diagram');
  if (!place) return;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    theme: theme === 'dark' ? 'dark' : 'neutral',
    // The page's own ground, where the theme would put a grey box behind the words on a line.
    ...(theme === 'dark' && { themeVariables: { edgeLabelBackground: '#131518' } }),
    fontFamily: 'system-ui, sans-serif',
    suppressErrorRendering: true,
  });
  try {
    const { svg } = await mermaid.render('drawing', text);
    place.innerHTML = svg;
    const drawn = place.querySelector('svg');
    const height = Math.ceil(drawn?.getBoundingClientRect().height ?? 0);
    const width = Math.ceil(drawn?.viewBox.baseVal.width ?? 0);
    parent.postMessage({ id, height, width, label: drawn?.getAttribute('aria-roledescription') ?? '' }, '*');
  } catch (error) {
    parent.postMessage({ id, error: error instanceof Error ? error.message : String(error) }, '*');
  }
}
