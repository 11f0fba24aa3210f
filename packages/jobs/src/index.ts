export type { JobTimes, Time } from './deaths.ts';
export {
  documentForm,
  type JobDocument,
  type JobIndex,
  type JobRequest,
  jobDocuments,
  newJob,
  type SweepOptions,
  sweepJobs,
} from './document.ts';
export type { JobForm, Sought } from './form.ts';
export { type Jobs, type JobsOptions, jobsOf } from './jobs.ts';
export { GiveUp, type Job, JobEnded, type JobKind } from './kind.ts';
export type { JobState, Patience, Standing } from './standing.ts';
