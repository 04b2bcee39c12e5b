import { el, type SvgNode } from './svg.ts';

/**
 * Puts a picture over the printed part of a drawn stamp, inside its perforated margin. Until the
 * picture has loaded, the drawing shows.
 * @param href of the picture, which is cropped to fit
 */
export function paintOver(drawing: SvgNode, href: string): SvgNode {
  const { 'aria-describedby': _, ...attributes } = drawing.attributes;
  const picture = el('image', {
    href,
    x: 8,
    y: 8,
    width: 104,
    height: 134,
    preserveAspectRatio: 'xMidYMid slice',
  });
  // The description is of the drawing.
  const children = drawing.children.filter((child) => typeof child === 'string' || child.tag !== 'desc');
  return { ...drawing, attributes, children: [...children, picture] };
}
