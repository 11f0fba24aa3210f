export type { JobTimes } from './deaths.ts';
export { documentForm, type JobDocument, type JobIndex, jobDocuments, newJob, sweepJobs } from './document.ts';
export type { JobForm } from './form.ts';
export { type Jobs, jobsOf } from './jobs.ts';
export { GiveUp, type Job, JobEnded, type JobKind } from './kind.ts';
