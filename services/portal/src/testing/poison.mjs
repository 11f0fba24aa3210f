// Loaded before the search service by a test: its index refuses documents of this title while the file is there.
import { existsSync } from 'node:fs';
import Database from 'libsql';

const { searchParams } = new URL(import.meta.url);
const [title, file] = [searchParams.get('title'), searchParams.get('file')];
const { prepare } = Database.prototype;
Database.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  if (!sql.startsWith('insert into document')) return statement;
  const { all } = statement;
  statement.all = function (parameters) {
    if (parameters.includes(title) && existsSync(file)) throw new Error('the index refuses it');
    return all.call(this, parameters);
  };
  return statement;
};
