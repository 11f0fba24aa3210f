/** Folders below `src` whose style sheets are for everybody: a class of theirs is shared. */
const shared = ['ui', 'staffing'];

/** Classes of a part that a shared style sheet knows: on the timeline what scrolls is the grid, so room for notices is made there. */
const knownToAll = ['tlp'];

const areaOf = (path: string): string => {
  const [first = '', second = ''] = path.split('/');
  return first === 'features' ? `features/${second}` : first;
};

/** The selectors of a style sheet, one by one; those of a keyframe are none. */
function selectorsOf(css: string): string[] {
  const bare = css.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/@keyframes[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '');
  const heads = [...bare.matchAll(/([^{};]+)\{/g)].map(([, head = '']) => head.trim()).filter((head) => !head.startsWith('@'));
  return heads.flatMap((head) => head.split(/,(?![^([]*[)\]])/)).map((selector) => selector.trim());
}

/** The classes of the first part of a selector, from which it reaches down: `.sw.mk > b` has `sw` and `mk`. */
function firstClasses(selector: string): string[] {
  const [first = ''] = selector.split(/[\s>+~]/, 1);
  return [...first.replaceAll(/\[[^\]]*\]|:[\w-]+\([^)]*\)/g, '').matchAll(/\.([\w-]+)/g)].map(([, name = '']) => name);
}

/**
 * Classes that two parts of the web give a meaning of their own, by accident, since all style sheets hold on every screen. A part owns the
 * classes that it styles alone (`.who li`); no other may begin a selector with them (`.lst.who`), and nobody styles a shared class but
 * together with a class of their own. `sheets` holds each style sheet by its path below `src`.
 */
export function sharedByAccident(sheets: ReadonlyMap<string, string>): string[] {
  const begun = [...sheets].flatMap(([path, css]) =>
    selectorsOf(css).map((selector) => ({ area: areaOf(path), selector, classes: firstClasses(selector) })),
  );
  const owners = new Map<string, Set<string>>();
  for (const { area, classes } of begun) {
    const [only] = classes;
    if (classes.length === 1 && only !== undefined) owners.set(only, (owners.get(only) ?? new Set()).add(area));
  }
  const faults = begun.flatMap(({ area, selector, classes }) => {
    // A shared class together with others is what that part makes of it.
    const isAlone = (selector.match(/\.[a-z]/g) ?? []).length === 1;
    return classes.flatMap((name) => {
      if (knownToAll.includes(name)) return [];
      const others = [...(owners.get(name) ?? [])].filter((one) => one !== area);
      const everybody = others.find((one) => shared.includes(one));
      const stranger = shared.includes(area) ? undefined : everybody ? (isAlone ? everybody : undefined) : others[0];
      return stranger === undefined ? [] : [`${area}: “${selector}” meets the class ${name} of ${stranger}; give it a name of its own`];
    });
  });
  return [...new Set(faults)].sort();
}
