import type { Envelope, PageState, Person, Project } from '@sidekick/contracts';

export type Kind = 'section' | 'person' | 'project';

/** One thing that can be found. Texts are plain; `labels` are what filters ask for, lower case. */
export interface IndexDocument {
  kind: Kind;
  public: boolean;
  path: string;
  anchor: string;
  /** Page title of a page's first section, name of a person or project. */
  title: string;
  /** Page title of the other sections. */
  page: string;
  heading: string;
  body: string;
  code: string;
  /** Tags, skills, titles above. */
  keywords: string;
  trail: string[];
  labels: { field: string; value: string }[];
}

/** What an event makes of its aggregate: the documents that replace the old ones; none when it is gone. */
export function documentsOf(event: Envelope): IndexDocument[] {
  const { deleted, state } = event.data;
  if (deleted || !state) return [];
  if (event.type === 'content.page.changed.v1') return sectionsOf(state as PageState);
  if (event.type === 'staffing.person.changed.v1') return [personOf(state as Person)];
  if (event.type === 'staffing.project.changed.v1') return [projectOf(state as Project)];
  return [];
}

function sectionsOf(page: PageState): IndexDocument[] {
  if (page.searchExclude) return [];
  const labels = [
    { field: 'type', value: 'section' },
    ...page.tags.map((tag) => ({ field: 'tag', value: tag.toLowerCase() })),
    ...page.owners.map(({ id }) => ({ field: 'owner', value: id.toLowerCase() })),
    ...[...page.trail, page.title].map((title) => ({ field: 'section', value: title.toLowerCase() })),
  ];
  let headings: { level: number; text: string }[] = [];
  return page.sections.map(({ anchor, heading, level, text, code }, index) => {
    headings = headings.filter((above) => above.level < level);
    const trail = [...page.trail, ...(index === 0 ? [] : [page.title]), ...headings.map((above) => above.text)];
    if (index > 0) headings.push({ level, text: heading });
    const common = {
      kind: 'section' as const,
      public: page.visibility === 'public',
      path: page.path,
      anchor,
      body: text,
      code,
      trail,
      labels,
    };
    return index === 0
      ? { ...common, title: page.title, page: '', heading: '', keywords: [...page.tags, ...page.trail].join(' ') }
      : { ...common, title: '', page: page.title, heading, keywords: page.tags.join(' ') };
  });
}

const named = (skills: readonly { skill: string; level: number }[]): string =>
  skills.map(({ skill, level }) => `${skill} ${level}`).join(' · ');
const rest = { public: false, path: '', anchor: '', page: '', heading: '', code: '', trail: [] };

function personOf(person: { private: { name: string } } & Pick<Person, 'skills' | 'region' | 'employment'>): IndexDocument {
  return {
    ...rest,
    kind: 'person',
    title: person.private.name,
    body: [named(person.skills), person.region ?? '', person.employment === 'freelance' ? 'freelance' : ''].filter(Boolean).join(' · '),
    keywords: person.skills.map(({ skill }) => skill).join(' '),
    labels: [{ field: 'type', value: 'person' }, ...person.skills.map(({ skill }) => ({ field: 'skill', value: skill.toLowerCase() }))],
  };
}

function projectOf(project: Project): IndexDocument {
  const needs = named(project.requiredSkills);
  return {
    ...rest,
    kind: 'project',
    title: project.name,
    body: [project.client, project.description, needs && `needs ${needs}`].filter(Boolean).join(' · '),
    keywords: project.requiredSkills.map(({ skill }) => skill).join(' '),
    labels: [
      { field: 'type', value: 'project' },
      { field: 'status', value: project.state },
      ...project.requiredSkills.map(({ skill }) => ({ field: 'skill', value: skill.toLowerCase() })),
    ],
  };
}

/** Parts of identifiers that the tokenizer keeps whole: `camelCase` also as `camel Case`. */
export function identifierParts(text: string): string {
  const parts = text.match(/\b[\p{Ll}\p{N}]+(?:\p{Lu}[\p{Ll}\p{N}]+)+\b|\b(?:\p{Lu}[\p{Ll}\p{N}]+){2,}\b/gu) ?? [];
  return [...new Set(parts)].map((word) => word.replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ')).join(' ');
}
