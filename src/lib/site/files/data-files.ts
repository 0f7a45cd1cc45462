import { z } from 'zod'
import { Matrix } from '#lib/model/matrix.ts'
import { Event, FORMAT, Index, Kfunc, KfuncHistory, Release, servedOf } from '#lib/model/published.ts'
import { printEvent } from '#lib/publish/history/words.ts'
import { matrixOf } from '#lib/publish/matrix.ts'
import { SUFFIX_WORDS } from '#lib/site/render/suffix-words.ts'
import type { Site } from '#lib/site/site.ts'

/** The published files as text. What does not fit its schema ends the build with one sentence that says where. */
export interface DataFiles {
  /** `/data/index.json`. */
  index(): string
  /** `/data/matrix.json`. */
  matrix(): string
  /** `/data/<id>.json`. */
  release(id: string): string
  /** `/data/kfuncs/<name>.json`: releases oldest first. */
  kfunc(name: string): string
}

/** What a release has beside its kfuncs, which are held against their schema one by one. */
const AroundKfuncs = Release.omit({ kfuncs: true })

/** Makes the files of a site. A kfunc stands in two of them, and is held against its schema once. */
export function dataFiles({ catalog, history }: Pick<Site, 'catalog' | 'history'>): DataFiles {
  const fitting = new WeakSet<Kfunc>()
  const fittingKfunc = (file: string, kfunc: Kfunc, place: string): Kfunc => {
    if (!fitting.has(kfunc)) fitted(file, Kfunc, kfunc, place)
    fitting.add(kfunc)
    return kfunc
  }
  return {
    index: () =>
      print(
        fitted('data/index.json', Index, {
          format: FORMAT,
          releases: catalog.releases.map(({ release }) => release),
        }),
      ),
    matrix: () => print(fitted('data/matrix.json', Matrix, matrixOf(catalog.releases))),
    release: (id) => {
      const { kfuncs, ...around } = servedOf(catalog.release(id))
      const file = `data/${id}.json`
      return print({
        ...fitted(file, AroundKfuncs, around),
        kfuncs: kfuncs.map((kfunc, i) => fittingKfunc(file, kfunc, `kfuncs.${i}`)),
      })
    },
    kfunc: (name) => {
      const file = `data/kfuncs/${name}.json`
      const releases = Object.fromEntries(
        catalog
          .sightings(name)
          .toReversed()
          .map(({ head, kfunc }) => [head.id, fittingKfunc(file, kfunc, `releases.${head.id}`)]),
      )
      const events = (history.get(name) ?? []).map((event) => printEvent(event, SUFFIX_WORDS))
      return print({
        format: FORMAT,
        name,
        releases,
        history: fitted(file, z.array(Event), events, 'history'),
      })
    },
  }
}

const print = (value: object): string => `${JSON.stringify(value)}\n`

/** `/data/schema.json`: the JSON Schema of the files above; a file holds any of its shapes. */
export function schemaFile(): string {
  const { $schema, $defs, ...root } = z.toJSONSchema(z.union([Index, Release, KfuncHistory, Matrix]))
  return `${JSON.stringify({ $schema, title: 'Kfunc Atlas, published data', ...root, $defs }, null, 1)}\n`
}

/** A value that fits its schema, with its keys in the schema's order. */
function fitted<Shape extends z.ZodType>(
  file: string,
  schema: Shape,
  value: z.input<Shape>,
  place = '',
): z.output<Shape> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = [place, ...(issue?.path ?? []).map(String)].filter(Boolean).join('.') || 'the whole file'
  throw new Error(
    `${file}: ${path}: ${issue?.message ?? 'does not fit the schema'}; correct what made it, or the schema in src/lib/model/published.ts`,
  )
}
