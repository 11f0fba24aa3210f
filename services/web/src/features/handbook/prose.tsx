import { memo, useLayoutEffect, useRef } from 'react';
import { useTheme } from '../../ui/theme.ts';
import { drawDiagrams } from './diagrams.ts';
import { enhance } from './enhance.ts';
import { useFollow } from './follow.ts';

/**
 * The rendered page. `html` is sanitised by content; what a script has to add (copy buttons, anchors, diagrams, boxes that scroll)
 * is added before the paint. Links to other pages stay in the app.
 */
export function Prose({ html }: { html: string }) {
  const box = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: new html is a new document to enhance
  useLayoutEffect(() => {
    if (box.current) return enhance(box.current);
  }, [html]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new html has new diagrams
  useLayoutEffect(() => {
    if (box.current) return drawDiagrams(box.current, theme);
  }, [html, theme]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the clicks are those of the links inside
    // biome-ignore lint/a11y/useKeyWithClickEvents: enter on a link arrives as a click
    <div ref={box} className="prose" onClick={useFollow()}>
      <Html html={html} />
    </div>
  );
}

/** Kept out of React's hands once drawn, since the enhancement changes what is inside. */
const Html = memo(function Html({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by the content service, whose tests hold the list of attacks
  return <div className="html" dangerouslySetInnerHTML={{ __html: html }} />;
});
