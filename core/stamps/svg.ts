/** One element of a drawing, as data, so that a page can show it without parsing markup. */
export type SvgNode = {
  tag: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly (SvgNode | string)[];
};

type AttributeValue = string | number | undefined;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Characters that XML 1.0 forbids even when escaped (its production 2), including lone surrogates.
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A number as short as a drawing of about 100 units needs: two decimals, no trailing zeros. */
export function short(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const rounded = Math.round(value * 100) / 100;
  if (rounded >= 1 || rounded <= -1) return String(rounded);
  if (rounded === 0) return '0';
  return rounded < 0 ? `-${String(rounded).slice(2)}` : String(rounded).slice(1);
}

/** Builds a node; attributes that are `undefined` are left out, numbers are shortened. */
export function el(
  tag: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  ...children: readonly (SvgNode | string)[]
): SvgNode {
  const kept: Record<string, string> = {};
  for (const name in attributes) {
    const value = attributes[name];
    if (value !== undefined) kept[name] = typeof value === 'number' ? short(value) : value;
  }
  return { tag, attributes: kept, children };
}

function escapeXml(text: string): string {
  // Fast path: nearly all of a drawing is path data, and there is a lot of it.
  if (/^[\w .,#%:()-]*$/.test(text)) return text;
  return text.replace(NOT_XML, '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Markup of nodes that are drawn once and shown often, filled on first use. */
const keptMarkup = new WeakMap<SvgNode, string | null>();

export function keepMarkup(node: SvgNode): SvgNode {
  keptMarkup.set(node, null);
  return node;
}

/** The drawing as markup, well-formed XML and safe to inline in HTML. */
export function toMarkup(node: SvgNode): string {
  const kept = keptMarkup.get(node);
  if (kept) return kept;
  const markup = writeMarkup(node);
  if (kept === null) keptMarkup.set(node, markup);
  return markup;
}

function writeMarkup(node: SvgNode): string {
  let markup = `<${node.tag}`;
  for (const name in node.attributes) markup += ` ${name}="${escapeXml(node.attributes[name] ?? '')}"`;
  if (node.children.length === 0) return `${markup}/>`;
  markup += '>';
  for (const child of node.children) {
    markup += typeof child === 'string' ? escapeXml(child) : toMarkup(child);
  }
  return `${markup}</${node.tag}>`;
}
