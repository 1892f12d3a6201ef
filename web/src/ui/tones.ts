/** The colours that mean something; each has a solid, a soft ground and a text colour in tokens.css. */
export type Tone = 'ac' | 'ok' | 'wa' | 'ba' | 'in' | 'vi' | 'ne'
