const NAME = '[a-zA-Z][\\w:-]*';
const TAG = new RegExp(`^<(${NAME})((?: ${NAME}="[^"<]*")*)(/?)>`);
const END = new RegExp(`^</(${NAME})>`);
const ENTITY = /&(?!(?:amp|lt|gt|quot|#39);)/;

export type Element = { name: string; attributes: Map<string, string>; text: string };

/**
 * Reads markup as strictly as an XML parser would (nesting, quoting, entities, no attribute twice).
 *
 * @throws Error naming the place where it is not well-formed.
 */
export function readXml(markup: string): Element[] {
  const all: Element[] = [];
  const open: Element[] = [];
  let rest = markup;
  const fail = (why: string) => new Error(`${why} at "${rest.slice(0, 60)}"`);
  while (rest !== '') {
    if (all.length > 0 && open.length === 0) throw fail('Something after the root');
    const start = TAG.exec(rest);
    const end = END.exec(rest);
    if (start) {
      const element: Element = { name: start[1] ?? '', attributes: new Map(), text: '' };
      for (const [, name = '', value = ''] of (start[2] ?? '').matchAll(/ ([\w:-]+)="([^"]*)"/g)) {
        if (element.attributes.has(name)) throw fail(`${name} twice`);
        if (ENTITY.test(value)) throw fail(`Unknown entity in ${name}`);
        element.attributes.set(name, value);
      }
      all.push(element);
      if (start[3] === '') open.push(element);
      rest = rest.slice(start[0].length);
    } else if (end) {
      if (open.pop()?.name !== end[1]) throw fail('Wrong end tag');
      rest = rest.slice(end[0].length);
    } else {
      const text = /^[^<]+/.exec(rest)?.[0];
      if (text === undefined) throw fail('Not a tag');
      if (ENTITY.test(text)) throw fail('Unknown entity');
      const parent = open.at(-1);
      if (parent) parent.text += text;
      rest = rest.slice(text.length);
    }
  }
  if (open.length > 0) throw new Error(`${open.at(-1)?.name} is never closed`);
  return all;
}
