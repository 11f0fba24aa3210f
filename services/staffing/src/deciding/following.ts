import { type Opening, type Person, type Project, RecordKind, type Wish } from '@sidekick/contracts';
import { type AnyRecord, type Change, changeOf } from '../kinds/change.ts';
import { formerName, inOneName, type OneNames, oneNames } from '../kinds/one-name.ts';
import { wishesInOneName, wishInOneName } from '../kinds/wishes-in-one-name.ts';
import { kindOf } from '../log/kinds.ts';
import { recordsOf, type State } from '../state/state.ts';

/**
 * The changes that were asked for with those that follow from them: whoever goes or has left is named by no record that lets people go,
 * and takes along those that are nothing without them; and a skill has the name that its record gives it, wherever it is named.
 */
export function withFollowing(state: State, asked: readonly Change[], today: string, undoes: boolean): readonly Change[] {
  const changes = [...asked, ...lettingGo(state, asked, today)];
  const names = namesAfter(state, changes, undoes);
  return names.size === 0 ? changes : inOneNameAll(state, changes, names);
}

/** A record as it would be stored: with its skills by their one names. */
export const asStored = (state: State, kind: RecordKind, record: AnyRecord): AnyRecord => named(kind, record, oneNames(state.skill));

/** What was asked to be changed is left as it was asked: where it still names somebody who goes, that is an error with its place. */
function lettingGo(state: State, asked: readonly Change[], today: string): Change[] {
  const gone = new Set(asked.filter((change) => change.after === null || endsContract(change, today)).map(({ id }) => id));
  if (gone.size === 0) return [];
  const own = new Set(asked.map(({ id }) => id));
  return RecordKind.options.flatMap((kind) => {
    const { names, letsGo } = kindOf(kind);
    if (!letsGo) return [];
    const naming = [...recordsOf(state, kind).values()].filter(
      ({ record }) => !own.has(record.id) && names(record).some(({ id }) => gone.has(id)),
    );
    return naming.map(({ record }) => changeOf(kind, record.id, record, letsGo.without(record, gone)));
  });
}

/** Whether it is told by this that a person has left. A contract that ends later changes nothing when its day has come. */
const endsContract = ({ kind, before, after }: Change, today: string): boolean =>
  kind === 'person' &&
  after !== null &&
  after.contract.to !== null &&
  after.contract.to < today &&
  before?.contract.to !== after.contract.to;

/** By the records that the changes lead to. A new name is followed too, but by what an undo brings back as it was. */
function namesAfter({ skill }: State, changes: readonly Change[], undoes: boolean): OneNames {
  const own = changes.filter((change) => change.kind === 'skill');
  if (own.length === 0) return oneNames(skill);
  const records = new Map(skill);
  for (const { id, after } of own) {
    if (after) records.set(id, { record: after, version: 0 });
    else records.delete(id);
  }
  const former = own.flatMap(({ before, after }) => (before && after && !undoes ? [formerName(before, after)] : []));
  return new Map([...former, ...oneNames(records)]);
}

function inOneNameAll(state: State, changes: readonly Change[], names: OneNames): Change[] {
  const own = new Map(changes.map((change) => [change.id, change]));
  const asked = changes.map((change) => {
    const { kind, id, before, after } = change;
    return after ? changeOf(kind, id, before, named(kind, after, names)) : change;
  });
  const others = (['person', 'project', 'opening'] as const).flatMap((kind) =>
    [...recordsOf(state, kind).values()].flatMap(({ record }) => {
      const next = own.has(record.id) ? record : named(kind, record, names);
      return next === record ? [] : [changeOf(kind, record.id, record, next)];
    }),
  );
  return [...asked, ...others, ...wishesInOneName(state, asked, names)];
}

/** The same record where it names no skill otherwise. */
function named(kind: RecordKind, record: AnyRecord, names: OneNames): AnyRecord {
  if (kind === 'wish') return wishInOneName(record as Wish, names);
  const member = kind === 'person' || kind === 'opening' ? 'skills' : kind === 'project' ? 'requiredSkills' : null;
  if (member === null) return record;
  const skills = member === 'skills' ? (record as Person | Opening).skills : (record as Project).requiredSkills;
  const next = inOneName(skills, names);
  return next === skills ? record : ({ ...record, [member]: next } as AnyRecord);
}
