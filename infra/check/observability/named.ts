import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Alert {
  alert: string;
  expr: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}
interface Panel {
  id: number;
  title: string;
  description?: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets: { expr: string }[];
}

const folder = new URL('../../observability/', import.meta.url);
const text = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

export const alerts = (): Alert[] => (parse(text('alerts.yaml')) as { groups: { rules: Alert[] }[] }).groups.flatMap(({ rules }) => rules);
export const panels = (): Panel[] => (JSON.parse(text('dashboard.json')) as { panels: Panel[] }).panels;

/** Every expression that is shown or watched, with where it stands. */
export const expressions = (): { where: string; expr: string }[] => [
  ...alerts().map(({ alert, expr }) => ({ where: alert, expr })),
  ...panels().flatMap(({ title, targets }) => targets.map(({ expr }) => ({ where: `panel "${title}"`, expr }))),
];

/** Added by whoever scrapes. */
const ofPrometheus = new Set(['instance', 'job']);

/** What an expression asks of the services: names of metrics, and labels with the values they have to have. */
export function askedBy(expr: string): { metrics: string[]; labels: string[] } {
  const metrics = [...expr.matchAll(/\b(?:sidekick|process|nodejs)_\w+/g)].map(([name]) => name);
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(',').map((label) => label.trim()));
  const matched = [...expr.matchAll(/(\w+)(?:=~|!=|=)"/g)].map(([, label = '']) => label);
  return { metrics, labels: [...new Set([...grouped, ...matched])].filter((label) => !ofPrometheus.has(label)) };
}

/** Metrics of a text as Prometheus reads it: the labels of each name; those of histograms under their part names too. */
export function exposedIn(metricsText: string): Map<string, Set<string>> {
  const exposed = new Map<string, Set<string>>();
  for (const [, name = '', kind] of metricsText.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    const names = kind === 'histogram' ? ['_bucket', '_count', '_sum'].map((part) => name + part) : [name];
    for (const each of names) exposed.set(each, new Set());
  }
  for (const [, name = '', labels = ''] of metricsText.matchAll(/^([a-z]\w*)(?:\{(.*)\})? \S+$/gm)) {
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) exposed.get(name)?.add(label);
  }
  return exposed;
}

/** One line for each name or label that an expression asks for and the services do not have. */
export function notExposed(asked: readonly { where: string; expr: string }[], exposed: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return asked.flatMap(({ where, expr }) => {
    const { metrics, labels } = askedBy(expr);
    if (metrics.length === 0 && !/\bup\{/.test(expr)) return [`${where}: asks for no metric`];
    return metrics.flatMap((name) => {
      const known = exposed.get(name);
      if (!known) return [`${where}: no service exposes ${name}`];
      return labels.filter((label) => !known.has(label)).map((label) => `${where}: ${name} has no label ${label}`);
    });
  });
}
