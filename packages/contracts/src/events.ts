import { z } from 'zod';
import { Instant, Ulid } from './common.ts';
import { Owner, PagePath, Visibility } from './content/pages.ts';
import { Assignment, Holiday, Opening, Person, Project, SavedView, Skill, Team, TimeOff, Volunteer, Wish } from './staffing/records.ts';

/** The published state of a page, or none: drafts never leave content. */
export const PageState = z.strictObject({
  path: PagePath,
  title: z.string(),
  visibility: Visibility,
  owners: z.array(Owner),
  tags: z.array(z.string()),
  /** Titles of the pages above, root first. */
  trail: z.array(z.string()),
  searchExclude: z.boolean(),
  revision: Ulid,
  changedAt: Instant,
  /** Text by heading, in the order of the page; the first has level 1 and no anchor. Code is apart. */
  sections: z.array(
    z.strictObject({ anchor: z.string(), heading: z.string(), level: z.number().int(), text: z.string(), code: z.string() }),
  ),
});
export type PageState = z.infer<typeof PageState>;

const state = <T extends z.ZodType>(schema: T) =>
  z.strictObject({ reason: z.string().max(60), deleted: z.boolean(), state: schema.nullable() });

/** Time off as others may learn of it: no kind, no note, and not what it was asked for with. */
const TimeOffState = TimeOff.omit({ private: true, set: true });
/** That somebody offers, not what they say to it. */
const VolunteerState = Volunteer.omit({ private: true });
/** That a place is open, not what managers note of it. */
const OpeningState = Opening.omit({ private: true });
const AssignmentState = Assignment.omit({ private: true });
/** What it was planned as before is of no use to others. */
const ProjectState = Project.omit({ baseline: true });
/** E-mail and note stay at home, and where they will be later. */
const PersonState = Person.omit({ moves: true }).extend({ private: z.strictObject({ name: z.string() }) });

/** Every released event: name (also its routing key) to the schema of its `data`. */
export const events = {
  'content.page.changed.v1': state(PageState),
  'staffing.person.changed.v1': state(PersonState),
  'staffing.project.changed.v1': state(ProjectState),
  'staffing.assignment.changed.v1': state(AssignmentState),
  'staffing.time-off.changed.v1': state(TimeOffState),
  'staffing.holiday.changed.v1': state(Holiday),
  'staffing.team.changed.v1': state(Team),
  'staffing.skill.changed.v1': state(Skill),
  'staffing.volunteer.changed.v1': state(VolunteerState),
  'staffing.wish.changed.v1': state(Wish),
  /** A change set touched what managers alone may read, or what is shown with it alone: of which kind, whose, or what it says is nobody's who hears of it. */
  'staffing.for-managers.changed.v1': z.strictObject({}),
  'staffing.opening.changed.v1': state(OpeningState),
  'staffing.view.changed.v1': state(SavedView),
} as const;
export type EventType = keyof typeof events;
export type EventData<T extends EventType> = z.infer<(typeof events)[T]>;

/** CloudEvents 1.0, JSON. `sequence` is the aggregate's version; `epoch` changes when a database is restored. */
export const Envelope = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(200),
  source: z.enum(['content', 'staffing', 'gateway', 'search']),
  type: z.string().max(100),
  time: Instant,
  subject: z.string().min(1).max(100),
  sequence: z.number().int().min(1),
  epoch: Ulid,
  /** W3C Trace Context of the request that made the event. */
  traceparent: z.string().max(100).optional(),
  /** Id of the request that made the event: joins the log lines of everybody it passes. */
  requestid: z.string().max(100).optional(),
  data: z.unknown(),
});
export type Envelope<T extends EventType = EventType> = Omit<z.infer<typeof Envelope>, 'type' | 'data'> & { type: T; data: EventData<T> };

/** Strict, for publishing. Throws a ZodError on anything the schema does not name. */
export function parseForPublish(event: unknown): Envelope {
  return parse(event, Envelope, (type) => events[type]);
}

/** For receipt: drops fields it does not know, so that an old release reads a new release's event. Throws on anything else. */
export function parseOnReceipt(event: unknown): Envelope {
  return parse(event, lenient(Envelope), (type) => lenient(events[type]));
}

function parse(event: unknown, envelopeSchema: z.ZodType, dataSchema: (type: EventType) => z.ZodType): Envelope {
  const envelope = envelopeSchema.parse(event) as z.infer<typeof Envelope>;
  if (!Object.hasOwn(events, envelope.type)) throw new UnknownEventType(envelope.type);
  const type = envelope.type as EventType;
  return { ...envelope, type, data: dataSchema(type).parse(envelope.data) } as Envelope;
}

/** What of a value does not fit its schema, in one line for a person; null when the error is about something else. */
export function misfitOf(error: unknown): string | null {
  if (!(error instanceof z.ZodError)) return null;
  return error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message)).join('; ');
}

/** The event is of a type that this release does not know. */
export class UnknownEventType extends Error {
  readonly eventType: string;
  constructor(eventType: string) {
    super(`unknown event type ${eventType}`);
    this.name = 'UnknownEventType';
    this.eventType = eventType;
  }
}

const lenientOf = new WeakMap<z.ZodType, z.ZodType>();

/** The same schema with every object, however deep, dropping unknown keys instead of refusing them. */
function lenient(schema: z.ZodType): z.ZodType {
  const known = lenientOf.get(schema);
  if (known) return known;
  const made = relax(schema);
  lenientOf.set(schema, made);
  return made;
}

function relax(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries(schema.shape).map(([key, value]) => [key, lenient(value as z.ZodType)]);
    return z.object(Object.fromEntries(shape));
  }
  if (schema instanceof z.ZodArray) return schema.clone({ ...schema.def, element: lenient(schema.element as z.ZodType) as never });
  if (schema instanceof z.ZodNullable) return z.nullable(lenient(schema.unwrap() as z.ZodType));
  if (schema instanceof z.ZodOptional) return z.optional(lenient(schema.unwrap() as z.ZodType));
  if (schema instanceof z.ZodUnion) return z.union(schema.options.map((option) => lenient(option as z.ZodType)));
  return schema;
}
