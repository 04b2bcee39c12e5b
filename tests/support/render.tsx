import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { createMemoryRouter, RouterProvider } from 'react-router-dom';

/**
 * A component's markup as the server sends it, on a page at `path`. A warning of React's (a wrong attribute, a missing
 * key) is an error here, except the router's own about its layout effects.
 */
export function render(element: ReactElement, path = '/'): string {
  const router = createMemoryRouter([{ path: '*', element }], { initialEntries: [path] });
  const report = console.error;
  const warnings: string[] = [];
  console.error = (...words: unknown[]) => {
    if (!String(words[0]).startsWith('Warning: useLayoutEffect does nothing on the server')) {
      warnings.push(words.map(String).join(' '));
    }
  };
  try {
    const markup = renderToStaticMarkup(<RouterProvider router={router} />);
    if (warnings.length > 0) throw new Error(warnings.join('\n'));
    return markup;
  } finally {
    console.error = report;
  }
}

/** The text a reader sees, tags taken out and entities read. */
export function textOf(markup: string): string {
  return markup
    .replace(/<span class="stamp .*?<\/svg><\/span>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The ids in a piece of markup, in order. */
export const idsIn = (markup: string): string[] =>
  [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id);
