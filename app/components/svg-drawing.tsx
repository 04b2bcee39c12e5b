import { createElement, type ReactElement } from 'react';
import type { SvgNode } from '#core/stamps/svg.ts';

/** React's names of the attributes that drawings have: few, and asked for thousands of times. */
const propNames = new Map([['class', 'className']]);

function propNameOf(attribute: string): string {
  let name = propNames.get(attribute);
  if (name === undefined) {
    name = /^(aria|data)-/.test(attribute)
      ? attribute
      : attribute.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    propNames.set(attribute, name);
  }
  return name;
}

/** Shows a drawing of `core/stamps` as elements: no markup is parsed, so it also works under Trusted Types. */
export function svgElement(node: SvgNode, key?: number): ReactElement {
  const props: Record<string, string | number> = key === undefined ? {} : { key };
  for (const [name, value] of Object.entries(node.attributes)) {
    props[propNameOf(name)] = value;
  }
  const children = node.children.map((child, index) =>
    typeof child === 'string' ? child : svgElement(child, index),
  );
  return createElement(node.tag, props, children.length === 0 ? undefined : children);
}
