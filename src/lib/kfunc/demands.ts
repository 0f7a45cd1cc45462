/** What the verifier demands of every program that calls a kfunc: a licence, and capabilities by flag. */
import { matchingClose, textOf } from '#lib/c/match.ts'
import type { CFile, Token } from '#lib/c/scan.ts'
import { COMPLAIN, FLAG_TEST_PREFIX } from '#lib/kfunc/dialects.ts'
import type { Demand } from '#lib/model/published.ts'
import { placeOf } from '#lib/text/source.ts'

/**
 * Finds the refusals of a call that a kfunc's flag, or nothing but being a kfunc, brings about and that name a capability
 * or the GPL: `if (is_kfunc_destructive(&meta) && !capable(CAP_SYS_BOOT)) verbose(env, "…")`. In the order of the source.
 */
export function findDemands(files: readonly CFile[]): Demand[] {
  return files
    .filter(({ source }) => source.path.startsWith('kernel/bpf/') && source.text.includes(COMPLAIN))
    .flatMap(demandsIn)
}

function demandsIn(file: CFile): Demand[] {
  const { tokens, source } = file
  const tests = flagTests(tokens)
  const found: Demand[] = []
  tokens.forEach((token, i) => {
    if (token.text !== 'if' || tokens[i + 1]?.text !== '(') return
    const close = matchingClose(tokens, i + 1)
    const condition = tokens.slice(i + 2, close)
    const message = complaintAfter(tokens, close + 1)
    if (message === null) return
    const flag = condition.map(({ text }) => tests.get(text) ?? flagName(text)).find((name) => name !== null)
    const isOfCapability = flag !== undefined && /\bCAP_[A-Z]/.test(message)
    const isOfLicence = flag === undefined && /\bkernel function\b.*\bGPL\b/.test(message)
    if (!isOfCapability && !isOfLicence) return
    const { path, line } = placeOf(source, token.start)
    found.push({ flag: flag ?? null, condition: textOf(condition), message, at: { path, line } })
  })
  return found
}

const flagName = (word: string): string | null => (/^KF_[A-Z_]+$/.test(word) ? word : null)

/** The flag that each `is_kfunc_x()` tests, of those that test a flag and nothing else. */
function flagTests(tokens: readonly Token[]): Map<string, string> {
  const tests = new Map<string, string>()
  tokens.forEach(({ text }, i) => {
    if (!text.startsWith(FLAG_TEST_PREFIX) || tokens[i + 1]?.text !== '(') return
    const open = matchingClose(tokens, i + 1) + 1
    if (tokens[open]?.text !== '{') return
    const flags = tokens.slice(open, matchingClose(tokens, open)).filter((one) => flagName(one.text) !== null)
    if (flags.length === 1 && flags[0]) tests.set(text, flags[0].text)
  })
  return tests
}

/** What the statement at an index, or the first of its block, tells the user: verbose(env, "…"). null: it tells nothing. */
function complaintAfter(tokens: readonly Token[], index: number): string | null {
  const at = tokens[index]?.text === '{' ? index + 1 : index
  if (tokens[at]?.text !== COMPLAIN) return null
  const [, first, ...rest] = tokens
    .slice(at + 2, matchingClose(tokens, at + 1))
    .filter(({ text }) => text !== ',')
  if (first?.kind !== 'string') return null
  const end = rest.findIndex(({ kind }) => kind !== 'string')
  return [first, ...rest.slice(0, end < 0 ? rest.length : end)].map(({ text }) => text.slice(1, -1)).join('')
}
