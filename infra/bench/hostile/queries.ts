const words =
  'service database migration queue retry timeout deploy release flag table index reader writer station parcel river basin report review owner'.split(
    ' ',
  );
const some = (count: number): string => Array.from({ length: count }, (_, n) => words[n % words.length]).join(' ');

/** Every form of a field and of a word, alone and many at once. */
export const hostileQueries: readonly string[] = [
  ...[
    'type:section',
    'type:page',
    'type:person',
    'tag:service',
    'section:service',
    'owner:ines',
    'skill:go',
    'status:published',
    'source:made-up',
  ].flatMap((field) => [field, `${field} service`, `${field} ${some(10)}`, `${field} ${some(30)}`, `-${field} ${some(5)}`]),
  some(10),
  some(30),
  some(200),
  'a b c d e f g h i j k l m n o p q r s t u v w x y z',
  's* d* m* q* r* t*',
  'ba ce di fo gu ha ki lo mu ne pa re si to vu wa',
  Array.from({ length: 30 }, (_, n) => `servce${n}x`).join(' '),
  'serivce databse migratoin qeueu retyr tiemout depoly',
  '"service database"',
  `"${some(100)}"`,
  Array.from({ length: 30 }, (_, n) => `"${words[n % 20]} ${words[(n + 1) % 20]}"`).join(' '),
  Array.from({ length: 30 }, (_, n) => `-${words[n % 20]}`).join(' '),
  `service ${Array.from({ length: 30 }, (_, n) => `-${words[n % 20]}`).join(' ')}`,
  Array.from({ length: 30 }, (_, n) => `tag:${words[n % 20]}`).join(' '),
  Array.from({ length: 30 }, (_, n) => `section:${words[n % 20]}`).join(' '),
  Array.from({ length: 30 }, (_, n) => `owner:${words[n % 20]}`).join(' '),
  'x'.repeat(1_900),
  '"'.repeat(1_900),
  '-'.repeat(1_900),
  'a:'.repeat(950),
  '(('.repeat(950),
  '*'.repeat(1_900),
  'NEAR(a b) AND OR NOT',
  '的'.repeat(600),
  'e\u0301'.repeat(600),
];
