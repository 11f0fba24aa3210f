import { secretsOfImage } from './compose.ts';

export type Faults = (text: string) => string[];

/** Instructions as Docker reads them: comments and continued lines taken away. */
const instructions = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const where = (text: string, wrong: RegExp): string[] => instructions(text).filter((line) => wrong.test(line));

/** What the builder of Docker 20.10 refuses or does not know, and what an image may not be. Each answers the lines at fault. */
export const dockerfileRules: Readonly<Record<string, Faults>> = {
  'no other front end than the builder has': (text) => text.split('\n').filter((line) => /^\s*#\s*syntax\s*=/i.test(line)),
  'no heredoc': (text) => where(text, /^(RUN|COPY|ADD)\b.*<<-?\s*['"]?\w/i),
  'COPY and ADD with --chown, --chmod and --from alone': (text) => where(text, /^(COPY|ADD)\s+(--\S+\s+)*--(?!chown=|chmod=|from=)/i),
  'RUN with mounts of cache, secret, bind or tmpfs alone': (text) =>
    where(text, /^RUN\s+(--\S+\s+)*--(?!mount=type=(cache|secret|bind|tmpfs)\b)/i),
  'mounts no secret that Compose does not give': (text) =>
    where(text, /--mount=type=secret/i).filter((line) => {
      const mounted = [...line.matchAll(/--mount=type=secret,id=(\w+)/gi)].map(([, id]) => id ?? '');
      return mounted.some((id) => !secretsOfImage.includes(id));
    }),
  'no start interval of a health check': (text) => where(text, /^HEALTHCHECK\b.*--start-interval/i),
  'base images are build arguments with a fixed tag': (text) => {
    const stages = new Set(instructions(text).flatMap((line) => /^FROM\s+\S+\s+AS\s+(\S+)/i.exec(line)?.[1] ?? []));
    const from = where(text, /^FROM\b/i).filter((line) => {
      const image = /^FROM\s+(\S+)/i.exec(line)?.[1] ?? '';
      return !stages.has(image) && !/^\$\{\w+\}$/.test(image);
    });
    return [...from, ...where(text, /^ARG\s+\w*IMAGE\b(?!=\S+:(?!latest$)\S+$)/i)];
  },
  'runs as a numeric user that is not root': (text) => {
    const user = where(text, /^USER\b/i).at(-1) ?? 'no USER';
    return /^USER [1-9]\d*(:[1-9]\d*)?$/.test(user) ? [] : [user];
  },
  'names no registry, certificate or proxy': (text) => where(text, /https?:\/\/|\/etc\/ssl|_proxy\b/i),
};
