import { createElement, type ReactElement, useMemo, useState } from 'react';
import { type SvgNode, toMarkup } from '#core/stamps/svg.ts';
import { useIsHydrated } from './use-is-hydrated.ts';

type DrawingProps = {
  className: string;
  /** Identifies the drawing: `draw` returns the same for the same value. */
  of: string;
  draw: () => SvgNode;
  hidden?: boolean;
};

/**
 * A drawing of `core/stamps`. The server writes it as markup, which the browser keeps: it has
 * dozens of elements, and building those of twenty stamps again would be slow. The browser builds
 * its own drawings element by element and parses no markup, so this works under Trusted Types.
 */
export function Drawing({ className, of, draw, hidden }: DrawingProps) {
  const hydrated = useIsHydrated();
  // A page rendered again after an error has no server markup.
  const [served, setServed] = useState(hydrated ? null : of);
  const asServed = served === of;
  // Server markup that was replaced is gone when the first drawing returns.
  if (served !== null && !asServed) setServed(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` says what `draw` makes
  const elements = useMemo(() => (asServed ? null : svgElement(draw())), [asServed, of]);
  const props = { className, 'aria-hidden': hidden };
  if (!asServed) return <span {...props}>{elements}</span>;
  const __html = import.meta.env.SSR ? toMarkup(draw()) : '';
  // biome-ignore lint/security/noDangerouslySetInnerHtml: escaped by toMarkup, and only the server writes it
  return <span key="served" {...props} suppressHydrationWarning dangerouslySetInnerHTML={{ __html }} />;
}

/** Cached React names of attributes: few, but looked up thousands of times. */
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

function svgElement(node: SvgNode, key?: number): ReactElement {
  const props: Record<string, string | number> = key === undefined ? {} : { key };
  for (const [name, value] of Object.entries(node.attributes)) {
    props[propNameOf(name)] = value;
  }
  const children = node.children.map((child, index) =>
    typeof child === 'string' ? child : svgElement(child, index),
  );
  return createElement(node.tag, props, children.length === 0 ? undefined : children);
}
