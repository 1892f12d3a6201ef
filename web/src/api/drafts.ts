/**
 * Text that must outlive a reload, a closed tab and a signed-out session: kept in this browser until it has
 * arrived. Storage that is full or forbidden loses the copy, never the typing.
 */
export class Drafts {
  constructor(
    readonly prefix: string,
    private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = localStorage,
  ) {}

  read<T>(name: string): T | null {
    try {
      const text = this.storage.getItem(this.prefix + name)
      return text === null ? null : (JSON.parse(text) as T)
    } catch {
      return null
    }
  }

  /** Whether it is kept now. */
  write(name: string, value: unknown): boolean {
    try {
      this.storage.setItem(this.prefix + name, JSON.stringify(value))
      return true
    } catch {
      return false // the text stays on the screen and goes to the server
    }
  }

  drop(name: string): void {
    try {
      this.storage.removeItem(this.prefix + name)
    } catch {
      // nothing was kept
    }
  }

  /** What is kept under this prefix. */
  names(): string[] {
    try {
      const all = Object.keys(this.storage)
      return all.filter((name) => name.startsWith(this.prefix)).map((name) => name.slice(this.prefix.length))
    } catch {
      return []
    }
  }
}
