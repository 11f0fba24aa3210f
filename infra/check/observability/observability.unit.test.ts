import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { alerts, askedBy, exposedIn, expressions, notExposed, panels } from './named.ts';

interface Sample {
  labels: Record<string, string>;
  value: number;
}

/**
 * Evaluates the simple ones of our alerts: `[time() -] max [by (label)] (metric) > number`; anything else throws. All of them run in
 * Prometheus' own evaluation in `npm run check` where promtool is (alerts.test.yaml), and fire in `npm run drill -- alerts`.
 */
function fires(expr: string, series: Readonly<Record<string, readonly Sample[]>>, now = 0): string[] {
  const [, age, label, metric = '', bound] = /^(time\(\) - )?max(?: by \((\w+)\) | ?)\((\w+)\) > (\d+)$/.exec(expr) ?? [];
  if (bound === undefined) throw new Error(`not understood: ${expr}`);
  const groups = new Map<string, number>();
  for (const { labels, value } of series[metric] ?? []) {
    const group = label ? (labels[label] ?? '') : '';
    if (!Number.isNaN(value)) groups.set(group, Math.max(value, groups.get(group) ?? value));
  }
  return [...groups].filter(([, value]) => (age ? now - value : value) > Number(bound)).map(([group]) => group);
}

const exprOf = (name: string): string => alerts().find(({ alert }) => alert === name)?.expr ?? '';
const of = (service: string, value: number): Sample => ({ labels: { service }, value });

describe('alerts', () => {
  test('are those of the design, no more and no fewer, and each says what to do', () => {
    expect(alerts().map(({ alert }) => alert)).toEqual([
      'SidekickEventsWait',
      'SidekickDeadLetters',
      'SidekickIndexBehind',
      'SidekickIndexRebuildFails',
      'SidekickBackupOld',
      'SidekickPartDown',
      'SidekickDependencyAway',
      'SidekickFailures',
      'SidekickDiskLow',
      'SidekickDiskFull',
    ]);
    for (const { labels, annotations } of alerts()) {
      expect(['warning', 'critical']).toContain(labels['severity']);
      expect(annotations['summary']?.length).toBeGreaterThan(60);
      expect(annotations['summary']).toMatch(/\b([Ss]ee|open|run)\b/);
    }
  });

  test('stand in the table of infra/docs/watch.md, in the same order', () => {
    const page = readFileSync(new URL('../../docs/watch.md', import.meta.url), 'utf8');
    const first = [...page.matchAll(/^\| (`Sidekick[^|]*) \|/gm)].flatMap(([, cell = '']) => cell.match(/Sidekick\w+/g) ?? []);
    expect(first).toEqual(alerts().map(({ alert }) => alert));
  });

  test.each([
    ['SidekickEventsWait', 'sidekick_oldest_unsent_event_seconds', 60, 61],
    ['SidekickIndexBehind', 'sidekick_index_lag_seconds', 300, 301],
    ['SidekickIndexRebuildFails', 'sidekick_index_rebuild_failing', 0, 1],
  ])('%s fires above its bound for that part alone, not at it', (alert, metric, quiet, loud) => {
    const expr = exprOf(alert);
    expect(fires(expr, { [metric]: [of('content', quiet), of('staffing', 0)] })).toEqual([]);
    expect(fires(expr, { [metric]: [of('content', loud), of('content', 0), of('staffing', quiet)] })).toEqual(['content']);
    expect(fires(expr, { [metric]: [of('content', Number.NaN)] })).toEqual([]);
    expect(fires(expr, {})).toEqual([]);
  });

  test('SidekickDeadLetters fires for the first dead letter of a queue', () => {
    const letters = (count: number) => ({ sidekick_dead_letters: [{ labels: { queue: 'search.index' }, value: count }] });
    expect(fires(exprOf('SidekickDeadLetters'), letters(0))).toEqual([]);
    expect(fires(exprOf('SidekickDeadLetters'), letters(1))).toEqual(['search.index']);
  });

  test('SidekickBackupOld fires after 26 hours, and where there never was one', () => {
    const expr = exprOf('SidekickBackupOld');
    const now = 2_000_000_000;
    const hours = (count: number) => ({ sidekick_last_backup_timestamp_seconds: [of('gateway', now - count * 3_600)] });
    expect(fires(expr, hours(26), now)).toEqual([]);
    expect(fires(expr, hours(26.1), now)).toHaveLength(1);
    expect(fires(expr, { sidekick_last_backup_timestamp_seconds: [of('gateway', 0)] }, now)).toHaveLength(1);
  });
});

describe('the dashboard', () => {
  test('has panels that do not lie on each other and say what they show', () => {
    const taken = new Set<string>();
    for (const { title, description, gridPos } of panels()) {
      expect([title, Boolean(description)]).toEqual([title, true]);
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect([title, taken.has(`${x}:${y}`)]).toEqual([title, false]);
          taken.add(`${x}:${y}`);
        }
      }
    }
    expect(new Set(panels().map(({ id }) => id)).size).toBe(panels().length);
  });

  test('shows every metric that an alert watches', () => {
    const shown = new Set(panels().flatMap(({ targets }) => targets.flatMap(({ expr }) => askedBy(expr).metrics)));
    for (const { expr } of alerts()) for (const metric of askedBy(expr).metrics) expect([...shown]).toContain(metric);
  });
});

describe('the check of names', () => {
  const text = `# HELP sidekick_a What it is
# TYPE sidekick_a gauge
sidekick_a{service="x",queue="q"} Nan
# HELP sidekick_time_seconds Time
# TYPE sidekick_time_seconds histogram
sidekick_time_seconds_bucket{le="+Inf",service="x"} 3
`;
  const where = 'here';

  test('takes what is exposed, by any part of a histogram', () => {
    const asked = ['max by (service, instance) (sidekick_a)', 'sum by (le) (rate(sidekick_time_seconds_bucket{service!="y"}[5m]))'];
    expect(
      notExposed(
        asked.map((expr) => ({ where, expr })),
        exposedIn(text),
      ),
    ).toEqual([]);
  });

  test('names what no service exposes: a metric, a label it is grouped by, one it is chosen by', () => {
    const wrong = (expr: string) => notExposed([{ where, expr }], exposedIn(text));
    expect(wrong('max(sidekick_b)')).toEqual(['here: no service exposes sidekick_b']);
    expect(wrong('max by (part) (sidekick_a)')).toEqual(['here: sidekick_a has no label part']);
    expect(wrong('sidekick_a{kind=~"x|y"} > 1')).toEqual(['here: sidekick_a has no label kind']);
    expect(wrong('up')).toEqual(['here: asks for no metric']);
  });

  test('looks at every alert and every panel', () => {
    expect(notExposed(expressions(), new Map())).toHaveLength(expressions().flatMap(({ expr }) => askedBy(expr).metrics).length);
  });
});
