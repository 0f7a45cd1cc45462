/**
 * Makes what is looked up of a release once for each, since every kfunc asks: what is asked of the same value again is
 * given as it was, for as long as the value lives.
 */
export function onceEach<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const known = new WeakMap<Of, { readonly made: Made }>()
  return (of) => {
    const entry = known.get(of) ?? { made: make(of) }
    known.set(of, entry)
    return entry.made
  }
}
