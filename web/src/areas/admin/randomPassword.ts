/** Letters and digits that nobody mistakes for one another. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789'
const LENGTH = 16
const WHOLE = 256 - (256 % SIGNS.length)

/** Return a password that nobody can guess: 92 bits, each sign as likely as the other. */
export const randomPassword = (): string => {
  let made = ''
  while (made.length < LENGTH) {
    const [byte = WHOLE] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < WHOLE) made += SIGNS[byte % SIGNS.length]
  }
  return made
}
