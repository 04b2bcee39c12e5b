import { createElement, type ReactElement, useMemo, useState } from 'react';
import { type SvgNode, toMarkup } from '#core/stamps/svg.ts';
import { useIsHydrated } from './use-is-hydrated.ts';

type DrawingProps = {
  className: string;
  /** Identifies the drawing: for the same value, `draw` makes the same drawing. */
  of: string;
  draw: () => SvgNode;
  /** Hides decoration from screen readers. */
  hidden?: boolean;
};

/**
 * A drawing of `core/stamps`. The server writes it as markup and the browser leaves it as it came: it has dozens of
 * elements, and a page of twenty stamps would be slow if it built them twice. What the browser draws itself, it
 * builds element by element: it parses no markup, so this works under Trusted Types too.
 */
export function Drawing({ className, of, draw, hidden }: DrawingProps) {
  const hydrated = useIsHydrated();
  // A page that breaks down and is drawn anew came with nothing.
  const [served, setServed] = useState(hydrated ? null : of);
  const asServed = served === of;
  // What was taken away for another drawing is not there any more when the first is wanted again.
  if (served !== null && !asServed) setServed(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` says what `draw` makes
  const elements = useMemo(() => (asServed ? null : svgElement(draw())), [asServed, of]);
  const props = { className, 'aria-hidden': hidden };
  if (!asServed) return <span {...props}>{elements}</span>;
  const __html = import.meta.env.SSR ? toMarkup(draw()) : '';
  // biome-ignore lint/security/noDangerouslySetInnerHtml: escaped by toMarkup, and only the server writes it
  return <span key="served" {...props} suppressHydrationWarning dangerouslySetInnerHTML={{ __html }} />;
}

/** React's names for the attributes that drawings have: few, but looked up thousands of times. */
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
