/** One element of a drawing; kept as data so that a page can show it without ever parsing markup. */
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

// What XML 1.0 does not allow even when escaped (its production 2), lone surrogates among them.
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A number as short as a drawing of about 100 units needs: two decimals, no trailing zeros. */
export function short(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return Object.is(rounded, -0) ? '0' : String(rounded).replace(/^(-?)0\./, '$1.');
}

/** Builds a node; attributes that are `undefined` are left out, numbers are shortened. */
export function el(
  tag: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  ...children: readonly (SvgNode | string)[]
): SvgNode {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) kept[name] = typeof value === 'number' ? short(value) : value;
  }
  return { tag, attributes: kept, children };
}

/** Text made safe inside XML, in content as in attributes. */
export function escapeXml(text: string): string {
  return text.replace(NOT_XML, '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** The drawing as markup, well-formed XML and safe to inline in HTML. */
export function toMarkup(node: SvgNode): string {
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('');
  if (node.children.length === 0) return `<${node.tag}${attributes}/>`;
  const inner = node.children
    .map((child) => (typeof child === 'string' ? escapeXml(child) : toMarkup(child)))
    .join('');
  return `<${node.tag}${attributes}>${inner}</${node.tag}>`;
}
