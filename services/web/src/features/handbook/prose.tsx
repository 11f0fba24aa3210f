import { type MouseEvent, memo, useLayoutEffect, useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { useTheme } from '../../app/theme.ts';
import { drawDiagrams } from './diagrams.ts';
import { enhance } from './enhance.ts';

/**
 * The rendered page. `html` is sanitised by content; what a script has to add (copy buttons, anchors, diagrams, boxes that scroll)
 * is added before the paint. Links to other pages stay in the app.
 */
export function Prose({ html }: { html: string }) {
  const box = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const navigate = useNavigate();
  // biome-ignore lint/correctness/useExhaustiveDependencies: new html is a new document to enhance
  useLayoutEffect(() => {
    if (box.current) return enhance(box.current);
  }, [html]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new html has new diagrams
  useLayoutEffect(() => {
    if (box.current) return drawDiagrams(box.current, theme);
  }, [html, theme]);
  const follow = (event: MouseEvent) => {
    const to = inAppTarget(event.nativeEvent);
    if (to === null) return;
    event.preventDefault();
    void navigate(to);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the clicks are those of the links inside
    // biome-ignore lint/a11y/useKeyWithClickEvents: enter on a link arrives as a click
    <div ref={box} className="prose" onClick={follow}>
      <Html html={html} />
    </div>
  );
}

/** Kept out of React's hands once drawn, since the enhancement changes what is inside. */
const Html = memo(function Html({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by the content service, whose tests hold the list of attacks
  return <div className="html" dangerouslySetInnerHTML={{ __html: html }} />;
});

/** The path of a plain click on a link into the handbook; null for anything the browser should do itself. */
export function inAppTarget(event: globalThis.MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target === '_blank' || link.hasAttribute('download')) return null;
  const url = new URL(link.href, window.location.href);
  if (url.origin !== window.location.origin || !url.pathname.startsWith('/p/')) return null;
  const here = url.pathname === window.location.pathname && url.hash !== '';
  return here ? null : url.pathname + url.search + url.hash;
}
