/** How the pages look on one device: colours of the day or the night, and how large the text is. */
export const themes = ['device', 'light', 'dark'] as const;
export const textSizes = ['normal', 'large', 'larger'] as const;
export interface Appearance {
  theme: (typeof themes)[number];
  text: (typeof textSizes)[number];
}
