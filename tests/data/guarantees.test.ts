/** What the published data promises, held over the real data of every release. */
import { describe, expect, test } from 'vitest'
import { loadExtracted, loadReleases, loadSourceFiles } from '#content-fs'
import { COMMON_HOOK, EXT, UNSPEC } from '#lib/kfunc/dialects.ts'
import { textOfDoc } from '#lib/kfunc/text-marks.ts'
import { Extracted } from '#lib/model/extracted.ts'
import { byteOrder, releaseOrder } from '#lib/model/order.ts'
import { Kfunc, Release, type SourceRef, servedOf } from '#lib/model/published.ts'
import { citedPaths, parseSourceFiles, printSourceFiles } from '#lib/model/source-files.ts'
import { neighboursOf } from '#lib/publish/neighbours.ts'
import { sha256 } from '#lib/text/sha256.ts'

const releases = loadReleases()
const stored = loadExtracted()
const isSorted = (names: readonly string[]): boolean =>
  names.every((name, i) => i === 0 || byteOrder(names[i - 1] ?? '', name) < 0)

/** Every place in a value, wherever it stands. */
function placesIn(value: unknown): SourceRef[] {
  if (typeof value !== 'object' || value === null) return []
  const { path, line } = value as Partial<SourceRef>
  const own = typeof path === 'string' && typeof line === 'number' ? [{ path, line }] : []
  return [...own, ...Object.values(value).flatMap(placesIn)]
}

test('releases are in the order of their numbers, and each is what its schema says', () => {
  const ids = releases.map(({ release }) => release.id)
  expect(ids).toEqual([...ids].sort(releaseOrder))
  for (const release of releases) expect(Release.safeParse(servedOf(release)).error?.issues ?? []).toEqual([])
  for (const one of stored) expect(Extracted.safeParse(one).error?.issues ?? []).toEqual([])
})

test('the sha256 of every text is that of the text, and where texts were not taken there is none', async () => {
  const wrong: string[] = []
  for (const { release, flags, kfuncs } of stored) {
    const isOwn = release.texts === 'own'
    const hold = async (what: string, text: string | null, hash: string | null) => {
      const isRight = text === null ? !isOwn || hash === null : isOwn && (await sha256(text)) === hash
      if (!isRight) wrong.push(`${release.id} ${what}`)
    }
    for (const { name, comment, sha256: hash } of flags) await hold(name, comment, hash)
    for (const { name, doc, remark, prototype } of kfuncs) {
      if (doc) await hold(`${name} doc`, 'summary' in doc ? textOfDoc(doc) : null, doc.sha256)
      if (remark) await hold(`${name} remark`, 'text' in remark ? remark.text : null, remark.sha256)
      if (!isOwn && prototype?.parameters.some((parameter) => parameter.doc !== null))
        wrong.push(`${release.id} ${name} parameters`)
    }
  }
  expect(wrong).toEqual([])
})

describe.each(releases.map((release) => [release.release.id, release] as const))('%s', (id, release) => {
  const { kfuncs, flags, gaps } = release
  const extracted = stored.filter((one) => one.release.id === id)
  const hasSource = release.release.coverage !== 'btf-only'

  test('keys stand in the order of the schema, in which they are printed', () => {
    for (const kfunc of kfuncs) expect(JSON.stringify(kfunc)).toBe(JSON.stringify(Kfunc.parse(kfunc)))
  })

  test('the files that facts cite are in its list of source files', () => {
    const { files } = release.release
    expect(files).toBe(hasSource ? `/data/${id}.files.txt` : null)
    if (files === null) return
    const text = loadSourceFiles(id)
    const listed = parseSourceFiles(text)
    expect(printSourceFiles(listed)).toBe(text)
    expect([...citedPaths(extracted)].filter((path) => !listed.has(path))).toEqual([])
    expect(listed.has('Makefile')).toBe(true)
  })

  test('names of kfuncs are unique and in byte order', () => {
    expect(isSorted(kfuncs.map(({ name }) => name))).toBe(true)
  })

  test('every flag of a kfunc is defined in the release, or was named by a neighbour where it has no source', () => {
    const defined = new Set(flags.map(({ name }) => name))
    const used = new Set(kfuncs.flatMap((kfunc) => kfunc.flags))
    // before 6.0 a kfunc has what its sets say, under the name that 6.0 gave it
    const named = new Set(
      kfuncs.flatMap(({ registrations }) =>
        (registrations ?? []).flatMap((one) => one.flagSets?.map(({ flag }) => flag) ?? []),
      ),
    )
    if (hasSource) expect([...used].filter((flag) => !defined.has(flag) && !named.has(flag))).toEqual([])
    else expect(defined.size).toBe(0)
  })

  test('flags are in the order of their bits, and bits are unique', () => {
    const bits = flags.map(({ bit }) => bit)
    expect(bits).toEqual([...new Set(bits)].sort((a, b) => a - b))
  })

  test('every kfunc has a definition and a prototype, or a gap that says why not', () => {
    const explained = new Set(gaps.map(({ kfunc }) => kfunc))
    const lacking = kfuncs.filter(
      ({ definition, prototype, kind }) => kind !== 'generated' && hasSource && (!definition || !prototype),
    )
    expect(lacking.map(({ name }) => name).filter((name) => !explained.has(name))).toEqual([])
  })

  test('a kfunc of a release with source is registered, a generated twin never is', () => {
    for (const { name, kind, registrations } of hasSource ? kfuncs : [])
      expect([name, (registrations?.length ?? 0) > 0]).toEqual([name, kind !== 'generated'])
  })

  test('every program type is answered for every kfunc, and by a hook of the release', () => {
    const types = extracted
      .flatMap(({ programTypes }) => programTypes)
      .filter((type) => type !== UNSPEC && type !== EXT)
      .sort(byteOrder)
    expect(types.length).toBeGreaterThanOrEqual(29)
    const common = release.hooks.find(({ name }) => name === COMMON_HOOK)
    if (common) expect(common.programTypes).toEqual(types)
    const hooked = new Set(release.hooks.flatMap(({ programTypes }) => programTypes))
    for (const { name, programTypes } of kfuncs) {
      const answered = programTypes?.map(({ programType }) => programType) ?? null
      expect([name, answered]).toEqual([name, hasSource ? types : null])
      for (const { programType, how } of programTypes ?? []) if (how) expect(hooked).toContain(programType)
    }
  })

  test.runIf(!hasSource)('every flag that is borrowed has its bit in the nearest release with source', () => {
    const bitsOf = new Map(extracted.flatMap((one) => one.kfuncs.map(({ name, bits }) => [name, bits ?? 0])))
    const nearest = extracted.flatMap((one) => neighboursOf(one, stored)[0]?.flags ?? [])
    const bitOf = new Map(nearest.map(({ name, bit }) => [name, 2 ** bit]))
    expect(bitOf.size).toBeGreaterThan(0)
    for (const { name, flags: own } of kfuncs) {
      const bits = own.reduce((sum, flag) => sum + (bitOf.get(flag) ?? Number.NaN), 0)
      expect([name, bits]).toEqual([name, bitsOf.get(name)])
    }
  })

  test('an answer is "sometimes" where conditions decide, and only there', () => {
    for (const { callable, when, conditions } of kfuncs.flatMap(({ programTypes }) => programTypes ?? []))
      expect([callable === 'sometimes', callable === 'sometimes']).toEqual([
        when !== null && when.length > 0,
        callable === 'sometimes' && conditions.length > 0,
      ])
  })

  test('no open parameter stands after an implicit one, and only kfuncs with the flag leave these out of what a program declares', () => {
    for (const { name, kind, flags: own, prototype, kernelPrototype } of kfuncs) {
      if (kind === 'generated' || !prototype || !kernelPrototype) continue
      const { parameters } = kernelPrototype
      const firstImplicit = parameters.findIndex(({ implicit }) => implicit)
      const openAfter =
        firstImplicit < 0 ? [] : parameters.slice(firstImplicit).filter(({ implicit }) => !implicit)
      expect([name, openAfter]).toEqual([name, []])
      const isShorter = prototype.parameters.length < kernelPrototype.parameters.length
      expect([name, isShorter]).toEqual([name, own.includes('KF_IMPLICIT_ARGS')])
    }
  })

  test('every place has a path without a leading slash and a line', () => {
    const places = placesIn(release)
    expect(
      places.filter(({ path, line }) => path.startsWith('/') || path.includes('..') || line < 1),
    ).toEqual([])
    if (hasSource) expect(places.length).toBeGreaterThan(kfuncs.length)
  })

  test('what is said of configuration is made of symbols', () => {
    const symbols = kfuncs.flatMap(({ config, gating }) => [...(config ?? []), ...(gating?.off ?? [])])
    expect(symbols.filter((symbol) => !/^CONFIG_[A-Z0-9_]+$/.test(symbol))).toEqual([])
  })

  test('every filter was read', () => {
    expect(gaps.filter(({ rule }) => rule === 'filter-unread')).toEqual([])
  })
})
