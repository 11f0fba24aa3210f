import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourceRoots } from '@sidekick/contracts';
import { atEndOf, besideLast } from './insert.ts';

/** The request cannot be done; the message says why, for whoever typed it. Nothing was written. */
export class Refused extends Error {}

/** What differs between services: where routes are put together, and what is there to give to one more. */
interface Place {
  readonly composition: string;
  readonly given: string;
  /** Below which its own addresses lie. */
  readonly below: string;
}
const places = new Map<string, Place>([
  ['content', { composition: 'service.ts', given: 'content', below: '' }],
  ['staffing', { composition: 'service.ts', given: 'context', below: '' }],
  ['gateway', { composition: 'composition.ts', given: 'pieces', below: '' }],
  ['search', { composition: 'service.ts', given: '{ clock }', below: '/search' }],
]);
/** The first words of paths by the service that owns them; what no service owns is the gateway's. */
const roots: readonly (readonly [string, readonly string[]])[] = Object.entries(resourceRoots);
const known = [...places.keys()].join(', ');

/** One feature of one service, in the forms that its name takes. */
export interface Feature extends Place {
  readonly service: string;
  /** `team-rates`: its folder and its files. */
  readonly file: string;
  /** `teamRates` */
  readonly name: string;
  /** `TeamRates` */
  readonly capital: string;
  readonly path: string;
}

/** Reads `service/feature`. Throws Refused. */
export function featureOf(wanted: string): Feature {
  const [service = '', file = '', ...more] = wanted.split('/');
  const place = places.get(service);
  if (file === '' || more.length > 0) throw new Refused(`"${wanted}" is not service/feature, such as staffing/meetings`);
  if (service === 'web') throw new Refused('A screen is made by hand, since its words are: look at services/web/src/features/home');
  if (!place) throw new Refused(`There is no service "${service}" that takes features: ${known}`);
  if (file.length > 30 || !/^[a-z][a-z\d]*(-[a-z][a-z\d]*)*$/.test(file))
    throw new Refused(`"${file}" is no name of a folder: words in lower case with dashes between, at most 30 letters, such as team-rates`);
  const capital = file.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const name = `${capital[0]?.toLowerCase()}${capital.slice(1)}`;
  return { ...place, service, file, name, capital, path: `${place.below}/${file}` };
}

/** The text of every file that is new or changes, by its path from the root. Throws Refused where something of that name is there. */
export function filesOf(root: string, feature: Feature): Map<string, string> {
  const { service, file } = feature;
  refuseTaken(root, feature);
  const folder = `services/${service}/src/${file}`;
  return new Map([
    [`packages/contracts/src/${service}/${file}.ts`, written('contract', feature)],
    [`${folder}/${file}.ts`, written('decision', feature)],
    [`${folder}/${file}.routes.ts`, written('routes', feature)],
    [`${folder}/${file}.unit.test.ts`, written('unit.test', feature)],
    [`${folder}/${file}.int.test.ts`, written(`${service}.int.test`, feature)],
    ...changed(root, feature),
  ]);
}

function written(template: string, { path, file, name, capital }: Feature): string {
  const words: Readonly<Record<string, string>> = { path, file, name, Name: capital };
  const text = readFileSync(new URL(`./templates/${template}`, import.meta.url), 'utf8');
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, word: string) => words[word] ?? '');
}

/** What is there already and has to know of the feature. */
function changed(root: string, { service, file, name, path, composition, given }: Feature): [string, string][] {
  const edit = (at: string, change: (text: string) => string): [string, string] => [at, change(readFileSync(join(root, at), 'utf8'))];
  const [, word = ''] = path.split('/');
  const lacksRoot = roots.some(([owner, words]) => owner === service && !words.includes(word));
  return [
    edit('packages/contracts/src/index.ts', (text) => `${text}export * from './${service}/${file}.ts';\n`),
    edit(`services/${service}/src/${composition}`, (text) =>
      besideLast(
        `import { ${name}Routes } from './${file}/${file}.routes.ts';\n${text}`,
        /\.\.\.\w+Routes\(/g,
        `...${name}Routes(${given})`,
      ),
    ),
    ...(lacksRoot ? [edit('packages/contracts/src/roots.ts', (text) => atEndOf(text, `  ${service}: [`, `'${word}'`))] : []),
    edit('infra/check/folders.mjs', (text) => {
      const opening = `layers('${service}', [`;
      return text.includes(opening) ? atEndOf(text, opening, `'${file}'`) : text;
    }),
  ];
}

function refuseTaken(root: string, { service, file, capital, path }: Feature): void {
  const sources = (folder: string) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.test)\.ts$/.test(name))
      .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), 'utf8')] as const);
  const folder = `services/${service}/src/${file}`;
  if (readdirSync(join(root, `services/${service}/src`)).includes(file)) throw new Refused(`${folder} is there already`);
  const [, word = ''] = path.split('/');
  const owner = roots.find(([name, words]) => name !== service && words.includes(word))?.[0];
  if (owner) throw new Refused(`What lies below /api/v1/${word} belongs to ${owner}: choose another name`);
  const routes = [...places.keys()].flatMap((name) => sources(`services/${name}/src`));
  refuseWhere(routes, new RegExp(`path: '${path}'|operation: 'read${capital}'`), `${path} or read${capital}`);
  refuseWhere(
    sources('packages/contracts/src'),
    new RegExp(`^export const ${capital}(Query|Answer)\\b`, 'm'),
    `${capital}Query or -Answer`,
  );
}

function refuseWhere(sources: readonly (readonly [string, string])[], pattern: RegExp, what: string): void {
  const found = sources.find(([, text]) => pattern.test(text))?.[0];
  if (found) throw new Refused(`${found} has ${what} already: choose another name`);
}
