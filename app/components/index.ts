export {
  ButtonLink,
  type ButtonLinkProps,
  ButtonRow,
  SubmitButton,
  type SubmitButtonProps,
} from './button.tsx';
export { EmptyState, type EmptyStateProps } from './empty-state.tsx';
export { EnvelopeCard, type EnvelopeCardProps, type EnvelopeState } from './envelope-card.tsx';
export { ErrorSummary, type ErrorSummaryProps } from './error-summary.tsx';
export { Field, type FieldProps, SelectField, type SelectFieldProps } from './field.tsx';
export { FormProblem } from './form-problem.tsx';
export { FriendCode, type FriendCodeProps } from './friend-code.tsx';
export { KeyStandingLine, type KeyStandingLineProps } from './key-standing.tsx';
export { DateLocaleProvider, LetterDate, type LetterDateProps, useWriteDay } from './letter-date.tsx';
export { LetterList, type LetterListProps, Pagination, type PaginationProps } from './letter-list.tsx';
export { LetterSheet, type LetterSheetProps } from './letter-sheet.tsx';
export { LetterText, type LetterTextProps } from './letter-text.tsx';
export { Notice, type NoticeProps } from './notice.tsx';
export { PageHeading, type PageHeadingProps, PageShell, type PageShellProps } from './page-shell.tsx';
export { PasswordField } from './password-field.tsx';
export { NameApart, PersonName, type PersonNameProps, writeName } from './person-name.tsx';
export { ClosedPhoto, type GalleryPhoto, PhotoGallery, type PhotoGalleryProps } from './photo-gallery.tsx';
export { type AttachedPhoto, PhotoPicker, type PhotoPickerProps, photoAccept } from './photo-picker.tsx';
export { type PictureName, PictureOf } from './pictures.tsx';
export { Postmark, type PostmarkProps } from './postmark.tsx';
export { ReadingProgress, type ReadingProgressProps } from './reading-progress.tsx';
export { ScriptLate } from './script-late.tsx';
export {
  HiddenField,
  readSealedFields,
  SealedForm,
  type SealedFormProps,
  useFieldName,
  useIsSealed,
} from './sealed-fields.tsx';
export { SealedOrPlain } from './sealed-or-plain.tsx';
export { type ChromePerson, SiteHeader, type SiteHeaderProps } from './site-header.tsx';
export { Stamp, type StampProps } from './stamp.tsx';
export { ThemeColor, themeColors } from './theme-color.tsx';
export { useIsHydrated } from './use-is-hydrated.ts';
export { WordsCard, type WordsCardProps } from './words-card.tsx';
