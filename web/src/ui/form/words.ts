/** The words around a form's own; each entry gives them in its reader's language. */
export type FormWords = Record<
  | 'area'
  | 'detail'
  | 'yuan'
  | 'yes'
  | 'no'
  | 'choose'
  | 'addFile'
  | 'sending'
  | 'notSent'
  | 'remove'
  | 'signHere'
  | 'signTyped'
  | 'signClear'
  | 'signDone'
  | 'signKeep',
  string
>
