import type { Envelope, PageState, Person, Project } from '@sidekick/contracts';
import { keyOf } from '../text/forms.ts';

export type Kind = 'section' | 'person' | 'project';

/** One thing that can be found. Texts are plain; `labels` are what filters ask for, by the form in which people look for names. */
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

const label = (field: string, value: string) => ({ field, value: keyOf(value) });

/** Sections of a page that are found one by one; a page of more is one that somebody generated. */
const mostSections = 2_000;

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
    ...page.tags.map((tag) => label('tag', tag)),
    ...page.owners.map(({ id }) => label('owner', id)),
    ...[...page.trail, page.title].map((title) => label('section', title)),
  ];
  let headings: { level: number; text: string }[] = [];
  return within(page.sections).map(({ anchor, heading, level, text, code }, index) => {
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

/** The last one that has room holds the text of all that follow. */
function within(sections: PageState['sections']): PageState['sections'] {
  if (sections.length <= mostSections) return sections;
  const rest = sections.slice(mostSections - 1);
  const joined = {
    text: rest.flatMap(({ heading, text }, at) => (at === 0 ? [text] : [heading, text])).join('\n'),
    code: rest.map(({ code }) => code).join('\n'),
  };
  return [...sections.slice(0, mostSections - 1), ...rest.slice(0, 1).map((first) => ({ ...first, ...joined }))];
}

const named = (skills: readonly { skill: string; level: number }[]): string =>
  skills.map(({ skill, level }) => `${skill} ${level}`).join(' · ');
const rest = { public: false, path: '', anchor: '', page: '', heading: '', code: '', trail: [] };

/** Without the region: people move on a day of which no event tells. */
function personOf(person: { private: { name: string } } & Pick<Person, 'skills' | 'employment'>): IndexDocument {
  return {
    ...rest,
    kind: 'person',
    title: person.private.name,
    body: [named(person.skills), person.employment === 'freelance' ? 'freelance' : ''].filter(Boolean).join(' · '),
    keywords: person.skills.map(({ skill }) => skill).join(' '),
    labels: person.skills.map(({ skill }) => label('skill', skill)),
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
    labels: [label('status', project.state), ...project.requiredSkills.map(({ skill }) => label('skill', skill))],
  };
}
