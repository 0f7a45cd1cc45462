/** The kinds of hand-written texts: a folder of `content` each, and what the head of a file says. */
import { z } from 'zod'

/** The folders of `content` that hold texts, in the order in which they are listed. */
export const PROSE_KINDS = [
  'guides',
  'concepts',
  'flags',
  'suffixes',
  'arguments',
  'program-types',
  'kfuncs',
] as const

export type ProseKind = (typeof PROSE_KINDS)[number]

/** Schemes of links to our own texts: `[text](flag:KF_ACQUIRE)`. */
export const SCHEMES: ReadonlyMap<string, ProseKind> = new Map([
  ['flag', 'flags'],
  ['suffix', 'suffixes'],
  ['argument', 'arguments'],
  ['type', 'program-types'],
  ['concept', 'concepts'],
  ['guide', 'guides'],
])

/** What the head of a text says, whatever its kind. */
export interface FrontMatter {
  /** One sentence of Markdown; null: texts on a kfunc have none. */
  readonly summary: string | null
  /** null: the text goes by the name of what it is about. */
  readonly title: string | null
  /** Of a text on a kfunc: the releases whose source it was held against. */
  readonly checked: readonly string[]
  /** Where it stands among its kind; null: by its title, after those that have one. */
  readonly order: number | null
  /** Of a text on arguments: what the verifier takes them for. */
  readonly kinds: readonly string[]
}

const line = z.string().regex(/^\S[^\n]*$/, 'expected one line of text')
const release = z.string().regex(/^\d+\.\d+$/, 'expected a release in quotes, such as "7.3"')
const named = z.strictObject({ summary: line })
const titled = named.extend({ title: line, order: z.number().optional() })

const SCHEMAS: Readonly<
  Record<ProseKind, z.ZodType<{ [Key in keyof FrontMatter]?: FrontMatter[Key] | undefined }>>
> = {
  guides: titled,
  concepts: titled,
  flags: named,
  suffixes: named,
  arguments: titled.extend({ kinds: z.array(z.string()).default([]) }),
  'program-types': named,
  kfuncs: z.strictObject({ checked: z.array(release).min(1) }),
}

/** Reads the head of a text: what it says, or the issues that its schema has with it. */
export function readFrontMatter(
  kind: ProseKind,
  value: unknown,
): { readonly front: FrontMatter } | { readonly issues: readonly z.core.$ZodIssue[] } {
  const parsed = SCHEMAS[kind].safeParse(value)
  if (!parsed.success) return { issues: parsed.error.issues }
  const { summary = null, title = null, checked = [], order = null, kinds = [] } = parsed.data
  return { front: { summary, title, checked, order, kinds } }
}

/** The kind and name of the text at a path of `content`: "content/flags/KF_RCU.md". null: it is none of ours. */
export function kindOfPath(path: string): { readonly kind: ProseKind; readonly slug: string } | null {
  const [, folder, slug] = /(?:^|\/)([^/]+)\/([^/]+)\.md$/.exec(path) ?? []
  const kind = PROSE_KINDS.find((one) => one === folder)
  return kind !== undefined && slug !== undefined ? { kind, slug } : null
}
