/** Memoised lookups, since every kfunc of a release asks the same of it. */

/** Calls `make` once per object and gives what it made again, for as long as the object lives. */
export function memoisePerObject<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const known = new WeakMap<Of, { readonly made: Made }>()
  return (of) => {
    const entry = known.get(of) ?? { made: make(of) }
    known.set(of, entry)
    return entry.made
  }
}
