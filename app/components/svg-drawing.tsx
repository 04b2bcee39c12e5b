import { createElement, type ReactElement } from 'react';
import type { SvgNode } from '#core/stamps/svg.ts';

const camelCase = (name: string) =>
  /^(aria|data)-/.test(name) ? name : name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Shows a drawing of `core/stamps` as elements: no markup is parsed, so it also works under Trusted Types. */
export function svgElement(node: SvgNode, key?: number): ReactElement {
  const props: Record<string, string | number> = key === undefined ? {} : { key };
  for (const [name, value] of Object.entries(node.attributes)) {
    props[name === 'class' ? 'className' : camelCase(name)] = value;
  }
  const children = node.children.map((child, index) =>
    typeof child === 'string' ? child : svgElement(child, index),
  );
  return createElement(node.tag, props, children.length === 0 ? undefined : children);
}
