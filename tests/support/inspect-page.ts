import type { Page } from 'playwright-core';

/**
 * What is wrong with the structure of a page for somebody who does not see it, or does not use a mouse: headings,
 * landmarks, labels, names, references, contrast (WCAG 2.2 AA), width. Empty when nothing is.
 */
export async function inspectPage(page: Page): Promise<string[]> {
  return [...(await inspectWidth(page)), ...(await inspectStructure(page))];
}

/** The same of its width alone where the text is twice as large as a browser has it at first (1.4.4, with 1.4.10). */
export async function inspectWidthOfLargeText(page: Page): Promise<string[]> {
  const sized = (size: string) =>
    page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), size);
  await sized('212.5%');
  const problems = await inspectWidth(page);
  await sized('');
  return problems.map((problem) => `text twice as large: ${problem}`);
}

/** Whether a page has to be scrolled sideways, and what makes it so. */
export function inspectWidth(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const widest = [...document.querySelectorAll('body *')].find(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    const described = widest?.outerHTML.replaceAll(/\s+/g, ' ').slice(0, 110);
    return [`wider than the window by ${scrollWidth - clientWidth} px: ${described}`];
  });
}

function inspectStructure(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const all = <T extends Element = HTMLElement>(selector: string) => [
      ...document.querySelectorAll<T>(selector),
    ];
    const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const describe = (element: Element) => element.outerHTML.replaceAll(/\s+/g, ' ').slice(0, 110);
    const text = (id: string | null) =>
      (id ?? '')
        .split(/\s+/)
        .map((one) => document.getElementById(one)?.textContent ?? '')
        .join(' ');

    if (!document.documentElement.lang) problems.push('no language');
    if (document.title.length < 3) problems.push('no title');

    const count = (what: string, selector: string, wanted: number) => {
      const found = all(selector).filter(shown).length;
      if (found !== wanted) problems.push(`${found} × ${what}`);
    };
    count('h1', 'h1', 1);
    count('main', 'main', 1);
    let level = 0;
    for (const heading of all('h1, h2, h3, h4, h5, h6').filter(shown)) {
      const own = Number(heading.tagName[1]);
      if (own > level + 1) problems.push(`h${own} after h${level}: ${describe(heading)}`);
      if (!heading.textContent?.trim()) problems.push(`empty heading: ${describe(heading)}`);
      level = own;
    }
    const navs = all('nav').filter(shown);
    const navNames = navs.map(
      (nav) => nav.getAttribute('aria-label') ?? text(nav.getAttribute('aria-labelledby')),
    );
    if (navs.length > 1 && (new Set(navNames).size < navs.length || navNames.includes('')))
      problems.push(`navigations that cannot be told apart: ${navNames.join(', ')}`);

    const ids = all('[id]').map((element) => element.id);
    for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index)))
      problems.push(`id twice: ${id}`);
    for (const attribute of ['aria-describedby', 'aria-labelledby', 'for', 'aria-controls'])
      for (const element of all(`[${attribute}]`))
        for (const id of (element.getAttribute(attribute) ?? '').split(/\s+/))
          if (!document.getElementById(id)) problems.push(`${attribute} to nothing: ${describe(element)}`);

    for (const field of all<HTMLInputElement>('input, select, textarea')) {
      if (field.type === 'hidden' || !shown(field)) continue;
      const name =
        field.getAttribute('aria-label') ?? [...(field.labels ?? [])].map((l) => l.textContent).join('');
      if (!name?.trim()) problems.push(`field without a label: ${describe(field)}`);
      if (parseFloat(getComputedStyle(field).fontSize) < 16 && !/checkbox|radio|file/.test(field.type))
        problems.push(`field that makes a phone zoom: ${describe(field)}`);
    }
    // Said once: the summary leads to the field by its name, and the message stands beside it.
    for (const link of all<HTMLAnchorElement>('.error-summary a').filter(shown)) {
      const field = document.getElementById(link.hash.slice(1)) as HTMLInputElement | null;
      const error = document.getElementById(`${field?.id}-error`);
      if (!error?.textContent?.trim()) problems.push(`nothing beside the field: ${describe(link)}`);
      const name =
        field?.getAttribute('aria-label') ||
        [...(field?.labels ?? [])].map((label) => label.textContent).join(' ') ||
        field?.closest('fieldset')?.querySelector('legend')?.textContent;
      const words = link.textContent?.toLowerCase().split(' ') ?? [];
      if (!words.every((word) => name?.toLowerCase().includes(word)))
        problems.push(`a field called ${name} in its form: ${describe(link)}`);
    }
    for (const image of all('img'))
      if (!image.hasAttribute('alt')) problems.push(`no alt: ${describe(image)}`);
    for (const drawing of all<SVGElement>('svg:not(svg svg)')) {
      const named =
        drawing.getAttribute('aria-label') || drawing.querySelector(':scope > title')?.textContent;
      if (!drawing.closest('[aria-hidden=true]') && !(drawing.getAttribute('role') === 'img' && named))
        problems.push(`drawing neither named nor hidden: ${describe(drawing)}`);
    }
    for (const control of all('a[href], button').filter(shown)) {
      const pictures = [...control.querySelectorAll('img, [role=img]')];
      const name = `${control.getAttribute('aria-label') ?? ''}${control.textContent}${pictures
        .map((one) => one.getAttribute('alt') ?? one.getAttribute('aria-label') ?? '')
        .join('')}`;
      if (!name.trim()) problems.push(`link or button without a name: ${describe(control)}`);
      const box = control.getBoundingClientRect();
      // Target size (2.5.8): 24 px, except for links in a line of text, and what is clipped away: nothing can be aimed at it.
      const { display, clipPath } = getComputedStyle(control);
      if (
        display !== 'inline' &&
        clipPath !== 'inset(50%)' &&
        box.width > 0 &&
        (box.width < 24 || box.height < 24)
      )
        problems.push(
          `target of ${Math.round(box.width)} × ${Math.round(box.height)} px: ${describe(control)}`,
        );
    }
    for (const list of all('ul, ol'))
      for (const child of list.children)
        if (child.tagName !== 'LI') problems.push(`in a list: ${describe(child)}`);

    // Contrast (1.4.3). Text over pictures and gradients cannot be judged here.
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const read = new Map<string, [number, number, number, number]>();
    const rgba = (colour: string): [number, number, number, number] => {
      const known = read.get(colour);
      if (known) return known;
      if (!canvas) return [0, 0, 0, 0];
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
      read.set(colour, [r, g, b, a / 255]);
      return [r, g, b, a / 255];
    };
    const over = (top: number[], under: number[]) =>
      [0, 1, 2].map((i) => (top[i] ?? 0) * (top[3] ?? 1) + (under[i] ?? 0) * (1 - (top[3] ?? 1)));
    const luminance = (colour: number[]) =>
      colour
        .slice(0, 3)
        .map((value) => value / 255)
        .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, i) => sum + value * ([0.2126, 0.7152, 0.0722][i] ?? 0), 0);
    const backgroundOf = (element: Element): number[] | null => {
      const layers: number[][] = [];
      for (let at: Element | null = element; at; at = at.parentElement) {
        const { backgroundColor, backgroundImage } = getComputedStyle(at);
        const layer = rgba(backgroundColor);
        if (layer[3] > 0) layers.push(layer);
        if (layer[3] === 1) break;
        if (backgroundImage !== 'none' && at !== document.body && at !== document.documentElement)
          return null;
      }
      return layers.reduceRight<number[]>((under, layer) => over(layer, under), [255, 255, 255]);
    };
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = new Set<string>();
    while (words.nextNode()) {
      const element = words.currentNode.parentElement;
      if (!element || !words.currentNode.textContent?.trim() || !shown(element)) continue;
      if (element.closest('svg, script, noscript, [aria-hidden=true], .visually-hidden')) continue;
      const style = getComputedStyle(element);
      const under = backgroundOf(element);
      if (!under || Number(style.opacity) < 1) continue;
      const lights = [luminance(over(rgba(style.color), under)), luminance(under)].sort((a, b) => b - a);
      const ratio = ((lights[0] ?? 0) + 0.05) / ((lights[1] ?? 0) + 0.05);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (ratio >= (large ? 3 : 4.5)) continue;
      const note = `contrast ${ratio.toFixed(2)}: ${describe(element)}`;
      if (!seen.has(note)) problems.push(note);
      seen.add(note);
    }
    return problems;
  });
}

/** Presses Tab through a page and returns what takes the focus without showing it, or takes it twice in one round. */
export async function inspectFocus(page: Page): Promise<string[]> {
  const problems: string[] = [];
  const visited = new Set<number>();
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    window.getSelection()?.removeAllRanges();
  });
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) return null;
      // The ring may be drawn by the element, by what it covers the card with, or by the card around it.
      const look = () => {
        const around: (Element | null)[] = [element];
        for (let up = 0; up < 3; up++) around.push(around.at(-1)?.parentElement ?? null);
        return around
          .flatMap((one) =>
            one ? ['', '::before', '::after'].map((part) => getComputedStyle(one, part)) : [],
          )
          .map(({ outline, boxShadow, borderColor, backgroundColor }) => [
            outline,
            boxShadow,
            borderColor,
            backgroundColor,
          ])
          .join();
      };
      const focused = look();
      element.blur();
      const left = look();
      element.focus();
      const box = element.getBoundingClientRect();
      const inWindow =
        box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.left < window.innerWidth;
      const key = [...document.querySelectorAll('*')].indexOf(element);
      return {
        key,
        name: element.outerHTML.slice(0, 110),
        visible: focused !== left,
        inWindow,
        width: box.width,
      };
    });
    if (!stop) break;
    if (visited.has(stop.key)) break;
    visited.add(stop.key);
    if (!stop.visible) problems.push(`focus not visible: ${stop.name}`);
    if (!stop.inWindow || stop.width < 2) problems.push(`focus outside the window: ${stop.name}`);
  }
  if (visited.size === 0) problems.push('nothing takes the focus');
  return problems;
}

/** Waits until a page of a sealed session has opened what is on it. */
export async function untilOpened(page: Page): Promise<void> {
  const closed = '.opening, .envelope-opening, .photo-closed, .attached-closed:empty';
  await page.waitForFunction((selector) => !document.querySelector(selector), closed);
}
