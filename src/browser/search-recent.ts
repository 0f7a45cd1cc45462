/** The kfuncs that a reader opened by searching, kept in the browser alone. Where it keeps nothing, there are none. */

const KEY = 'kfunc-atlas:recent'
const KEPT = 8

/** Names, the latest first. */
export function recentNames(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string').slice(0, KEPT) : []
  } catch {
    return []
  }
}

/** Puts a name before the others. */
export function rememberName(name: string): void {
  const names = [name, ...recentNames().filter((one) => one !== name)].slice(0, KEPT)
  try {
    localStorage.setItem(KEY, JSON.stringify(names))
  } catch {
    // a private window may refuse: then nothing is remembered
  }
}
