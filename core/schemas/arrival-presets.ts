/** When a letter can arrive, other than on a date; in the order of the form. */
export const arrivalPresets = ['now', 'tonight', 'in-three-days'] as const;
