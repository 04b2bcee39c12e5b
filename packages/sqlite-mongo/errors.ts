import { MongoServerError } from 'mongodb';

/** MongoDB's error codes, as far as this store can raise them. */
const errorCodes = {
  duplicateKey: 11000,
  validation: 121,
  namespaceNotFound: 26,
  indexNotFound: 27,
  indexConflict: 85,
  namespaceExists: 48,
  commandNotSupported: 115,
  tooLarge: 10334,
  immutableField: 66,
  typeMismatch: 14,
  conflictingUpdate: 40,
} as const;

function serverError(
  code: number,
  codeName: string,
  message: string,
  details: object = {},
): MongoServerError {
  return new MongoServerError({ message, errmsg: message, code, codeName, ...details });
}

/** MongoDB's error for a duplicate unique key: code 11000 with its `keyPattern`. */
export function duplicateKey(collection: string, index: string, keyPattern: Record<string, 1 | -1>) {
  return serverError(
    errorCodes.duplicateKey,
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection} index: ${index}`,
    { keyPattern },
  );
}

/**
 * The document breaks its collection's `$jsonSchema`; `reason` names the field, never its value.
 */
export function validationFailed(collection: string, reason: string) {
  return serverError(
    errorCodes.validation,
    'DocumentValidationFailure',
    `Document failed validation in ${collection}: ${reason}`,
    { errInfo: { details: reason } },
  );
}

export function documentTooLarge(limit: number) {
  return serverError(errorCodes.tooLarge, 'BSONObjectTooLarge', `document is larger than ${limit} bytes`);
}

export function namespaceExists(collection: string) {
  return serverError(
    errorCodes.namespaceExists,
    'NamespaceExists',
    `collection ${collection} already exists`,
  );
}

export function namespaceNotFound(collection: string) {
  return serverError(
    errorCodes.namespaceNotFound,
    'NamespaceNotFound',
    `collection ${collection} does not exist`,
  );
}

export function indexNotFound(index: string) {
  return serverError(errorCodes.indexNotFound, 'IndexNotFound', `index ${index} does not exist`);
}

export function indexConflict(index: string) {
  return serverError(
    errorCodes.indexConflict,
    'IndexOptionsConflict',
    `index ${index} exists with other keys or options`,
  );
}

export function immutableId() {
  return serverError(errorCodes.immutableField, 'ImmutableField', 'the field _id cannot be changed');
}

export function conflictingUpdate(field: string) {
  return serverError(
    errorCodes.conflictingUpdate,
    'ConflictingUpdateOperators',
    `two operators of an update change ${field}`,
  );
}

export function typeMismatch(message: string) {
  return serverError(errorCodes.typeMismatch, 'TypeMismatch', message);
}

/** Refuses a query that this store would answer differently from MongoDB. */
export function unsupported(what: string) {
  return serverError(
    errorCodes.commandNotSupported,
    'CommandNotSupported',
    `the embedded store does not support ${what}`,
  );
}
