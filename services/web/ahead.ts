import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Screens that people open by address and wait for, by path: their code is asked for beside the app's own, which knows of them only once it runs. */
const screens = { '/staffing': 'src/features/timeline/timeline-screen.tsx' };

/** Runs in the page before the app: nothing but links, which the browser follows while it reads the app. */
const script = (files: Record<string, string[]>) => `for (const href of ${JSON.stringify(files)}[location.pathname] || []) {
  const link = document.createElement('link');
  if (href.endsWith('.css')) { link.rel = 'preload'; link.as = 'style'; } else link.rel = 'modulepreload';
  link.crossOrigin = '';
  link.href = href;
  document.head.append(link);
}
`;

interface Chunk {
  readonly type: 'chunk';
  readonly fileName: string;
  readonly imports: readonly string[];
  readonly facadeModuleId?: string | null;
  readonly viteMetadata?: { readonly importedCss: ReadonlySet<string> };
}

/** A script of its own in the page's head, as the page allows none in its text; what does not wait for it (`async`) is fetched behind all of the app. */
export function ahead(): Plugin {
  return {
    name: 'ahead',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks = new Map(
        Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one as unknown as Chunk] as const] : [])),
      );
      const withImports = (start: Chunk | undefined, seen = new Set<string>()): Set<string> => {
        if (!start || seen.has(start.fileName)) return seen;
        seen.add(start.fileName);
        for (const css of start.viteMetadata?.importedCss ?? []) seen.add(css);
        for (const name of start.imports) withImports(chunks.get(name), seen);
        return seen;
      };
      const ofModule = (path: string) =>
        [...chunks.values()].find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/services/web/${path}`));
      const own = withImports(ofModule('index.html'));
      const files = Object.entries(screens).map(([path, source]) => {
        const screen = ofModule(source);
        if (!screen) throw new Error(`No code of ${source} to ask for ahead`);
        return [path, [...withImports(screen)].filter((name) => !own.has(name)).map((name) => `/${name}`)];
      });
      const text = script(Object.fromEntries(files));
      const fileName = `assets/ahead-${createHash('sha256').update(text).digest('base64url').slice(0, 8)}.js`;
      this.emitFile({ type: 'asset', fileName, source: text });
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('No index.html to ask from');
      const tag = `<script src="/${fileName}" nonce="NONCE_PLACEHOLDER"></script>\n    `;
      page.source = String(page.source).replace('<script type="module"', `${tag}<script type="module"`);
    },
  };
}
