export const themes = ['device', 'light', 'sepia', 'dark'] as const;
export const textSizes = ['normal', 'large', 'larger'] as const;
/** The space between the lines of a letter. */
export const spacings = ['normal', 'wide'] as const;
/** The type of a letter: its own, or a plain one without serifs. */
export const faces = ['letter', 'plain'] as const;

export interface Appearance {
  theme: (typeof themes)[number];
  text: (typeof textSizes)[number];
  spacing: (typeof spacings)[number];
  face: (typeof faces)[number];
}

export const defaultAppearance: Appearance = {
  theme: 'device',
  text: 'normal',
  spacing: 'normal',
  face: 'letter',
};
