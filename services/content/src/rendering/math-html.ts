import temml from 'temml';
import { escapeHtml } from './escape.ts';

const longest = 5_000;

/** MathML of a formula, or its source where it is none. What leads elsewhere is not trusted, and styles go: the policy of a page refuses them. */
export function mathHtml(formula: string, display: boolean): string {
  try {
    const options = { displayMode: display, throwOnError: true, trust: false, maxExpand: 200 };
    return temml.renderToString(formula.slice(0, longest), options).replaceAll(/ style="[^"]*"/g, '');
  } catch {
    return `<code>${escapeHtml(formula)}</code>`;
  }
}
