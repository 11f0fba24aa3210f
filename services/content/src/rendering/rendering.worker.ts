import { serveTasks } from '@sidekick/workers';
import type { Dialect } from './markdown.ts';
import { mergeBodies } from './merge.ts';
import { outlineOf, render } from './render.ts';

interface Text {
  body: string;
  dialect: Dialect;
}

const tasks = {
  outline: ({ body, dialect }: Text) => outlineOf(body, dialect),
  render: ({ body, dialect }: Text) => render(body, dialect),
  merge: mergeBodies,
};
export type RenderingTasks = typeof tasks;

serveTasks(tasks);
