import { render } from '../rendering/render.ts';

/** A body without Liquid, as HTML. */
export const html = async (body: string): Promise<string> => (await render(body, { liquid: null })).html;
/** A page of a Jekyll site. */
export const jekyll = (body: string) => render(body, { liquid: { repository: 'https://example.org/repo', title: 'Book' } });
